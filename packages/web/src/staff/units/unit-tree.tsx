import { useSpeech } from '../shell/speech.tsx'
import type { Unit } from '../wire.ts'
import { type Branch, kindsBelow } from './tree.ts'

type Doings = { readonly onAdd: (below: Unit) => void; readonly onEdit: (unit: Unit) => void }
type Props = Doings & { readonly branches: readonly Branch[] }

const Row = ({ unit, onAdd, onEdit }: Doings & { readonly unit: Unit }) => {
  const { say } = useSpeech()
  const place = [unit.province, unit.prefecture].filter(Boolean).join(' · ')
  return (
    <div class="unit-row">
      {place !== '' && <span class="muted">{place}</span>}
      <span class="unit-name">{unit.name}</span>
      <span class="muted">{say(`unit.${unit.kind}`)}</span>
      {unit.code && <span class="mono muted">{unit.code}</span>}
      <span class="unit-deeds">
        {unit.kind === 'school' && (
          <a class="button button-small" href={`/units/${unit.id}/school-year`} aria-label={say('year.of', { name: unit.name })}>
            {say('year.title')}
          </a>
        )}
        <button type="button" class="plain-button" aria-label={say('units.edit', { name: unit.name })} onClick={() => onEdit(unit)}>
          {say('units.editShort')}
        </button>
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
      </span>
    </div>
  )
}

export const UnitTree = ({ branches, ...doings }: Props) => (
  <ul class="unit-tree">
    {branches.map(({ unit, below }) => (
      <li key={unit.id} class={`unit-${unit.kind}`}>
        <Row unit={unit} {...doings} />
        {below.length > 0 && <UnitTree branches={below} {...doings} />}
      </li>
    ))}
  </ul>
)
