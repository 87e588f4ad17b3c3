import { useState } from 'preact/hooks'
import { useSpeech } from '../shell/speech.tsx'
import { clockWords } from '../time.ts'
import type { Study } from '../wire.ts'
import { AddSchools } from './add-schools.tsx'
import { Allocate } from './allocate.tsx'

const Groups = ({ study }: { readonly study: Study }) => {
  const { say, pick } = useSpeech()
  const { schools, protocol } = study
  const inArm = (arm: string | null) => schools.filter((school) => school.arm === arm)
  const groups = [
    ...protocol.arms.map((arm) => ({ key: arm.id, name: pick(arm.label), schools: inArm(arm.id) })),
    { key: '', name: say('study.noArm'), schools: inArm(null) },
  ]
  return (
    <dl class="facts facts-wide">
      {groups
        .filter((group) => group.schools.length > 0)
        .map((group) => (
          <div key={group.key}>
            <dt>{group.name}</dt>
            <dd>
              {group.schools.map((school) => (
                <span key={school.schoolId} class="part">
                  {school.name}
                </span>
              ))}
            </dd>
          </div>
        ))}
    </dl>
  )
}

type Props = { readonly study: Study; readonly onChanged: () => void }

/** Schools join and are then allocated, once; after that nothing here can be pressed. */
export const Allocation = ({ study, onChanged }: Props) => {
  const { say, language } = useSpeech()
  const [doing, setDoing] = useState<'schools' | 'allocate' | null>(null)
  const { allocation, schools, protocol } = study
  const enough = schools.length >= protocol.arms.length
  const changed = () => {
    setDoing(null)
    onChanged()
  }
  return (
    <section class="section">
      <h2>{say('study.arms')}</h2>
      <p class="muted" role="status">
        {allocation
          ? say('study.seed', { seed: allocation.seed, at: clockWords(allocation.allocatedAt, Date.now(), language) })
          : say('study.notAllocated')}
      </p>
      {schools.length === 0 && <p>{say('study.noSchools')}</p>}
      <Groups study={study} />
      {!allocation && (
        <>
          <p class="button-row">
            <button type="button" class="button" onClick={() => setDoing('schools')}>
              {say('schools.add')}
            </button>
            <button type="button" class="button" disabled={!enough} onClick={() => setDoing('allocate')}>
              {say('allocate.title')}
            </button>
          </p>
          {!enough && <p class="muted">{say('allocate.tooFew', { arms: protocol.arms.length })}</p>}
        </>
      )}
      {doing === 'schools' && <AddSchools study={study} onAdded={changed} onClose={() => setDoing(null)} />}
      {doing === 'allocate' && <Allocate study={study} onAllocated={changed} onClose={() => setDoing(null)} />}
    </section>
  )
}
