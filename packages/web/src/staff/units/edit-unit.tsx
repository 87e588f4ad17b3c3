import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Dialog } from '../shell/dialog.tsx'
import { Field } from '../shell/field.tsx'
import { Refused } from '../shell/refused.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useAction } from '../shell/use-action.ts'
import type { Unit } from '../wire.ts'
import { UnitFields } from './unit-fields.tsx'

const change = (unitId: string, name: string, code: string, prefecture: string | null) =>
  answered(
    server.POST('/api/v1/units/{unitId}', {
      params: { path: { unitId } },
      body: { name, code: code || null, ...(prefecture !== null && { prefecture: prefecture || null }) },
    }),
  )

type Props = { readonly unit: Unit; readonly onChanged: (unit: Unit) => void; readonly onClose: () => void }

export const EditUnit = ({ unit, onChanged, onClose }: Props) => {
  const { say } = useSpeech()
  const [name, setName] = useState(unit.name)
  const [code, setCode] = useState(unit.code ?? '')
  const [prefecture, setPrefecture] = useState(unit.prefecture ?? '')
  const changing = useAction(change)
  const submit = async (event: Event) => {
    event.preventDefault()
    const changed = await changing.run(unit.id, name.trim(), code.trim(), unit.kind === 'county' ? prefecture.trim() : null)
    if (changed) onChanged(changed)
  }
  const actions = (
    <>
      <button type="button" class="button" onClick={onClose}>
        {say('shell.cancel')}
      </button>
      <button type="submit" form="edit-unit" class="button button-primary" disabled={changing.busy}>
        {say('units.save')}
      </button>
    </>
  )
  return (
    <Dialog title={say('units.edit', { name: unit.name })} onClose={onClose} actions={actions}>
      <form id="edit-unit" class="form" onSubmit={submit}>
        {unit.kind === 'county' && (
          <Field
            label={say('units.prefecture')}
            hint={say('units.prefectureHint')}
            value={prefecture}
            onValue={setPrefecture}
            maxLength={60}
            autoComplete="off"
          />
        )}
        <UnitFields kind={unit.kind} name={name} onName={setName} code={code} onCode={setCode} />
        <Refused refusal={changing.refusal} />
      </form>
    </Dialog>
  )
}
