import { cholesky, combine, type Matrix } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import type { Pooled } from './profile.ts'

const block = (matrix: Matrix, columns: readonly number[]): Matrix => columns.map((i) => columns.map((j) => matrix[i]![j]!))

/** The covariates that vary within schools, none a combination of those before it. */
const varyingWithin = ({ within }: Pooled): readonly number[] => {
  const kept: number[] = []
  for (let k = 1; k < within.length - 1; k += 1) if (within[k]![k]! > 0 && cholesky(block(within, [...kept, k]))) kept.push(k)
  return kept
}

/** Why a random-intercept model cannot answer from these sums, or null when it can. */
export const refusal = (pooled: Pooled): NotEstimable | null => {
  const p = pooled.within.length - 1
  const total = combine([1, pooled.within], ...pooled.groups.map(({ between }) => [1, between] as const))
  const columns = Array.from({ length: p }, (_, k) => k)
  if (pooled.n <= p) return notEstimable('too-few-values')
  if (!(total[p]![p]! > 0)) return notEstimable('no-variation')
  if (!cholesky(block(total, columns))) return notEstimable('collinear')
  const varying = varyingWithin(pooled)
  const freeSchools = pooled.schools - (p - varying.length)
  if (freeSchools < 1 || pooled.groups.every(({ size }) => size === 1)) return notEstimable('too-few-schools')
  return pooled.within[p]![p]! > 0 && cholesky(block(pooled.within, [...varying, p])) ? null : notEstimable('no-variation-within-schools')
}
