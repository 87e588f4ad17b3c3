/**
 * How a sheet was answered, for the person at the desk: long strings of one answer, little variability, haste, answers that hardly anybody
 * gives. It informs and never suppresses a flag: risk rules do not read it. Not for taking a sheet out of an analysis by one index alone.
 */
import { type Answers, unansweredReason } from './answers.ts'
import type { Definition } from './definition.ts'

/** An item whose answer in this range hardly anybody gives with care ("I have never used water"). */
export type InfrequencyItem = { readonly item: string; readonly from: number; readonly to: number }

/** `seconds` from first to last answer; `floor` the least seconds an item can be read in (2 by Huang et al. 2012, doi:10.1007/s10869-011-9231-8). */
export type Sitting = {
  readonly seconds?: number
  readonly floor?: number
  readonly infrequencyItems?: readonly InfrequencyItem[]
}

/** What the codes of one sheet say by themselves. */
export type AnswerPattern = {
  /** Answers with a code, on which everything below stands. */
  readonly answered: number
  /** Longest run of the same code, in the order of the form (Johnson 2005, doi:10.1016/j.jrp.2004.09.009). */
  readonly longString: number
  /** Mean length of the runs; null without an answer. */
  readonly averageString: number | null
  /** Standard deviation of the codes (IRV, Dunn et al. 2018, doi:10.1007/s10869-016-9479-0); null below two answers. */
  readonly variability: number | null
}

export type ResponseQuality = AnswerPattern & {
  /** Null where no time was told or nothing was answered. */
  readonly secondsPerItem: number | null
  readonly isHasty: boolean | null
  readonly infrequentAnswers: readonly string[]
}

/** Lengths of the runs of one answer. An item without an answer is a run of its own, as in R's rle. */
const runsOf = (codes: readonly (number | null)[]): readonly number[] => {
  const runs: number[] = []
  for (const [position, code] of codes.entries()) {
    if (position > 0 && code !== null && code === codes[position - 1]) runs[runs.length - 1] = runs[runs.length - 1]! + 1
    else runs.push(1)
  }
  return runs
}

const deviationOf = (codes: readonly number[]): number | null => {
  if (codes.length < 2) return null
  const mean = codes.reduce((sum, code) => sum + code, 0) / codes.length
  return Math.sqrt(codes.reduce((sum, code) => sum + (code - mean) ** 2, 0) / (codes.length - 1))
}

/** Runs and spread of one sheet's codes in the order of the form, null where none was given. Same definitions as R's careless 1.2.2. */
export const answerPattern = (codes: readonly (number | null)[]): AnswerPattern => {
  const given = codes.filter((code) => code !== null)
  const runs = runsOf(codes)
  return {
    answered: given.length,
    longString: given.length === 0 ? 0 : Math.max(...runs),
    averageString: given.length === 0 ? null : codes.length / runs.length,
    variability: deviationOf(given),
  }
}

/**
 * The indices of one sheet, as codes stand on the form, before any reversal. What is high or low depends on the form: a short or one-sided
 * scale has long strings from careful pupils too.
 */
export const responseQuality = (definition: Definition, answers: Answers, sitting: Sitting = {}): ResponseQuality => {
  const { seconds, floor = 2, infrequencyItems = [] } = sitting
  const codes = definition.items.map(({ id }) => (unansweredReason(answers, id) === null ? Number(answers[id]) : null))
  const pattern = answerPattern(codes)
  const secondsPerItem = seconds === undefined || pattern.answered === 0 ? null : seconds / pattern.answered
  const isInfrequent = ({ item, from, to }: InfrequencyItem) =>
    unansweredReason(answers, item) === null && Number(answers[item]) >= from && Number(answers[item]) <= to
  return {
    ...pattern,
    secondsPerItem,
    isHasty: secondsPerItem === null ? null : secondsPerItem < floor,
    infrequentAnswers: infrequencyItems.filter(isInfrequent).map(({ item }) => item),
  }
}
