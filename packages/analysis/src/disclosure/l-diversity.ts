import { type NotEstimable, notEstimable } from '../result.ts'
import type { Cell, EquivalenceClasses } from './equivalence-classes.ts'
import { type Counts, sensitiveCounts, totalOf } from './sensitive-counts.ts'

export type LDiversity = {
  readonly kind: 'estimated'
  readonly method: 'l-diversity'
  readonly distinct: number
  readonly entropy: number
  readonly recursive: { readonly c: number; readonly l: number }
  /** Records whose sensitive value is known. */
  readonly n: number
}

const entropyOf = (counts: Counts): number => {
  const total = totalOf(counts)
  return Math.exp([...counts.values()].reduce((sum, count) => sum - (count / total) * Math.log(count / total), 0))
}

/** The largest l with r1 < c (rl + … + rm), r the counts from the most to the least frequent; 0 where there is none. */
const recursiveOf = (counts: Counts, c: number): number => {
  const ordered = [...counts.values()].sort((a, b) => b - a)
  let tail = 0
  for (let l = ordered.length; l >= 1; l -= 1) {
    tail += ordered[l - 1]!
    if (ordered[0]! < c * tail) return l
  }
  return 0
}

/**
 * l-diversity: in every class the sensitive value stays open among at least l. Each figure is that of the worst class:
 * the distinct values, the exponential of their entropy, and the largest l of recursive (c, l)-diversity.
 * Not for values that lie close together (all of them high): ask tCloseness. Classes without a known sensitive value are passed over.
 * @param sensitive one value a record, null where missing; @param c of the recursive form
 * @returns not-estimable without a known sensitive value
 * Source: Machanavajjhala et al. 2007, doi:10.1145/1217299.1217302. Example: a class with values a, a, b has distinct 2, entropy 1.8898…, recursive (2, 1)
 */
export const lDiversity = (classes: EquivalenceClasses, sensitive: readonly Cell[], c = 2): LDiversity | NotEstimable => {
  const counts = sensitiveCounts(classes, sensitive)
  const known = counts.classes.filter(({ size }) => size > 0)
  if (known.length === 0) return notEstimable('too-few-values')
  const worst = (of: (one: Counts) => number) => known.reduce((least, one) => Math.min(least, of(one)), Number.POSITIVE_INFINITY)
  return {
    kind: 'estimated',
    method: 'l-diversity',
    distinct: worst(({ size }) => size),
    entropy: worst(entropyOf),
    recursive: { c, l: worst((one) => recursiveOf(one, c)) },
    n: totalOf(counts.all),
  }
}
