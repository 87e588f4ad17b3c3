import { useEffect } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Entrance } from '../shell/entrance.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Me } from '../wire.ts'
import { LinkMissing } from './link-missing.tsx'
import { useToken } from './token.ts'
import { useSetUp } from './use-set-up.ts'

const redeem = (token: string) => answered(server.POST('/api/v1/sign-in-links/redeem', { body: { token } }))

export const RedeemLink = ({ onEnter }: { readonly onEnter: (me: Me) => void }) => {
  const { say } = useSpeech()
  const token = useToken()
  const { demo } = useSetUp()
  const redeeming = useAction(redeem)
  useEffect(() => {
    if (token) void redeeming.run(token).then((me) => me && onEnter(me))
  }, [token])
  return (
    <Entrance title={say('link.title')} demo={demo}>
      {!token && <LinkMissing />}
      {redeeming.busy && <p role="status">{say('link.redeeming')}</p>}
      <Refused refusal={redeeming.refusal} />
    </Entrance>
  )
}
