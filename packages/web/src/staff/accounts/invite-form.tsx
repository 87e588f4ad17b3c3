import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Field, Select } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import { type Role, useStaff } from '../staff.ts'
import { pathOf } from '../units/tree.ts'
import type { Account, Unit } from '../wire.ts'
import { placesFor } from './places.ts'

const create = (username: string, displayName: string, role: Role, unitId: string) =>
  answered(server.POST('/api/v1/accounts', { body: { username, displayName, roles: [{ role, unitId }] } }))

const roles: readonly Role[] = ['counsellor', 'proctor', 'researcher', 'principal', 'administrator']
type Props = { readonly units: readonly Unit[]; readonly onCreated: (account: Account, url: string) => void; readonly onClose: () => void }

export const InviteForm = ({ units, onCreated, onClose }: Props) => {
  const { say } = useSpeech()
  const { me } = useStaff()
  const [displayName, setDisplayName] = useState('')
  const [username, setUsername] = useState('')
  const [role, setRole] = useState<Role>('counsellor')
  const choosable = placesFor(role, units, me.roles)
  const given = roles.filter((one) => placesFor(one, units, me.roles).length > 0)
  const [chosen, setUnitId] = useState('')
  const only = choosable.length === 1 ? choosable[0]!.id : '' // one careless click must not hand out every school's roster
  const unitId = choosable.some((unit) => unit.id === chosen) ? chosen : only
  const [told, setTold] = useState(false)
  const creating = useAction(create)
  const submit = async (event: Event) => {
    event.preventDefault()
    setTold(unitId === '')
    if (unitId === '') return
    const made = await creating.run(username.trim(), displayName.trim(), role, unitId)
    if (made) onCreated(made.account, made.invitationUrl)
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="invite" class="button button-primary" disabled={creating.busy}>
        {say('accounts.create')}
      </button>
    </>
  )
  return (
    <Dialog title={say('accounts.new')} onClose={onClose} actions={actions}>
      <form id="invite" class="form" onSubmit={submit}>
        <Field label={say('accounts.name')} value={displayName} onValue={setDisplayName} maxLength={60} autoComplete="off" required />
        <Field
          label={say('accounts.username')}
          hint={say('entry.usernameHint')}
          value={username}
          onValue={setUsername}
          autoComplete="off"
          autoCapitalize="none"
          spellcheck={false}
          pattern="[A-Za-z0-9][A-Za-z0-9._\-]{1,39}"
          required
        />
        <Select
          label={say('accounts.role')}
          value={role}
          onValue={(value) => setRole(value as Role)}
          choices={given.map((value) => ({ value, label: say(`role.${value}`) }))}
        />
        <Select
          label={say('accounts.unit')}
          hint={say('accounts.roleHint')}
          error={told && unitId === '' ? say('accounts.unitNeeded') : null}
          value={unitId}
          onValue={setUnitId}
          choices={[
            ...(unitId === '' ? [{ value: '', label: say('accounts.chooseUnit') }] : []),
            ...choosable.map((unit) => ({ value: unit.id, label: pathOf(unit, units) })),
          ]}
        />
        <Refused refusal={creating.refusal} />
      </form>
    </Dialog>
  )
}
