import { normalQuantile } from '../distributions/normal.ts'
import type { Interval } from '../result.ts'

/** estimate ± z standard errors, for large-sample variances. */
export const normalInterval = (estimate: number, standardError: number, level: number): Interval => {
  const margin = normalQuantile((1 - level) / 2, 'upper') * standardError
  return { lower: estimate - margin, upper: estimate + margin, level }
}
