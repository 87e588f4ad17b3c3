import { useEffect, useRef } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { answered, server } from '../../server.ts'
import { Answer } from '../../shell/answer.tsx'
import { Page } from '../../shell/page.tsx'
import { Refused } from '../../shell/refused.tsx'
import { useSpeech } from '../../shell/speech.tsx'
import { useRequest } from '../../shell/use-request.ts'
import { pathOf } from '../../units/tree.ts'
import type { Unit } from '../../wire.ts'
import { ChooseFile } from './choose-file.tsx'
import { FileSettings } from './file-settings.tsx'
import { PlanView } from './plan-view.tsx'
import { nameless } from './settings.ts'
import { type Roster, useRoster } from './use-roster.ts'
import type { Imported } from './wire.ts'

const Busy = ({ roster }: { readonly roster: Roster }) => {
  const { say } = useSpeech()
  const words = roster.looking.busy ? say('roster.reading') : roster.comparing.busy ? say('roster.comparing') : ''
  return (
    <p class="busy-line" role="status">
      {words && (
        <>
          <progress /> {words}
        </>
      )}
    </p>
  )
}

const FileLine = ({ roster }: { readonly roster: Roster }) => {
  const { say } = useSpeech()
  if (!roster.step) return null
  const { at, seen } = roster.step
  const { encoding, delimiter, sheets } = seen
  const shownDelimiter = delimiter === '\t' ? say('roster.tab') : (delimiter ?? '')
  return (
    <p>
      <strong>
        {encoding
          ? say('roster.fileText', { name: at.name, encoding: encoding.toUpperCase(), delimiter: shownDelimiter })
          : say('roster.file', { name: at.name, sheets: sheets.length })}
      </strong>
    </p>
  )
}

const DryRun = ({ roster }: { readonly roster: Roster }) => {
  const { say } = useSpeech()
  const { step, plan, comparing, looking } = roster
  if (!step) return null
  const without = nameless(step.settings).map((sheet) => step.seen.sheets[sheet]?.name || String(sheet + 1))
  const none = step.settings.every((setting) => !setting.used)
  return (
    <>
      {none && <p class="field-error">{say('roster.needSheet')}</p>}
      {without.length > 0 && <p class="field-error">{say('roster.needName', { sheets: without.join('、') })}</p>}
      <Refused refusal={comparing.refusal} />
      <p>
        <button
          type="button"
          class={plan ? 'button' : 'button button-primary'}
          disabled={none || without.length > 0 || comparing.busy || looking.busy}
          onClick={() => void roster.compare()}
        >
          {say(plan ? 'roster.dryRunAgain' : 'roster.dryRun')}
        </button>
      </p>
    </>
  )
}

const Done = ({ done, ownClass }: { readonly done: Imported; readonly ownClass: Unit | null }) => {
  const { say } = useSpeech()
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => top.current?.focus(), [done]) // the button that wrote is gone
  return (
    <div ref={top} class="notice notice-good" role="status" tabIndex={-1}>
      <p class="notice-title">{say('roster.doneTitle')}</p>
      <p>{say('roster.done', done)}</p>
      <p>{say('roster.doneNext')}</p>
      <p>
        <a href={ownClass ? `/classes/${ownClass.id}` : '/classes'}>
          {ownClass ? say('roster.toClass', { name: ownClass.name }) : say('roster.toClasses')}
        </a>
      </p>
    </div>
  )
}

type DeskProps = { readonly unitId: string; readonly withSchool: boolean; readonly ownClass: Unit | null }

const RosterDesk = ({ unitId, withSchool, ownClass }: DeskProps) => {
  const roster = useRoster(unitId)
  const { step, plan, done, looking } = roster
  const several = (step?.settings.filter((setting) => setting.used).length ?? 0) > 1
  const sheetName = (sheet: number) => (several ? (step?.seen.sheets[sheet]?.name ?? '') : '')
  return (
    <>
      {done && <Done done={done} ownClass={ownClass} />}
      <FileLine roster={roster} />
      <ChooseFile again={step !== null} busy={looking.busy} onFile={(file) => void roster.choose(file)} />
      <Refused refusal={looking.refusal} />
      <Busy roster={roster} />
      <FileSettings key={step?.at.file} roster={roster} ownClass={ownClass?.name ?? null} />
      <DryRun roster={roster} />
      {plan && <PlanView key={plan.planHash} roster={roster} plan={plan} sheetName={sheetName} withSchool={withSchool} />}
    </>
  )
}

export const RosterPage = () => {
  const { id = '' } = useRoute().params
  const { say } = useSpeech()
  const request = useRequest(() => answered(server.GET('/api/v1/units')), [id])
  const units = request.kind === 'ready' ? request.value.units : []
  const unit = units.find((own) => own.id === id)
  const trail = [{ label: say('classes.title'), href: '/classes' }]
  const ownClass = unit?.kind === 'class' ? unit : null
  const ofClass = ownClass ? [{ label: ownClass.name, href: `/classes/${ownClass.id}` }] : []
  return (
    <Page
      title={say('roster.title')}
      heading={unit ? `${say('roster.title')} · ${pathOf(unit, units)}` : undefined}
      lead={say('roster.lead')}
      trail={[...trail, ...ofClass]}
    >
      <Answer to={request}>{() => <RosterDesk key={id} unitId={id} withSchool={unit?.schoolId === null} ownClass={ownClass} />}</Answer>
    </Page>
  )
}
