import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Select } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Unit } from '../wire.ts'
import { kindsBelow, type NewKind } from './tree.ts'
import { UnitFields } from './unit-fields.tsx'

const create = (kind: NewKind, parentId: string, name: string, code: string) =>
  answered(server.POST('/api/v1/units', { body: { kind, parentId, name, ...(code && { code }) } }))

type Props = { readonly parent: Unit; readonly onCreated: (unit: Unit) => void; readonly onClose: () => void }

export const AddUnit = ({ parent, onCreated, onClose }: Props) => {
  const { say } = useSpeech()
  const kinds = kindsBelow(parent.kind)
  const [kind, setKind] = useState<NewKind>(kinds[0] ?? 'class')
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const creating = useAction(create)
  const submit = async (event: Event) => {
    event.preventDefault()
    const unit = await creating.run(kind, parent.id, name.trim(), code.trim())
    if (unit) onCreated(unit)
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="add-unit" class="button button-primary" disabled={creating.busy}>
        {say('units.create')}
      </button>
    </>
  )
  return (
    <Dialog title={say('units.addBelow', { name: parent.name })} onClose={onClose} actions={actions}>
      <form id="add-unit" class="form" onSubmit={submit}>
        <Select
          label={say('units.kind')}
          value={kind}
          onValue={(value) => setKind(value as NewKind)}
          choices={kinds.map((value) => ({ value, label: say(`unit.${value}`) }))}
        />
        <UnitFields kind={kind} name={name} onName={setName} code={code} onCode={setCode} />
        <Refused refusal={creating.refusal} />
      </form>
    </Dialog>
  )
}
