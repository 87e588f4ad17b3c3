/** A weighted sum in the terms of a definition: which items are reversed, weights, mean or sum, and what is left over as a transform. */
import { type ForeignItem, type ForeignScale, type ForeignTerm, itemsByName, valueRange } from './foreign.ts'
import type { ScoreForm } from './score-form.ts'

type Key = Pick<
  ForeignScale,
  'method' | 'terms' | 'transform' | 'missing' | 'minimumAnswered' | 'missingSaid' | 'decimals' | 'otherwise' | 'strays'
>

const near = (left: number, right: number) => Math.abs(left - right) < 1e-9

const said = {
  spoils: 'one missing answer leaves no score',
  zero: 'a missing answer adds nothing, so the total is short',
  prorate: 'the mean of the answered items stands in for a missing one',
} as const

/** A sum of other scores: one that is missing leaves none. */
export const compositeKey: Key = {
  method: 'sum',
  terms: [],
  transform: null,
  missing: 'null',
  minimumAnswered: null,
  missingSaid: said.spoils,
  decimals: null,
  strays: [],
}

/** A reversed item has a negative weight; the ranges of the reversed items account for the constant, the rest is a transform. */
export const scaleKey = (
  { constant, terms, missing, minimum, decimals, otherwise, strays }: ScoreForm,
  items: readonly ForeignItem[],
): Key => {
  const byName = itemsByName({ items })
  const weighted = [...terms]
    .filter(([, weight]) => weight !== 0)
    .map(([item, weight]): ForeignTerm => ({ item, reversed: weight < 0, weight: Math.abs(weight) }))
  const mirrored = weighted.reduce((sum, { item, reversed, weight }) => {
    const found = byName.get(item)
    const range = found ? valueRange(found) : null
    return reversed && range ? sum + weight * (range.from + range.to) : sum
  }, 0)
  const [first] = weighted
  const equal = first !== undefined && weighted.every(({ weight }) => near(weight, first.weight))
  const isMean = equal && weighted.length > 1 && near(first.weight * weighted.length, 1)
  const multiply = equal && !isMean ? first.weight : 1
  const add = constant - mirrored
  return {
    method: isMean ? 'mean' : 'sum',
    terms: weighted.map((term) => (equal ? { ...term, weight: 1 } : term)),
    transform: near(multiply, 1) && near(add, 0) ? null : { multiply, add },
    missing: missing === 'spoils' ? 'null' : missing,
    minimumAnswered: minimum,
    missingSaid: said[missing],
    decimals,
    otherwise,
    strays,
  }
}
