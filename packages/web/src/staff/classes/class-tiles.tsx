import { useSpeech } from '../shell/speech.tsx'
import { pathInSchool } from '../units/tree.ts'
import type { Unit } from '../wire.ts'

type Props = { readonly classes: readonly Unit[]; readonly units: readonly Unit[] }

/** The doors to the classes of a school. */
export const ClassTiles = ({ classes, units }: Props) => {
  const { say } = useSpeech()
  return (
    <>
      {classes.length === 0 && <p class="muted">{say('units.noClass')}</p>}
      <ul class="tiles">
        {classes.map((unit) => (
          <li key={unit.id}>
            <a class="tile" href={`/classes/${unit.id}`}>
              {pathInSchool(unit, units)}
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}
