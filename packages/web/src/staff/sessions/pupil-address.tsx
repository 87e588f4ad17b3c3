import { useSpeech } from '../shell/speech.tsx'
import type { SessionDetail } from '../wire.ts'
import { isLoopback, pupilAddress } from './address.ts'

export const PupilAddress = ({ session }: { readonly session: SessionDetail }) => {
  const { say } = useSpeech()
  return (
    <div class="address-card">
      <dl>
        <div>
          <dt>{say('session.address')}</dt>
          <dd class="mono">{pupilAddress(location.origin)}</dd>
        </div>
        <div>
          <dt>{say('session.locator')}</dt>
          <dd class="mono locator">{session.locator}</dd>
        </div>
      </dl>
      {isLoopback(location.hostname) && <p class="field-hint">{say('session.addressLocal')}</p>}
    </div>
  )
}
