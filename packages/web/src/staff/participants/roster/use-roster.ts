// The steps of a roster from a file: choose, set right, dry run, write. What was chosen and decided outlives a refusal.
import { useState } from 'preact/hooks'
import { answered, server } from '../../server.ts'
import { useAction } from '../../shell/use-action.ts'
import { type Choices, noChoices } from './choices.ts'
import { chosen, proposed, type Setting } from './settings.ts'
import type { Delimiter, Encoding, Imported, Plan, SeenFile } from './wire.ts'

export type Text = { readonly encoding?: Encoding; readonly delimiter?: Delimiter }
type Chosen = { readonly name: string; readonly file: string }
type Step = { readonly at: Chosen; readonly text: Text; readonly seen: SeenFile; readonly settings: readonly Setting[] }

const path = (unitId: string) => ({ params: { path: { unitId } } })

export const useRoster = (unitId: string) => {
  const [step, setStep] = useState<Step | null>(null)
  const [plan, setPlan] = useState<Plan | null>(null)
  const [choices, setChoices] = useState<Choices>(noChoices)
  const [createClasses, setCreateClasses] = useState(false)
  const [done, setDone] = useState<Imported | null>(null)

  const looking = useAction((at: Chosen, text: Text, settings: readonly Setting[] | null) => {
    const headerRows = settings?.map(({ sheet, headerRow }) => ({ sheet, row: headerRow }))
    const body = { file: at.file, ...text, ...(headerRows && { headerRows }) }
    return answered(server.POST('/api/v1/units/{unitId}/roster/file', { ...path(unitId), body }))
  })
  const comparing = useAction(({ at, text, settings }: Step, withClasses: boolean) => {
    const body = { file: at.file, ...text, sheets: chosen(settings), createClasses: withClasses }
    return answered(server.POST('/api/v1/units/{unitId}/roster/plan', { ...path(unitId), body }))
  })
  const writing = useAction(({ at, text, settings }: Step, { planHash, rows, missing }: Plan) => {
    const asked = rows.filter((row) => row.kind === 'suspected')
    const decisions = asked.flatMap(({ sheet, row, may }) => {
      const decision = choices.decisions.get(`${sheet}|${row}`)
      return decision && may.indexOf(decision) >= 0 ? [{ sheet, row, decision }] : []
    })
    const left = missing.map((pupil) => pupil.participantId).filter((id) => choices.left.has(id))
    const { leaveOutInvalid } = choices
    const body = { file: at.file, ...text, sheets: chosen(settings), createClasses, planHash, decisions, left, leaveOutInvalid }
    return answered(server.POST('/api/v1/units/{unitId}/roster/import', { ...path(unitId), body }))
  })

  const forgetPlan = () => {
    setPlan(null)
    comparing.forget()
    writing.forget()
  }
  const choose = async (at: Chosen) => {
    const seen = await looking.run(at, {}, null)
    if (!seen) return
    forgetPlan()
    setDone(null)
    setChoices(noChoices)
    setCreateClasses(false)
    setStep({ at, text: {}, seen, settings: proposed(seen) })
  }
  const readAs = async (text: Text) => {
    const seen = step && (await looking.run(step.at, text, null))
    if (!step || !seen) return
    forgetPlan()
    setStep({ ...step, text, seen, settings: proposed(seen) })
  }
  const set = (settings: readonly Setting[]) => {
    if (!step) return
    forgetPlan()
    setStep({ ...step, settings })
  }
  /** Another header row names other columns: the server is asked what they are. */
  const setHeader = async (sheet: number, headerRow: number) => {
    if (!step) return
    const settings = step.settings.map((own) => (own.sheet === sheet ? { ...own, headerRow } : own))
    const seen = await looking.run(step.at, step.text, settings)
    const columns = seen?.sheets[sheet]?.columns
    if (columns) set(settings.map((own) => (own.sheet === sheet ? { ...own, columns } : own)))
  }
  const compare = async (withClasses = createClasses) => {
    const made = step && (await comparing.run(step, withClasses))
    if (!made) return
    writing.forget()
    setCreateClasses(withClasses)
    setPlan(made)
  }
  const write = async () => {
    const made = step && plan && (await writing.run(step, plan))
    if (!made) return false
    setDone(made)
    setStep(null)
    setPlan(null)
    return true
  }
  return {
    step,
    plan,
    choices,
    createClasses,
    done,
    looking,
    comparing,
    writing,
    choose,
    readAs,
    set,
    setHeader,
    compare,
    write,
    setChoices,
  }
}
export type Roster = ReturnType<typeof useRoster>
