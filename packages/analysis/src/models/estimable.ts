import { cholesky, type Matrix } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { packedLength, unpacked } from './packed.ts'
import type { Pooled } from './pooled-sums.ts'

const block = (matrix: Matrix, columns: readonly number[]): Matrix => columns.map((i) => columns.map((j) => matrix[i]![j]!))

/** The covariates that vary within schools, none a combination of those before it. */
const varyingWithin = (within: Matrix): readonly number[] => {
  const kept: number[] = []
  for (let k = 1; k < within.length - 1; k += 1) if (within[k]![k]! > 0 && cholesky(block(within, [...kept, k]))) kept.push(k)
  return kept
}

const totalOf = ({ width, within, between }: Pooled) => {
  const total = within.slice()
  const length = packedLength(width)
  for (let place = 0; place < between.length; place += 1) total[place % length]! += between[place]!
  return total
}

/** Why a random-intercept model cannot answer from these sums, or null when it can. */
export const refusal = (pooled: Pooled): NotEstimable | null => {
  const p = pooled.width - 1
  const within = unpacked(pooled.within, pooled.width)
  const total = unpacked(totalOf(pooled), pooled.width)
  const columns = Array.from({ length: p }, (_, k) => k)
  if (pooled.n <= p) return notEstimable('too-few-values')
  if (!(total[p]![p]! > 0)) return notEstimable('no-variation')
  if (!cholesky(block(total, columns))) return notEstimable('collinear')
  const varying = varyingWithin(within)
  const freeSchools = pooled.schools - (p - varying.length)
  if (freeSchools < 1 || pooled.sizes.every((size) => size === 1)) return notEstimable('too-few-schools')
  return within[p]![p]! > 0 && cholesky(block(within, [...varying, p])) ? null : notEstimable('no-variation-within-schools')
}
