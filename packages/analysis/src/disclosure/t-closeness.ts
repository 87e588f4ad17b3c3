import { type NotEstimable, notEstimable } from '../result.ts'
import type { Cell, EquivalenceClasses } from './equivalence-classes.ts'
import { type Counts, sensitiveCounts, totalOf } from './sensitive-counts.ts'

export type TCloseness = {
  readonly kind: 'estimated'
  readonly method: 't-closeness-earth-movers-distance'
  /** Every two values equally far apart. */
  readonly equal: number
  /** Values in their order, neighbours 1 / (m − 1) apart; null where the values have no order. */
  readonly ordered: number | null
  readonly values: number
  readonly n: number
}

const equalDistance = (counts: Counts, all: Counts): number => {
  const [part, whole] = [totalOf(counts), totalOf(all)]
  return [...all].reduce((sum, [value, count]) => sum + Math.abs((counts.get(value) ?? 0) / part - count / whole), 0) / 2
}

const orderedDistance = (counts: Counts, all: Counts, order: readonly string[]): number => {
  if (order.length < 2) return 0
  const [part, whole] = [totalOf(counts), totalOf(all)]
  let [moved, distance] = [0, 0]
  for (const value of order) {
    moved += (counts.get(value) ?? 0) / part - (all.get(value) ?? 0) / whole
    distance += Math.abs(moved)
  }
  return distance / (order.length - 1)
}

const numericOrder = (values: readonly string[]): readonly string[] | null =>
  values.every((value) => value.trim() !== '' && Number.isFinite(Number(value))) ? values.toSorted((a, b) => Number(a) - Number(b)) : null

/**
 * t-closeness: how far, at most, the sensitive values of a class lie from those of everyone, as the earth mover's distance from 0 to 1.
 * Not for a class's size: a class of one may be close. Missing sensitive values are passed over, and classes without any known.
 * @param sensitive one value a record, null where missing; @param order the values from first to last; left out, numbers are ordered as numbers
 * @returns not-estimable without a known sensitive value. Throws where the order lacks a value.
 * Source: Li, Li & Venkatasubramanian 2007, doi:10.1109/ICDE.2007.367856. Example: salaries 3, 4, 5 among 3 to 11 are 0.375 away (ordered)
 */
export const tCloseness = (
  classes: EquivalenceClasses,
  sensitive: readonly Cell[],
  order: readonly string[] | null = null,
): TCloseness | NotEstimable => {
  const { all, classes: counts } = sensitiveCounts(classes, sensitive)
  const known = counts.filter(({ size }) => size > 0)
  if (known.length === 0) return notEstimable('too-few-values')
  const unplaced = order && [...all.keys()].find((value) => !order.includes(value))
  if (unplaced != null) throw new Error(`tCloseness misses ${unplaced} in the order of the values`)
  const places = order ?? numericOrder([...all.keys()])
  const farthest = (of: (one: Counts) => number) => known.reduce((most, one) => Math.max(most, of(one)), 0)
  return {
    kind: 'estimated',
    method: 't-closeness-earth-movers-distance',
    equal: farthest((one) => equalDistance(one, all)),
    ordered: places && farthest((one) => orderedDistance(one, all, places)),
    values: all.size,
    n: totalOf(all),
  }
}
