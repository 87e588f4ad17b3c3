import { CopyLine } from '../shell/copy.tsx'
import { useSpeech } from '../shell/speech.tsx'

type Props = { readonly kind: 'invitation' | 'sign-in'; readonly name: string; readonly url: string; readonly onClose: () => void }

/** The server may not know its own public address; then the address of this page is the right beginning. */
const whole = (url: string) => (url.charAt(0) === '/' ? location.origin + url : url)

export const LinkOnce = ({ kind, name, url, onClose }: Props) => {
  const { say } = useSpeech()
  const title = say(kind === 'invitation' ? 'accounts.invitation' : 'accounts.linkOf', { name })
  return (
    <section class="notice notice-good" aria-label={title}>
      <p class="notice-title" role="status">
        {title}
      </p>
      <p>{say(kind === 'invitation' ? 'accounts.invitationOnce' : 'accounts.linkOnce')}</p>
      <CopyLine text={whole(url)} label={title} />
      <button type="button" class="button" onClick={onClose}>
        {say('accounts.done')}
      </button>
    </section>
  )
}
