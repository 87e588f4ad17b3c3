import { studentEstimate } from '../effects/student-estimate.ts'
import { cholesky, zeros } from '../linear-algebra.ts'
import { type Estimate, type NotEstimable, notEstimable } from '../result.ts'
import type { SchoolSums } from './school-sums.ts'

/**
 * A coefficient of y = Xb + school + residual when the intraclass correlation is not estimated but given: generalised least squares from per-school sums.
 * For asking what another correlation would have said. Not for reporting an effect: there the correlation is estimated.
 * @param sums per school, covariates first, then the outcome; @param place of the coefficient among the covariates; @param icc 0 to below 1
 * @returns with schools − 2 df, as for a programme given to whole schools; not-estimable when columns are collinear or schools too few. Throws on another icc.
 * Source: Aitken 1935, doi:10.1017/S0370164600014346. Example: knownCorrelation(sums, 0, 0.05).interval
 */
export const knownCorrelation = (sums: readonly SchoolSums[], place: number, icc: number, level = 0.95): Estimate | NotEstimable => {
  if (!(icc >= 0 && icc < 1)) throw new Error(`knownCorrelation requires an intraclass correlation from 0 to below 1, got ${icc}`)
  if (sums.length < 3) return notEstimable('too-few-schools')
  const lambda = icc / (1 - icc)
  const size = sums[0]!.means.length // the intercept stands where the outcome is taken out
  const grand = sums[0]!.means
  const [gram, score] = [zeros(size), new Array<number>(size).fill(0)]
  let [squares, n] = [0, 0]
  for (const school of sums) {
    const weight = school.n / (1 + school.n * lambda)
    const mean = [1, ...school.means.map((value, k) => value - grand[k]!)]
    const within = (i: number, j: number) => (i === 0 || j === 0 ? 0 : school.centred[i - 1]![j - 1]!)
    for (let i = 0; i < size; i += 1) {
      score[i]! += within(i, size) + weight * mean[i]! * mean[size]!
      for (let j = 0; j < size; j += 1) gram[i]![j]! += within(i, j) + weight * mean[i]! * mean[j]!
    }
    squares += within(size, size) + weight * mean[size]! ** 2
    n += school.n
  }
  const factor = cholesky(gram)
  if (!factor || n <= size) return notEstimable('collinear')
  const beta = factor.solve(score)
  const residual = (squares - beta.reduce((sum, value, k) => sum + value * score[k]!, 0)) / (n - size)
  if (!(residual > 0)) return notEstimable('no-variation')
  const unit = beta.map((_, k) => Number(k === place + 1))
  const variance = residual * factor.solve(unit)[place + 1]!
  return studentEstimate(beta[place + 1]!, Math.sqrt(variance), sums.length - 2, level)
}
