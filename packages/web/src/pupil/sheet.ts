// A pupil's sheet while it is being filled in. Pure: a move and a sheet give the next sheet, and no move takes an answer away.
import type { Outline, Step } from './outline.ts'

export type Given = number | 'skipped'
export type Sheet = {
  /** Made once, here on the device: however often the sheet is sent, it is stored once. */
  readonly key: string
  readonly startedAt: string
  readonly at: number
  /** Looking at the skipped questions again, from the end. */
  readonly revisiting: boolean
  /** By question; null for one that was not reached. */
  readonly given: readonly (Given | null)[]
}

export type Move =
  | { readonly kind: 'answer'; readonly value: number }
  | { readonly kind: 'next' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'back' }
  | { readonly kind: 'revisit' }

export const newSheet = (outline: Outline, key: string, startedAt: string): Sheet => ({
  key,
  startedAt,
  at: 0,
  revisiting: false,
  given: outline.questions.map(() => null),
})

export const stepOf = ({ steps }: Outline, sheet: Sheet): Step => steps[sheet.at] ?? { kind: 'end' }

export const skippedOf = (sheet: Sheet): readonly number[] =>
  sheet.given.flatMap((given, question) => (given === 'skipped' ? [question] : []))

const give = (sheet: Sheet, question: number, given: Given): Sheet => ({
  ...sheet,
  given: sheet.given.map((before, position) => (position === question ? given : before)),
})

const toEnd = (outline: Outline, sheet: Sheet): Sheet => ({ ...sheet, at: outline.steps.length - 1, revisiting: false })

const toSkippedAfter = (outline: Outline, sheet: Sheet, after: number): Sheet => {
  const at = outline.steps.findIndex(
    (step, position) => position > after && step.kind === 'question' && sheet.given[step.question] === 'skipped',
  )
  return at < 0 ? toEnd(outline, sheet) : { ...sheet, at, revisiting: true }
}

const forward = (outline: Outline, sheet: Sheet): Sheet => {
  if (sheet.revisiting) return toSkippedAfter(outline, sheet, sheet.at)
  return { ...sheet, at: Math.min(sheet.at + 1, outline.steps.length - 1) }
}

const moveOnQuestion = (outline: Outline, sheet: Sheet, question: number, move: Move): Sheet => {
  const given = sheet.given[question] ?? null
  if (move.kind === 'answer') return outline.questions[question]?.values.includes(move.value) ? give(sheet, question, move.value) : sheet
  if (move.kind === 'skip') return forward(outline, given === null ? give(sheet, question, 'skipped') : sheet)
  return move.kind === 'next' && given !== null ? forward(outline, sheet) : sheet
}

export const moved = (outline: Outline, sheet: Sheet, move: Move): Sheet => {
  const step = stepOf(outline, sheet)
  if (move.kind === 'back') return sheet.revisiting ? toEnd(outline, sheet) : { ...sheet, at: Math.max(sheet.at - 1, 0) }
  if (move.kind === 'revisit') return step.kind === 'end' ? toSkippedAfter(outline, sheet, 0) : sheet
  if (step.kind === 'question') return moveOnQuestion(outline, sheet, step.question, move)
  return move.kind === 'next' ? forward(outline, sheet) : sheet
}
