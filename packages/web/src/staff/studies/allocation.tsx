import { useState } from 'preact/hooks'
import { Missing, useMissing } from '../shell/missing.tsx'
import { useSpeech } from '../shell/speech.tsx'
import { clockWords } from '../time.ts'
import type { Study, Trial } from '../wire.ts'
import { AddSchools } from './add-schools.tsx'
import { Allocate } from './allocate.tsx'
import { isTrial } from './protocol.ts'

const Groups = ({ study }: { readonly study: Study }) => {
  const { say, pick } = useSpeech()
  const { schools, protocol } = study
  const inArm = (arm: string | null) => schools.filter((school) => school.arm === arm)
  const arms = isTrial(protocol) ? protocol.arms : []
  const groups = [
    ...arms.map((arm) => ({ key: arm.id, name: pick(arm.label), schools: inArm(arm.id) })),
    { key: '', name: say(isTrial(protocol) ? 'study.noArm' : 'screening.schools'), schools: inArm(null) },
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

/** The study, where it is a trial. */
const asTrial = (study: Study) => (isTrial(study.protocol) ? { ...study, protocol: study.protocol } : null)

type Doing = 'schools' | 'allocate' | null
type Props = { readonly study: Study; readonly onChanged: () => void }

const AllocateOnce = ({ study, onAsk }: { readonly study: Study & { readonly protocol: Trial }; readonly onAsk: () => void }) => {
  const { say } = useSpeech()
  const arms = study.protocol.arms.length
  const missing = useMissing(study.schools.length >= arms ? null : say('allocate.tooFew', { arms }))
  return (
    <>
      <button type="button" class="button" onClick={() => missing.isWhole() && onAsk()}>
        {say('allocate.title')}
      </button>
      <Missing said={missing.said} />
    </>
  )
}

/** Schools join; those of a trial are then allocated, once, after which nothing here can be pressed. */
export const Allocation = ({ study, onChanged }: Props) => {
  const { say, language } = useSpeech()
  const [doing, setDoing] = useState<Doing>(null)
  const { allocation, schools } = study
  const trial = asTrial(study)
  const close = () => setDoing(null)
  const changed = () => {
    close()
    onChanged()
  }
  return (
    <section class="section">
      <h2>{say(trial ? 'study.arms' : 'screening.where')}</h2>
      <p class="muted" role="status">
        {trial && !allocation && say('study.notAllocated')}
        {allocation && say('study.seed', { seed: allocation.seed, at: clockWords(allocation.allocatedAt, Date.now(), language) })}
        {!trial && say('screening.noArms')}
      </p>
      {schools.length === 0 && <p>{say('study.noSchools')}</p>}
      <Groups study={study} />
      {!allocation && (
        <p class="button-row">
          <button type="button" class="button" onClick={() => setDoing('schools')}>
            {say('schools.add')}
          </button>
          {trial && <AllocateOnce study={trial} onAsk={() => setDoing('allocate')} />}
        </p>
      )}
      {doing === 'schools' && <AddSchools study={study} onAdded={changed} onClose={close} />}
      {doing === 'allocate' && trial && <Allocate study={trial} onAllocated={changed} onClose={close} />}
    </section>
  )
}
