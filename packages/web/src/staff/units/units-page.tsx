import { useState } from 'preact/hooks'
import { answered, server } from '../server.ts'
import { Answer } from '../shell/answer.tsx'
import { Empty } from '../shell/empty.tsx'
import { Page } from '../shell/page.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { useRequest } from '../shell/use-request.ts'
import type { Unit } from '../wire.ts'
import { AddUnit } from './add-unit.tsx'
import { EditUnit } from './edit-unit.tsx'
import { treeOf } from './tree.ts'
import { UnitTree } from './unit-tree.tsx'

export const UnitsPage = () => {
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/units')), [])
  const [below, setBelow] = useState<Unit | null>(null)
  const [editing, setEditing] = useState<Unit | null>(null)
  const [done, setDone] = useState('')
  const created = (unit: Unit) => {
    setBelow(null)
    setDone(say('units.created', { name: unit.name }))
    if (request.kind === 'ready') request.reload()
  }
  const changed = (unit: Unit) => {
    setEditing(null)
    setDone(say('units.changed', { name: unit.name }))
    if (request.kind === 'ready') request.reload()
  }
  return (
    <Page title={say('units.title')} lead={say('units.intro')}>
      <p class="done-line" role="status">
        {done}
      </p>
      <Answer to={request}>
        {({ units }) => (
          <>
            <UnitTree branches={treeOf(units)} onAdd={setBelow} onEdit={setEditing} />
            {units.every((unit) => unit.kind !== 'school') && <Empty title={say('units.emptyTitle')} hint={say('units.emptyHint')} />}
            {below && <AddUnit parent={below} onCreated={created} onClose={() => setBelow(null)} />}
            {editing && <EditUnit unit={editing} onChanged={changed} onClose={() => setEditing(null)} />}
          </>
        )}
      </Answer>
    </Page>
  )
}
