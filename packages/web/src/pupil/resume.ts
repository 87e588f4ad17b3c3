// A sheet that was begun at another machine goes on at the first question that is not answered yet. Pure.
import type { Outline } from './outline.ts'
import { askedAt, type Given, type Sheet } from './sheet.ts'
import type { Seated } from './wire.ts'

/** Before the first question of a part stands its opening. */
const stoppedAt = (outline: Outline, sheet: Sheet): number => {
  const at = outline.steps.findIndex((step) => askedAt(outline, sheet, step).some((question) => sheet.given[question] === null))
  if (at < 0) return outline.steps.length - 1
  return outline.steps[at - 1]?.kind === 'part' ? at - 1 : at
}

/** What was answered elsewhere is believed; where that says nothing, what is here stays. */
export const resumed = (outline: Outline, sheet: Sheet, soFar: Seated['soFar']): Sheet => {
  if (!soFar) return sheet
  const given = outline.questions.map(({ form, item, values }, place): Given | null => {
    const there = soFar.sheets[form]?.answers[item]
    if (there === 'skipped') return there
    return typeof there === 'number' && values.includes(there) ? there : (sheet.given[place] ?? null)
  })
  const filled: Sheet = { ...sheet, startedAt: soFar.startedAt, revisiting: false, given }
  return given.every((one) => one === null) ? sheet : { ...filled, at: stoppedAt(outline, filled) }
}
