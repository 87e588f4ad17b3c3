import { type NotEstimable, notEstimable } from '../../result.ts'
import { correlationOf, type ItemColumns, leastPoints } from './person-correlation.ts'

export type EvenOdd = {
  readonly kind: 'estimated'
  readonly method: 'even-odd-consistency'
  /** per respondent from −1 to 1, low where answers do not hang together; null where fewer than three scales have both halves, or a half does not vary */
  readonly values: readonly (number | null)[]
  readonly scales: number
}

/** The mean of the answers a respondent gave to the items at these places; null without one. */
const meanAt = (items: ItemColumns, places: readonly number[], respondent: number): number | null => {
  let [sum, n] = [0, 0]
  for (const place of places) {
    const answer = items[place]![respondent]!
    if (answer === null) continue
    sum += answer
    n += 1
  }
  return n === 0 ? null : sum / n
}

/** Spearman and Brown's correction of a correlation of halves, not below −1. */
const lengthened = (r: number | null): number | null => (r === null ? null : r <= -1 / 3 ? -1 : (2 * r) / (1 + r))

/**
 * Even-odd consistency: within each respondent the means of the even and of the odd items of every scale, correlated across scales and stepped up to full
 * length. For long forms of many one-factor scales. Not for a form of one or two scales, and not by itself for taking anybody out.
 * @param items columns, keyed: a reversed item turned; @param scales the places of each scale's items, two items or more
 * @returns not-estimable with fewer than three scales. Throws when a scale has one item.
 * Source: Johnson 2005, doi:10.1016/j.jrp.2004.09.009; Meade & Craig 2012, doi:10.1037/a0028085. Example: evenOdd(items, [[0, 1], [2, 3], [4, 5, 6]])
 */
export const evenOdd = (items: ItemColumns, scales: readonly (readonly number[])[]): EvenOdd | NotEstimable => {
  const short = scales.findIndex((places) => places.length < 2)
  if (short >= 0) throw new Error(`evenOdd requires two items or more in every scale, scale ${short + 1} has ${scales[short]!.length}`)
  if (scales.length < leastPoints) return notEstimable('too-few-items')
  const halves = scales.map((places) => [0, 1].map((half) => places.filter((_, k) => k % 2 === half)))
  const respondents = Array.from({ length: items[0]?.length ?? 0 }, (_, respondent) => respondent)
  const values = respondents.map((respondent) => {
    const [odd, even] = [0, 1].map((half) => halves.map((both) => meanAt(items, both[half]!, respondent)))
    return lengthened(correlationOf(odd!, even!))
  })
  return { kind: 'estimated', method: 'even-odd-consistency', values, scales: scales.length }
}
