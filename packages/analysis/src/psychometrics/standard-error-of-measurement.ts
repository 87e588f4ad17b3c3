import { spread } from '../describe.ts'
import { type NotEstimable, notEstimable } from '../result.ts'

export type StandardErrorOfMeasurement = {
  readonly kind: 'estimated'
  readonly method: 'classical'
  /** in points of the score */
  readonly estimate: number
  readonly standardDeviation: number
  readonly reliability: number
  readonly n: number
}

/**
 * By how much a pupil's score scatters about its true value: SD √(1 − reliability). For reliable change and for the width of a score.
 * Not the standard error of a mean. One number for all scores, though scores at the ends of a scale are measured worse.
 * @param totals one score a pupil, at least two; @param reliability of the same scores in this sample, 0 to 1
 * @returns not-estimable with too few scores or none that vary. Throws when the reliability is out of range.
 * Source: Lord & Novick 1968. Example: standardErrorOfMeasurement([1, 2, 3], 0.75).estimate is 0.5
 */
export const standardErrorOfMeasurement = (totals: readonly number[], reliability: number): StandardErrorOfMeasurement | NotEstimable => {
  if (!(reliability >= 0 && reliability <= 1))
    throw new Error(`standardErrorOfMeasurement requires a reliability from 0 to 1, got ${reliability}`)
  const found = spread(totals)
  if (!found) return notEstimable('too-few-values')
  if (found.variance === 0) return notEstimable('no-variation')
  const standardDeviation = Math.sqrt(found.variance)
  return {
    kind: 'estimated',
    method: 'classical',
    estimate: standardDeviation * Math.sqrt(1 - reliability),
    standardDeviation,
    reliability,
    n: found.n,
  }
}
