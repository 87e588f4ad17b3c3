import { answered, server } from '../server.ts'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { Table } from '../shell/table.tsx'
import { type Shape, Tag, type Tone } from '../shell/tag.tsx'
import { useAction } from '../shell/use-action.ts'
import { useStaff } from '../staff.ts'
import type { Account } from '../wire.ts'
import { AccountActions } from './account-actions.tsx'

const looks: Readonly<Record<Account['state'], readonly [Tone, Shape]>> = {
  invited: ['quiet', 'ring'],
  pending: ['info', 'half'],
  active: ['good', 'disc'],
  disabled: ['quiet', 'bar'],
}

const issueLink = (accountId: string) =>
  answered(server.POST('/api/v1/accounts/{accountId}/sign-in-links', { params: { path: { accountId } }, body: {} }))

type Props = {
  readonly accounts: readonly Account[]
  readonly onLink: (account: Account, url: string) => void
  readonly onChanged: (account: Account, invitationUrl: string | null) => void
}

export const AccountTable = ({ accounts, onLink, onChanged }: Props) => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const issuing = useAction(issueLink)
  const issue = async (account: Account) => {
    const made = await issuing.run(account.id)
    if (made) onLink(account, made.url)
  }
  return (
    <>
      <Refused refusal={issuing.refusal} />
      <Table
        caption={say('accounts.title')}
        heads={[say('accounts.name'), say('accounts.username'), say('accounts.roles'), say('accounts.state'), say('accounts.actions')]}
      >
        {accounts.map((account) => (
          <tr key={account.id}>
            <th scope="row">{account.displayName}</th>
            <td class="mono">{account.username}</td>
            <td>
              {account.roles.map((held) => (
                <span key={`${held.role} ${held.unitId}`} class="one-line">
                  {say(`role.${held.role}`)} <span class="muted">{held.unitName}</span>
                </span>
              ))}
            </td>
            <td>
              <Tag tone={looks[account.state][0]} shape={looks[account.state][1]}>
                {say(`account.${account.state}`)}
              </Tag>
            </td>
            <td class="account-acts">
              {account.id === me.account.id ? (
                <span class="muted">{say('accounts.you')}</span>
              ) : (
                <>
                  {me.signInLinks && account.state === 'active' && (
                    <button type="button" class="button button-small" disabled={issuing.busy} onClick={() => void issue(account)}>
                      {say('accounts.linkFor')}
                    </button>
                  )}
                  <AccountActions account={account} onDone={(url) => onChanged(account, url)} />
                </>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </>
  )
}
