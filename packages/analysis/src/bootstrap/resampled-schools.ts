// Schools as flat arrays, so that a resample of them is pooled without touching their sums again: packed matrices, one school after the other.
import { addOuter, type Packed, packedLength } from '../models/packed.ts'
import { type Pooled, pool } from '../models/pooled-sums.ts'
import type { SchoolSums } from '../models/school-sums.ts'

type FlatSchools = {
  readonly whole: Pooled
  readonly sizes: Float64Array
  /** the place of the school's size among the distinct ones */
  readonly group: Int32Array
  readonly within: Packed
  readonly between: Packed
}

export const flatSchools = (sums: readonly SchoolSums[]): FlatSchools => {
  const whole = pool(sums)
  const length = packedLength(whole.width)
  const places = new Map(Array.from(whole.sizes, (size, place) => [size, place]))
  const [within, between] = [new Float64Array(sums.length * length), new Float64Array(sums.length * length)]
  const m = new Float64Array(whole.width).fill(1)
  for (const [school, { n, means, centred }] of sums.entries()) {
    for (let k = 1; k < whole.width; k += 1) m[k] = means[k - 1]! - whole.shift[k - 1]!
    addOuter(between, school * length, m, n)
    for (let i = 1; i < whole.width; i += 1)
      for (let j = 1; j <= i; j += 1) within[school * length + packedLength(i) + j] = centred[i - 1]![j - 1]!
  }
  return {
    whole,
    sizes: Float64Array.from(sums, ({ n }) => n),
    group: Int32Array.from(sums, ({ n }) => places.get(n)!),
    within,
    between,
  }
}

/** The pooled sums when each school is taken so many times. */
export const repooled = ({ whole, sizes, group, within, between }: FlatSchools, taken: Uint32Array): Pooled => {
  const { length } = whole.within
  const sum = {
    within: new Float64Array(length),
    counts: new Float64Array(whole.sizes.length),
    between: new Float64Array(whole.between.length),
  }
  let [n, schools] = [0, 0]
  for (let school = 0; school < taken.length; school += 1) {
    const times = taken[school]!
    if (times === 0) continue
    const [from, to] = [school * length, group[school]! * length]
    schools += times
    n += times * sizes[school]!
    sum.counts[group[school]!]! += times
    for (let k = 0; k < length; k += 1) {
      sum.within[k]! += times * within[from + k]!
      sum.between[to + k]! += times * between[from + k]!
    }
  }
  return { ...whole, ...sum, n, schools }
}
