import { studentTQuantile, twoSidedP } from '../distributions/student-t.ts'
import type { Estimate } from '../result.ts'

/** An estimate with its standard error and degrees of freedom, completed by its test and interval on Student's t. */
export const studentEstimate = (estimate: number, standardError: number, df: number, level: number): Estimate => {
  const statistic = standardError > 0 ? estimate / standardError : Number.NaN // without any spread there is nothing to test
  const margin = studentTQuantile((1 - level) / 2, df, 'upper') * standardError
  return {
    estimate,
    standardError,
    df,
    statistic,
    p: twoSidedP(statistic, df),
    interval: { lower: estimate - margin, upper: estimate + margin, level },
  }
}
