/** A school of a simulated trial as its sums at once, whatever its number of pupils: means and a Wishart matrix in place of rows. */
import { chiSquaredDraw, normalDraw, type Random } from '../missing/random-draws.ts'
import type { SchoolSums } from '../models/school-sums.ts'

/** Baseline and outcome have a total variance of one each and the same intraclass correlation. */
export type SchoolModel = {
  readonly intraclassCorrelation: number
  /** of baseline and outcome, between pupils of a school and between schools */
  readonly correlation: { readonly pupils: number; readonly schools: number }
}

/** Two normal values of one variance with a correlation. */
const pairDraw = (variance: number, correlation: number, random: Random): readonly [number, number] => {
  const [a, b] = [normalDraw(random), normalDraw(random)]
  const deviation = Math.sqrt(variance)
  return [deviation * a, deviation * (correlation * a + Math.sqrt(1 - correlation ** 2) * b)]
}

/** Sums of squares and products about the means of n pairs, by Bartlett's decomposition: [xx, xy, yy]. */
const productsDraw = (n: number, variance: number, r: number, random: Random): readonly [number, number, number] => {
  if (n < 2) return [0, 0, 0]
  const first = Math.sqrt(chiSquaredDraw(n - 1, random))
  const below = normalDraw(random)
  const second = n > 2 ? Math.sqrt(chiSquaredDraw(n - 2, random)) : 0
  const [x, y1, y2] = [first, r * first + Math.sqrt(1 - r * r) * below, Math.sqrt(1 - r * r) * second]
  return [variance * x * x, variance * x * y1, variance * (y1 * y1 + y2 * y2)]
}

/** What the model of the trial holds beside the arm: nothing, the baseline, or the baseline and the school's mean of it. */
export type Covariates = 'none' | 'baseline' | 'baseline-and-school-mean'

/** The sums of a school without an effect: arm, the covariates, then the outcome. Not real data. */
export const simulatedSchool = (
  name: string,
  n: number,
  arm: 0 | 1,
  { intraclassCorrelation: rho, correlation }: SchoolModel,
  covariates: Covariates,
  random: Random,
): SchoolSums => {
  const [schoolX, schoolY] = pairDraw(rho, correlation.schools, random)
  const [pupilX, pupilY] = pairDraw((1 - rho) / n, correlation.pupils, random)
  const [xx, xy, yy] = productsDraw(n, 1 - rho, correlation.pupils, random)
  const [x, y] = [schoolX + pupilX, schoolY + pupilY]
  if (covariates === 'none')
    return {
      school: name,
      n,
      means: [arm, y],
      centred: [
        [0, 0],
        [0, yy],
      ],
    }
  if (covariates === 'baseline')
    return {
      school: name,
      n,
      means: [arm, x, y],
      centred: [
        [0, 0, 0],
        [0, xx, xy],
        [0, xy, yy],
      ],
    }
  return {
    school: name,
    n,
    means: [arm, x, x, y],
    centred: [
      [0, 0, 0, 0],
      [0, xx, 0, xy],
      [0, 0, 0, 0],
      [0, xy, 0, yy],
    ],
  }
}
