// What is decided about a paper sheet without asking the database: its number, what is missing, where two readings differ, who erred.
import { type Answer, type Answers, canonicalJson, isAsked } from '@tongxing/instruments'
import type { Library } from '@tongxing/instruments/library'
import { requireInstrument } from '../library/rules.ts'

export type Keyed = { readonly instrument: string; readonly version: string; readonly answers: Answers }
export type Place = { readonly instrument: string; readonly version: string; readonly item: string }
export type Difference = Place & { readonly first: Answer; readonly second: Answer }

/** What is printed on every page of a pupil's form: the session and the seat, and no name. */
export const sheetNumber = (locator: string, seat: number): string => `${locator}-${String(seat).padStart(2, '0')}`

const itemsOf = (library: Library, { instrument, version }: Omit<Place, 'item'>) =>
  requireInstrument(library, instrument, version).items.map(({ id }) => id)

/** A clerk says something about every box: an item without an entry is one that the eye has jumped over. */
export const notEntered = (library: Library, sheets: readonly Keyed[]): readonly string[] =>
  sheets.flatMap((sheet) => itemsOf(library, sheet).filter((item) => sheet.answers[item] === undefined))

export const isSameReading = (left: readonly Keyed[], right: readonly Keyed[]): boolean => canonicalJson(left) === canonicalJson(right)

/** Item by item, in the order of the form. */
export const differences = (library: Library, first: readonly Keyed[], second: readonly Keyed[]): readonly Difference[] =>
  first.flatMap((sheet) => {
    const { instrument, version, answers } = sheet
    const other = second.find((candidate) => candidate.instrument === instrument && candidate.version === version)!.answers
    return itemsOf(library, sheet).flatMap((item) =>
      answers[item] === other[item] ? [] : [{ instrument, version, item, first: answers[item]!, second: other[item]! }],
    )
  })

export type Decided = Omit<Place, 'version'> & { readonly answer: Answer }

/** On paper an empty box is an empty box: skipped where the sheet asks the question, not shown where an earlier answer takes it away. */
export const settled = (library: Library, sheets: readonly Keyed[]): readonly Keyed[] =>
  sheets.map(({ instrument, version, answers }) => {
    const definition = requireInstrument(library, instrument, version)
    const empty = (item: string) => (isAsked(definition, answers, item) ? 'skipped' : 'not_shown')
    const settle = ([item, given]: [string, Answer]) => [item, given === 'skipped' || given === 'not_shown' ? empty(item) : given] as const
    return { instrument, version, answers: Object.fromEntries(Object.entries(answers).map(settle)) }
  })

/** The first reading with what was decided in the places that differed. */
export const corrected = (library: Library, first: readonly Keyed[], decisions: readonly Decided[]): readonly Keyed[] => {
  const decidedIn = (sheet: Keyed) =>
    Object.fromEntries(decisions.flatMap(({ instrument, item, answer }) => (instrument === sheet.instrument ? [[item, answer]] : [])))
  return settled(
    library,
    first.map((sheet) => ({ ...sheet, answers: { ...sheet.answers, ...decidedIn(sheet) } })),
  )
}

export const paperStandings = ['not-entered', 'once', 'conflict', 'agreed', 'decided', 'on-device'] as const
export type PaperStanding = (typeof paperStandings)[number]

type SeatFacts = { readonly handedIn: boolean; readonly entries: number; readonly conflicts: number; readonly undecided: number }

export const paperStandingOf = ({ handedIn, entries, conflicts, undecided }: SeatFacts): PaperStanding => {
  if (entries === 0) return handedIn ? 'on-device' : 'not-entered'
  if (entries === 1) return 'once'
  if (undecided > 0) return 'conflict'
  return conflicts > 0 ? 'decided' : 'agreed'
}

type Reading = { readonly submissionId: string; readonly turn: 1 | 2; readonly enteredBy: string; readonly items: number }
type Judged = { readonly submissionId: string; readonly first: Answer; readonly second: Answer; readonly answer: Answer | null }
export type ClerkRate = { readonly accountId: string; readonly sheets: number; readonly checked: number; readonly corrected: number }

/** Items decided against a clerk, of the items of hers that a second reading has checked. What nobody has checked says nothing. */
export const clerkRates = (readings: readonly Reading[], conflicts: readonly Judged[]): readonly ClerkRate[] => {
  const times = (submissionId: string) => readings.filter((reading) => reading.submissionId === submissionId).length
  const undecided = new Set(conflicts.flatMap(({ submissionId, answer }) => (answer === null ? [submissionId] : [])))
  const against = ({ submissionId, turn }: Reading) =>
    conflicts.filter((one) => one.submissionId === submissionId && one.answer !== (turn === 1 ? one.first : one.second)).length
  return [...Map.groupBy(readings, ({ enteredBy }) => enteredBy)].map(([accountId, own]) => {
    const judged = own.filter(({ submissionId }) => times(submissionId) === 2 && !undecided.has(submissionId))
    const sum = (count: (reading: Reading) => number) => judged.reduce((total, reading) => total + count(reading), 0)
    return { accountId, sheets: own.length, checked: sum(({ items }) => items), corrected: sum(against) }
  })
}
