import { useSpeech } from '../shell/speech.tsx'
import { clockWords } from '../time.ts'
import type { Study } from '../wire.ts'

export const Allocation = ({ study }: { readonly study: Study }) => {
  const { say, pick, language } = useSpeech()
  const { allocation, schools, protocol } = study
  const inArm = (arm: string | null) => schools.filter((school) => school.arm === arm)
  const groups = [
    ...protocol.arms.map((arm) => ({ key: arm.id, name: pick(arm.label), schools: inArm(arm.id) })),
    { key: '', name: say('study.noArm'), schools: inArm(null) },
  ]
  return (
    <section class="section">
      <h2>{say('study.arms')}</h2>
      <p class="muted">
        {allocation
          ? say('study.seed', { seed: allocation.seed, at: clockWords(allocation.allocatedAt, Date.now(), language) })
          : say('study.notAllocated')}
      </p>
      {schools.length === 0 && <p>{say('study.noSchools')}</p>}
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
    </section>
  )
}
