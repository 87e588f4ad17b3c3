import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Confirm } from '../shell/confirm.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Account } from '../wire.ts'
import { type AccountAct, actsOn, actWords } from './acts.ts'

const perform = async (act: AccountAct, accountId: string, accepted: boolean): Promise<string | null> => {
  const params = { path: { accountId } }
  if (act === 'disable') await answered(server.POST('/api/v1/accounts/{accountId}/disable', { params, body: { accepted } }))
  if (act === 'enable') await answered(server.POST('/api/v1/accounts/{accountId}/enable', { params, body: {} }))
  if (act !== 'invite') return null
  return (await answered(server.POST('/api/v1/accounts/{accountId}/invitations', { params, body: {} }))).invitationUrl
}

/** What an administrator may do all the same, having read it. */
const leftToHer: readonly string[] = ['account.last-counsellor', 'account.on-duty', 'account.last-counsellor-on-duty']

type Props = { readonly account: Account; readonly onDone: (invitationUrl: string | null) => void }

/** Each act asks first. What the server objects to, but leaves to the administrator, is asked once more in its words. */
export const AccountActions = ({ account, onDone }: Props) => {
  const { say } = useSpeech()
  const [asking, setAsking] = useState<AccountAct | null>(null)
  const acting = useAction(perform)
  const objection = acting.refusal && leftToHer.includes(acting.refusal.code) ? acting.refusal.message : null
  const close = () => {
    setAsking(null)
    acting.forget()
  }
  const go = async (act: AccountAct) => {
    const url = await acting.run(act, account.id, objection !== null)
    if (url === undefined) return
    close()
    onDone(url)
  }
  const words = asking && actWords(asking, account.state)
  return (
    <>
      {actsOn(account.state).map((act) => (
        <button key={act} type="button" class="button button-small" onClick={() => setAsking(act)}>
          {say(actWords(act, account.state).button)}
        </button>
      ))}
      {asking && words && (
        <Confirm
          title={say(words.title, { name: account.displayName })}
          body={objection ?? say(words.body)}
          verb={say(objection ? 'accounts.disableAnyway' : words.button)}
          busy={acting.busy}
          refusal={objection ? null : acting.refusal}
          danger={asking !== 'enable'}
          onConfirm={() => void go(asking)}
          onClose={close}
        />
      )}
    </>
  )
}
