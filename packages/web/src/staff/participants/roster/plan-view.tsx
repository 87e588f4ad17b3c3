import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { useSpeech } from '../../shell/speech.tsx'
import { namesakesByClass } from '../namesakes.ts'
import { MissingPupils } from './missing-pupils.tsx'
import type { SheetName } from './row-words.ts'
import { RowsTable } from './rows-table.tsx'
import { SuspectedRows } from './suspected-rows.tsx'
import type { Roster } from './use-roster.ts'
import type { Plan } from './wire.ts'
import { WriteBar } from './write-bar.tsx'

type Tab = keyof Plan['counts']
// what needs a person first
const tabs: readonly Tab[] = ['invalid', 'suspected', 'new', 'changed', 'missing', 'unchanged']

const toldNamesakes = 8

type TabsProps = { readonly id: string; readonly plan: Plan; readonly tab: Tab; readonly onTab: (tab: Tab) => void }

const Tabs = ({ id, plan, tab, onTab }: TabsProps) => {
  const { say } = useSpeech()
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]!
    onTab(next)
    document.getElementById(`${id}-${next}`)?.focus()
  }
  return (
    <div class="kind-tabs" role="tablist" aria-label={say('roster.planTitle')} onKeyDown={move}>
      {tabs.map((own) => (
        <button
          key={own}
          id={`${id}-${own}`}
          type="button"
          role="tab"
          aria-selected={own === tab}
          aria-controls={`${id}-panel`}
          tabIndex={own === tab ? 0 : -1}
          class={plan.counts[own] === 0 ? 'kind-tab kind-none' : 'kind-tab'}
          onClick={() => onTab(own)}
        >
          <span class="kind-count">{plan.counts[own]}</span> {say(`roster.kind.${own}`)}
        </button>
      ))}
    </div>
  )
}

const NewClasses = ({ plan, roster, withSchool }: Omit<Props, 'sheetName'>) => {
  const { say } = useSpeech()
  if (plan.newClasses.length === 0) return null
  const names = plan.newClasses.map(({ schoolName, name }) => (withSchool ? `${schoolName}${name}` : name)).join('、')
  return (
    <div class={roster.createClasses ? 'notice notice-good' : 'notice notice-warn'}>
      <p>{say(roster.createClasses ? 'roster.willCreate' : 'roster.newClasses', { names })}</p>
      {plan.mayCreateClasses ? (
        <button type="button" class="button" disabled={roster.comparing.busy} onClick={() => void roster.compare(!roster.createClasses)}>
          {say(roster.createClasses ? 'roster.createNone' : 'roster.createClasses')}
        </button>
      ) : (
        <p>{say('roster.askAdministrator')}</p>
      )}
    </div>
  )
}

const Namesakes = ({ plan }: { readonly plan: Plan }) => {
  const { say } = useSpeech()
  const names = namesakesByClass([...plan.rows.filter(({ kind }) => kind !== 'invalid'), ...plan.missing])
  if (names.length === 0) return null
  const some = names.slice(0, toldNamesakes).join('、')
  return <p class="muted">{say('roster.namesakes', { names: names.length > toldNamesakes ? `${some}…` : some })}</p>
}

const Panel = ({ tab, roster, plan, sheetName, withSchool }: Omit<Props, 'tab'> & { readonly tab: Tab }) => {
  const { say } = useSpeech()
  const { choices, setChoices } = roster
  if (tab === 'missing') return <MissingPupils plan={plan} choices={choices} onChoices={setChoices} withSchool={withSchool} />
  if (tab === 'suspected')
    return <SuspectedRows plan={plan} choices={choices} onChoices={setChoices} sheetName={sheetName} withSchool={withSchool} />
  const rows = plan.rows.filter((row) => row.kind === tab)
  return (
    <>
      {tab === 'invalid' && rows.length > 0 && (
        <label class="tick">
          <input
            type="checkbox"
            checked={choices.leaveOutInvalid}
            onChange={(event) => setChoices({ ...choices, leaveOutInvalid: event.currentTarget.checked })}
          />{' '}
          {say('roster.leaveOutInvalid', { count: plan.counts.invalid })}
        </label>
      )}
      <RowsTable key={tab} kind={tab} rows={rows} sheetName={sheetName} withSchool={withSchool} />
    </>
  )
}

type Props = { readonly roster: Roster; readonly plan: Plan; readonly sheetName: SheetName; readonly withSchool: boolean }

/** The dry run by kind, what has to be decided, and the way to write it. */
export const PlanView = ({ roster, plan, sheetName, withSchool }: Props) => {
  const { say } = useSpeech()
  const id = useId()
  const [tab, setTab] = useState<Tab>(() => tabs.find((own) => plan.counts[own] > 0) ?? 'unchanged')
  const top = useRef<HTMLHeadingElement>(null)
  useEffect(() => top.current?.focus(), [])
  const capped = tabs.some((own) => plan.counts[own] > plan.mostShown)
  return (
    <section class="section">
      <h2 ref={top} tabIndex={-1}>
        {say('roster.planTitle')}
      </h2>
      <NewClasses plan={plan} roster={roster} withSchool={withSchool} />
      <Namesakes plan={plan} />
      <Tabs id={id} plan={plan} tab={tab} onTab={setTab} />
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`}>
        <Panel tab={tab} roster={roster} plan={plan} sheetName={sheetName} withSchool={withSchool} />
      </div>
      {capped && <p class="muted">{say('roster.capped', { most: plan.mostShown })}</p>}
      <WriteBar roster={roster} plan={plan} />
    </section>
  )
}
