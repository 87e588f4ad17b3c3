// The finest level of a nested model, reduced once: groups of one parent that have the same Z′Z enter V⁻¹ alike, so their products are added beforehand.
import { type Matrix, multiply, traceOfProduct } from '../linear-algebra.ts'
import { jetCount, type RandomTerm, type Store, secondPlace, shrunk } from './nested-jets.ts'
import type { NestedSums } from './nested-sums.ts'

export type NestedLeaves = {
  readonly term: RandomTerm
  readonly width: number
  /** Z′Z of each kind of group */
  readonly kinds: readonly Matrix[]
  /** the entries of parent k are first[k] to first[k + 1] */
  readonly first: Int32Array
  readonly kindOf: Int32Array
  readonly counts: Float64Array
  /** per entry and pair a ≥ b of effects, the lower triangle of Σ (h_a′h_b + h_b′h_a)/2, h = Z′U */
  readonly products: Float64Array
  /** per parent, the lower triangle of ΣU′U */
  readonly grams: Float64Array
}

const triangle = (size: number) => (size * (size + 1)) / 2

/** Which kind each finest group is, and the kinds. */
const kindsOf = ({ grams, width, levels }: NestedSums, columns: readonly number[]) => {
  const found = new Map<string, number>()
  const kinds: Matrix[] = []
  const kindOf = new Int32Array(levels[0]!.groups)
  for (let leaf = 0; leaf < kindOf.length; leaf += 1) {
    const own = columns.map((row) => columns.map((column) => grams[(leaf * width + row) * width + column]!))
    const key = own.join()
    const place = found.get(key) ?? kinds.length
    if (place === kinds.length) {
      found.set(key, place)
      kinds.push(own)
    }
    kindOf[leaf] = place
  }
  return { kinds, kindOf }
}

/** The entries: one for each kind in each parent. */
const entriesOf = (kindOf: Int32Array, parents: Int32Array) => {
  const first = new Int32Array(parents.length)
  const entryOf = new Int32Array(kindOf.length)
  const kinds: number[] = []
  for (let parent = 0; parent + 1 < parents.length; parent += 1) {
    const seen = new Map<number, number>()
    for (let leaf = parents[parent]!; leaf < parents[parent + 1]!; leaf += 1) {
      const entry = seen.get(kindOf[leaf]!) ?? kinds.length
      if (entry === kinds.length) {
        seen.set(kindOf[leaf]!, entry)
        kinds.push(kindOf[leaf]!)
      }
      entryOf[leaf] = entry
    }
    first[parent + 1] = kinds.length
  }
  return { first, entryOf, kindOf: Int32Array.from(kinds) }
}

export const nestedLeaves = (sums: NestedSums, term: RandomTerm): NestedLeaves => {
  const { grams, width, levels } = sums
  const { columns } = term
  const parents = levels[1]?.first ?? Int32Array.of(0, levels[0]!.groups)
  const { kinds, kindOf } = kindsOf(sums, columns)
  const entries = entriesOf(kindOf, parents)
  const [packed, pairs] = [triangle(width), triangle(columns.length)]
  const counts = new Float64Array(entries.kindOf.length)
  const products = new Float64Array(counts.length * pairs * packed)
  const added = new Float64Array((parents.length - 1) * packed)
  for (let parent = 0; parent + 1 < parents.length; parent += 1)
    for (let leaf = parents[parent]!; leaf < parents[parent + 1]!; leaf += 1) {
      const [start, entry] = [leaf * width * width, entries.entryOf[leaf]!]
      counts[entry]! += 1
      for (let i = 0, at = parent * packed; i < width; i += 1)
        for (let j = 0; j <= i; j += 1, at += 1) added[at]! += grams[start + i * width + j]!
      for (let a = 0, at = entry * pairs * packed; a < columns.length; a += 1)
        for (let b = 0; b <= a; b += 1) {
          const [x, y] = [start + columns[a]! * width, start + columns[b]! * width]
          for (let i = 0; i < width; i += 1)
            for (let j = 0; j <= i; j += 1, at += 1) products[at]! += (grams[x + i]! * grams[y + j]! + grams[x + j]! * grams[y + i]!) / 2
        }
    }
  return { term, width, kinds, first: entries.first, kindOf: entries.kindOf, counts, products, grams: added }
}

/** What multiplies the products of a kind in each jet, by pair of effects; and its logarithms. */
type Weights = { readonly weights: Float64Array; readonly logs: Float64Array }

/** F = H − h′Kh, so every derivative is h′Xh with X of the kind alone. */
const weightsOf = (d: Matrix, { bases }: RandomTerm, covariance: Matrix, jets: number): Weights => {
  const { k, kept, logDeterminant } = shrunk(d, covariance)
  const pairs = triangle(d.length)
  const [weights, logs] = [new Float64Array(jets * pairs), new Float64Array(jets)]
  const put = (jet: number, x: Matrix, sign: number) => {
    for (let a = 0, at = jet * pairs; a < d.length; a += 1)
      for (let b = 0; b <= a; b += 1, at += 1) weights[at]! += sign * (a === b ? x[a]![a]! : x[a]![b]! + x[b]![a]!)
  }
  put(0, k, -1)
  logs[0] = logDeterminant
  if (jets === 1) return { weights, logs }
  const f = multiply(kept, d)
  const turned = kept[0]!.map((_, j) => kept.map((row) => row[j]!))
  const ef = bases.map((basis) => multiply(basis, f))
  for (const [a, basis] of bases.entries()) {
    put(1 + a, multiply(turned, multiply(basis, kept)), -1)
    logs[1 + a] = traceOfProduct(basis, f)
    for (let b = 0; b <= a; b += 1) {
      const place = secondPlace(bases.length, a, b)
      put(place, multiply(turned, multiply(ef[a]!, multiply(bases[b]!, kept))), 2)
      logs[place] = -traceOfProduct(ef[a]!, ef[b]!)
    }
  }
  return { weights, logs }
}

/** The level at one Ψ: for a parent, the sums of its groups' jets, put into a store. */
export const leavesAt = (leaves: NestedLeaves, covariance: Matrix, curved: boolean) => {
  const { term, width, kinds, first, kindOf, counts, products, grams } = leaves
  const count = curved ? term.bases.length : 0
  const jets = jetCount(count)
  const [packed, pairs] = [triangle(width), triangle(term.columns.length)]
  const known = kinds.map((d) => weightsOf(d, term, covariance, jets))
  const sum = new Float64Array(jets * packed)
  return (parent: number, { matrices, logs }: Store): void => {
    sum.fill(0)
    sum.set(grams.subarray(parent * packed, (parent + 1) * packed))
    for (let entry = first[parent]!; entry < first[parent + 1]!; entry += 1) {
      const { weights, logs: own } = known[kindOf[entry]!]!
      for (let jet = 0; jet < jets; jet += 1) {
        logs[jet]! += counts[entry]! * own[jet]!
        for (let pair = 0; pair < pairs; pair += 1) {
          const [weight, from, to] = [weights[jet * pairs + pair]!, (entry * pairs + pair) * packed, jet * packed]
          for (let e = 0; e < packed; e += 1) sum[to + e]! += weight * products[from + e]!
        }
      }
    }
    for (let jet = 0, at = 0; jet < jets; jet += 1)
      for (let i = 0; i < width; i += 1)
        for (let j = 0; j <= i; j += 1, at += 1) {
          const start = jet * width * width
          matrices[start + i * width + j]! += sum[at]!
          if (i !== j) matrices[start + j * width + i]! += sum[at]!
        }
  }
}
