import { cholesky, quadratic } from '../linear-algebra.ts'
import { schoolSums } from '../models/school-sums.ts'

/** Least squares of the last value of each row on those before it, all about their means. Null without rows or when columns are collinear. */
export const leastSquares = (rows: readonly (readonly number[])[]) => {
  const [sums] = schoolSums(rows.map((values) => ({ school: '', values })))
  if (!sums) return null
  const size = sums.means.length - 1
  const factor = cholesky(sums.centred.slice(0, size).map((row) => row.slice(0, size)))
  if (!factor) return null
  const slopes = factor.solve(sums.centred.slice(0, size).map((row) => row[size]!))
  const residual = quadratic(sums.centred, [...slopes.map((slope) => -slope), 1])
  return { ...sums, slopes, residual, total: sums.centred[size]![size]!, inverse: factor.inverse, df: sums.n - size - 1 }
}
