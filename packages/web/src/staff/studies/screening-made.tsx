import { ClassTiles } from '../classes/class-tiles.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { classesBySchool } from '../units/tree.ts'
import type { Unit } from '../wire.ts'

type Props = { readonly title: string; readonly schoolIds: readonly string[]; readonly units: readonly Unit[] }

/** Where to go on: the classes that can be screened now. */
export const ScreeningMade = ({ title, schoolIds, units }: Props) => {
  const { say } = useSpeech()
  return (
    <section class="section">
      <p class="done-line" role="status">
        {say('screening.made', { title })}
      </p>
      <p>{say('screening.next')}</p>
      {classesBySchool(units)
        .filter(({ school }) => schoolIds.indexOf(school.id) >= 0)
        .map(({ school, classes }) => (
          <section key={school.id} class="section">
            <h2>{school.name}</h2>
            <ClassTiles classes={classes} units={units} />
          </section>
        ))}
    </section>
  )
}
