// All schools together, as the random-intercept model reads them. Columns are shifted by their overall means; the intercept stands first and the outcome last.

import type { Vector } from '../linear-algebra.ts'
import { addOuter, type Packed, packedLength } from './packed.ts'
import type { SchoolSums } from './school-sums.ts'

export type Pooled = {
  readonly n: number
  readonly schools: number
  readonly shift: Vector
  /** of the packed matrices: the intercept, the covariates and the outcome */
  readonly width: number
  /** Σ over schools of the cross products about the school's own means */
  readonly within: Packed
  /** the distinct sizes of schools, how many schools have each, and one packed matrix for each: Σ t t′/n over its schools */
  readonly sizes: Float64Array
  readonly counts: Float64Array
  readonly between: Packed
}

/** How many rows there are, and the mean of every column over all of them. */
export const overallMeans = (sums: readonly SchoolSums[]): { readonly n: number; readonly shift: Vector } => {
  const first = sums[0]?.means ?? []
  const total = new Float64Array(first.length)
  let n = 0
  for (const { n: size, means } of sums) {
    n += size
    for (let k = 0; k < total.length; k += 1) total[k]! += size * (means[k]! - first[k]!)
  }
  return { n, shift: first.map((offset, k) => offset + total[k]! / n) }
}

/** The place of each school's size among the distinct ones, in the order they are met. */
const groupBySize = (sums: readonly SchoolSums[]) => {
  const places = new Map<number, number>()
  const group = new Int32Array(sums.length)
  for (let school = 0; school < sums.length; school += 1) {
    const { n } = sums[school]!
    const place = places.get(n) ?? places.size
    if (place === places.size) places.set(n, place)
    group[school] = place
  }
  return { sizes: Float64Array.from(places.keys()), group }
}

export const pool = (sums: readonly SchoolSums[]): Pooled => {
  const { n, shift } = overallMeans(sums)
  const width = shift.length + 1
  const length = packedLength(width)
  const { sizes, group } = groupBySize(sums)
  const [within, counts, between] = [new Float64Array(length), new Float64Array(sizes.length), new Float64Array(sizes.length * length)]
  const m = new Float64Array(width).fill(1)
  for (let school = 0; school < sums.length; school += 1) {
    const { n: size, means, centred } = sums[school]!
    for (let k = 1; k < width; k += 1) m[k] = means[k - 1]! - shift[k - 1]!
    counts[group[school]!]! += 1
    addOuter(between, group[school]! * length, m, size)
    for (let i = 1; i < width; i += 1) {
      const [row, place] = [centred[i - 1]!, packedLength(i) + 1]
      for (let j = 0; j < i; j += 1) within[place + j]! += row[j]!
    }
  }
  return { n, schools: sums.length, shift, width, within, sizes, counts, between }
}

/** From shifted coordinates back to the caller's: a contrast on his coefficients as one on ours. */
export const unshift = (shift: Vector, contrast: Vector): Vector =>
  contrast.map((weight, k) => (k === 0 ? weight : weight - contrast[0]! * shift[k - 1]!))
