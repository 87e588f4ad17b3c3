import { useSpeech } from '../shell/speech.tsx'
import type { Unit } from '../wire.ts'
import { type Branch, kindsBelow } from './tree.ts'

type Props = { readonly branches: readonly Branch[]; readonly onAdd: (below: Unit) => void }

const Row = ({ unit, onAdd }: { readonly unit: Unit; readonly onAdd: (below: Unit) => void }) => {
  const { say } = useSpeech()
  return (
    <div class="unit-row">
      <span class="unit-name">{unit.name}</span>
      <span class="muted">{say(`unit.${unit.kind}`)}</span>
      {unit.code && <span class="mono muted">{unit.code}</span>}
      {kindsBelow(unit.kind).length > 0 && (
        <button
          type="button"
          class="button button-small"
          aria-label={say('units.addBelow', { name: unit.name })}
          onClick={() => onAdd(unit)}
        >
          {say('units.create')}
        </button>
      )}
    </div>
  )
}

export const UnitTree = ({ branches, onAdd }: Props) => (
  <ul class="unit-tree">
    {branches.map(({ unit, below }) => (
      <li key={unit.id} class={`unit-${unit.kind}`}>
        <Row unit={unit} onAdd={onAdd} />
        {below.length > 0 && <UnitTree branches={below} onAdd={onAdd} />}
      </li>
    ))}
  </ul>
)
