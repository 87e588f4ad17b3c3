// A pupil's sheet while it is being filled in. Pure: a move and a sheet give the next sheet, and no move takes an answer away.
import { isAsked } from '@tongxing/instruments/skip-logic'
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
  /** By question: the milliseconds that it was before the pupil, up to its last answer. */
  readonly times?: readonly (number | null)[]
}

const longest = 600_000

export const timed = (sheet: Sheet, question: number, milliseconds: number): Sheet => ({
  ...sheet,
  times: sheet.given.map((_, place) => {
    const before = sheet.times?.[place] ?? null
    return place === question ? Math.min(longest, Math.round((before ?? 0) + milliseconds)) : before
  }),
})

export type Move =
  /** To the first question of the page, or to another that it says. */
  | { readonly kind: 'answer'; readonly value: number; readonly question?: number }
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

/** What was given to the questions of one form, by item. */
export const givenIn = (outline: Outline, sheet: Sheet, form: number): Readonly<Record<string, Given>> => {
  const given: Record<string, Given> = {}
  outline.questions.forEach((question, position) => {
    const answer = sheet.given[position] ?? null
    if (question.form === form && answer !== null) given[question.item] = answer
  })
  return given
}

/** Only an answer takes a question away (skip logic of the instrument); while the deciding one is open, it is asked. */
export const isQuestionAsked = (outline: Outline, sheet: Sheet, question: number): boolean => {
  const { form = 0, item = '' } = outline.questions[question] ?? {}
  const shape = outline.forms[form]
  const isConditional = shape?.items.some((one) => one.id === item && one.askedIf !== undefined)
  return !shape || !isConditional || isAsked(shape, givenIn(outline, sheet, form), item)
}

const askedQuestions = (outline: Outline, sheet: Sheet): readonly number[] =>
  outline.questions.flatMap((_, question) => (isQuestionAsked(outline, sheet, question) ? [question] : []))

/** The questions of this step that the sheet asks: an answer may take away one on the same page. */
export const askedAt = (outline: Outline, sheet: Sheet, step: Step): readonly number[] =>
  step.kind === 'questions' ? step.questions.filter((question) => isQuestionAsked(outline, sheet, question)) : []

/** Where a question stands among those that this sheet asks, the first being 1, and how many these are. */
export const countedOf = (outline: Outline, sheet: Sheet, question: number) => {
  const asked = askedQuestions(outline, sheet)
  return { number: asked.filter((one) => one <= question).length, total: asked.length }
}

export const skippedOf = (outline: Outline, sheet: Sheet): readonly number[] =>
  askedQuestions(outline, sheet).filter((question) => sheet.given[question] === 'skipped')

const give = (sheet: Sheet, question: number, given: Given): Sheet => ({
  ...sheet,
  given: sheet.given.map((before, position) => (position === question ? given : before)),
})

const toEnd = (outline: Outline, sheet: Sheet): Sheet => ({ ...sheet, at: outline.steps.length - 1, revisiting: false })

const toSkippedAfter = (outline: Outline, sheet: Sheet, after: number): Sheet => {
  const skipped = skippedOf(outline, sheet)
  const at = outline.steps.findIndex(
    (step, position) => position > after && step.kind === 'questions' && step.questions.some((question) => skipped.includes(question)),
  )
  return at < 0 ? toEnd(outline, sheet) : { ...sheet, at, revisiting: true }
}

/** The next step in a direction, past the questions that this sheet does not ask. */
const walked = (outline: Outline, sheet: Sheet, direction: 1 | -1): number => {
  let at = sheet.at
  for (;;) {
    const next = outline.steps[at + direction]
    if (!next) return at
    at += direction
    if (next.kind !== 'questions' || askedAt(outline, sheet, next).length > 0) return at
  }
}

const forward = (outline: Outline, sheet: Sheet): Sheet => {
  if (sheet.revisiting) return toSkippedAfter(outline, sheet, sheet.at)
  return { ...sheet, at: walked(outline, sheet, 1) }
}

const moveOnPage = (outline: Outline, sheet: Sheet, asked: readonly number[], move: Move): Sheet => {
  if (move.kind === 'answer') {
    const { question = asked[0] ?? -1, value } = move
    return asked.includes(question) && outline.questions[question]?.values.includes(value) ? give(sheet, question, value) : sheet
  }
  const open = asked.filter((question) => (sheet.given[question] ?? null) === null)
  if (move.kind === 'skip')
    return forward(
      outline,
      open.reduce((before, question) => give(before, question, 'skipped'), sheet),
    )
  return move.kind === 'next' && open.length === 0 ? forward(outline, sheet) : sheet
}

export const moved = (outline: Outline, sheet: Sheet, move: Move): Sheet => {
  const step = stepOf(outline, sheet)
  if (move.kind === 'back') return sheet.revisiting ? toEnd(outline, sheet) : { ...sheet, at: walked(outline, sheet, -1) }
  if (move.kind === 'revisit') return step.kind === 'end' ? toSkippedAfter(outline, sheet, 0) : sheet
  if (step.kind === 'questions') return moveOnPage(outline, sheet, askedAt(outline, sheet, step), move)
  return move.kind === 'next' ? forward(outline, sheet) : sheet
}
