import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { Account } from '../wire.ts'
import { AccountTable } from './account-table.tsx'
import { InviteForm } from './invite-form.tsx'
import { LinkOnce } from './link-once.tsx'

const everything = async () => {
  const [{ accounts }, { units }] = await Promise.all([answered(server.GET('/api/v1/accounts')), answered(server.GET('/api/v1/units'))])
  return { accounts, units }
}

type Issued = { readonly kind: 'invitation' | 'sign-in'; readonly name: string; readonly url: string }

export const AccountsPage = () => {
  const { say } = useSpeech()
  const request = useRequest(everything, [])
  const [inviting, setInviting] = useState(false)
  const [issued, setIssued] = useState<Issued | null>(null)
  const changed = ({ displayName }: Account, url: string | null) => {
    setIssued(url === null ? null : { kind: 'invitation', name: displayName, url })
    if (request.kind === 'ready') request.reload()
  }
  const created = (account: Account, url: string) => {
    setInviting(false)
    changed(account, url)
  }
  const actions = (
    <button type="button" class="button button-primary" disabled={request.kind !== 'ready'} onClick={() => setInviting(true)}>
      {say('accounts.new')}
    </button>
  )
  return (
    <Page title={say('accounts.title')} lead={say('accounts.intro')} actions={actions}>
      {issued && <LinkOnce {...issued} onClose={() => setIssued(null)} />}
      <Answer to={request}>
        {({ accounts, units }) => (
          <>
            <AccountTable
              accounts={accounts}
              onLink={(account, url) => setIssued({ kind: 'sign-in', name: account.displayName, url })}
              onChanged={changed}
            />
            {inviting && <InviteForm units={units} onCreated={created} onClose={() => setInviting(false)} />}
          </>
        )}
      </Answer>
    </Page>
  )
}
