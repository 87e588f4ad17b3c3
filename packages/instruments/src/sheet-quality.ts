/**
 * The indices that are stored with a sheet, for the counsellor who reads it and the researcher who analyses it. They inform and never
 * suppress a flag: risk rules do not read them. An index that would say nothing about this form is null rather than a number.
 */
import { type Answers, unansweredReason } from './answers.ts'
import type { Definition } from './definition.ts'
import { answerPattern } from './quality.ts'
import { isAsked } from './skip-logic.ts'

/** Item id to the milliseconds that it was before the pupil. */
export type ItemTimes = Readonly<Record<string, number>>

/**
 * Below a second an item the answers of a person agree with each other far less (Wood et al. 2017, doi:10.1177/1948550617703168); others draw
 * the line at two (Huang et al. 2012, doi:10.1007/s10869-011-9231-8). Either is a convention from adults online, not a norm for children.
 */
export const fastSeconds = 1

export type SheetQuality = {
  readonly answered: number
  /** Items that this sheet asks. */
  readonly of: number
  /** Longest run of the same answer; null where the form's runs say nothing. */
  readonly longString: number | null
  /** Standard deviation of the codes (IRV); null where the form's runs say nothing. */
  readonly variability: number | null
  /** Median over the answered items with a time. */
  readonly secondsPerItem: number | null
  /** Of the answered items with a time, those faster than `fastSeconds`. */
  readonly fastShare: number | null
}

const fewest = 5

/** Runs of one answer mean something on five items or more with one set of three options or more: on yes-or-no questions everybody has long ones. */
export const hasTellingRuns = ({ items, optionSets }: Pick<Definition, 'items' | 'optionSets'>): boolean => {
  const first = items[0]?.options ?? ''
  return items.length >= fewest && items.every(({ options }) => options === first) && (optionSets[first]?.length ?? 0) >= 3
}

/** Where every item points the same way, a careful pupil too may give one answer throughout. */
export const isKeyedBothWays = ({ scales }: Pick<Definition, 'scales'>): boolean =>
  scales.some(({ items }) => items.some(({ reversed }) => reversed) && items.some(({ reversed }) => !reversed))

/** The times of items of this instrument; a device may have sent others. */
export const timesOf = ({ items }: Pick<Definition, 'items'>, times: ItemTimes): ItemTimes =>
  Object.fromEntries(items.flatMap(({ id }) => (Object.hasOwn(times, id) ? [[id, times[id]!]] : [])))

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length / 2
  return sorted.length === 0 ? null : (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
}

/** Of one sheet, as codes stand on the form. Not for taking a sheet out of an analysis by one index alone. Example: sheetQuality(phq9, answers, { phq9_1: 2400 }) */
export const sheetQuality = (definition: Definition, answers: Answers, times: ItemTimes = {}): SheetQuality => {
  const asked = definition.items.filter(({ id }) => isAsked(definition, answers, id))
  const codes = asked.map(({ id }) => (unansweredReason(answers, id) === null ? Number(answers[id]) : null))
  const { answered, longString, variability } = answerPattern(codes)
  const seconds = asked.flatMap(({ id }, place) => (codes[place] !== null && Object.hasOwn(times, id) ? [times[id]! / 1000] : []))
  const telling = hasTellingRuns(definition)
  return {
    answered,
    of: asked.length,
    longString: telling ? longString : null,
    variability: telling ? variability : null,
    secondsPerItem: median(seconds),
    fastShare: seconds.length === 0 ? null : seconds.filter((taken) => taken < fastSeconds).length / seconds.length,
  }
}
