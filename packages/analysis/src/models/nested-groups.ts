import { cholesky, type Matrix, zeros } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { type NestedSums, parentsOf } from './nested-sums.ts'

export type Groups = { readonly codes: Int32Array; readonly count: number }
/** One level of groups, by name. */
export type NestedLevel = { readonly name: string; readonly groups: Groups }

type LevelReason = 'one-group' | 'too-few-rows-in-groups' | 'crossed-groups' | 'same-groups'
/** Why levels do not make a nested model, with the names of the levels it is about, the finer first. */
export type LevelRefusal = { readonly kind: 'not-estimable'; readonly reason: LevelReason; readonly levels: readonly string[] }

/** Names as codes, in order of appearance. Several columns make one group of each combination: class 1 of one school is not class 1 of another. */
export const groupsOf = (...columns: readonly (readonly string[])[]): Groups => {
  let groups: Groups | null = null
  for (const column of columns) {
    const places = new Map<string, number>()
    const codes = Int32Array.from(column, (name, row) => {
      const key = groups ? `${groups.codes[row]!}:${name}` : name
      const place = places.get(key) ?? places.size
      places.set(key, place)
      return place
    })
    groups = { codes, count: places.size }
  }
  return groups ?? { codes: new Int32Array(0), count: 0 }
}

const refused = (reason: LevelReason, ...levels: readonly string[]): LevelRefusal => ({ kind: 'not-estimable', reason, levels })

/** Levels from the finest to the coarsest, each within the next; or why that cannot be. `effects` counts what varies between the groups of a level. */
export const orderedLevels = <T extends NestedLevel>(
  levels: readonly T[],
  n: number,
  effects: (level: T) => number,
): readonly T[] | LevelRefusal => {
  const ordered = levels.toSorted((a, b) => b.groups.count - a.groups.count)
  for (const [k, fine] of ordered.entries()) {
    if (fine.groups.count < 2) return refused('one-group', fine.name)
    if (fine.groups.count * effects(fine) >= n) return refused('too-few-rows-in-groups', fine.name)
    const coarse = ordered[k + 1]
    if (!coarse) continue
    if (!parentsOf(fine.groups, coarse.groups)) return refused('crossed-groups', fine.name, coarse.name)
    if (fine.groups.count === coarse.groups.count) return refused('same-groups', fine.name, coarse.name)
  }
  return ordered
}

/** Cross products about the means of the finest groups' parents at the top, and of all rows. */
const productsOf = ({ grams, width, levels }: NestedSums) => {
  const [total, within] = [zeros(width), zeros(width)]
  const parents = topOf(levels)
  const sums = new Map<number, Float64Array>()
  for (let leaf = 0; leaf < levels[0]!.groups; leaf += 1) {
    const start = leaf * width * width
    const own = sums.get(parents[leaf]!) ?? new Float64Array(width)
    sums.set(parents[leaf]!, own)
    for (let i = 0; i < width; i += 1) {
      own[i]! += grams[start + i]!
      for (let j = 0; j < width; j += 1) total[i]![j]! += grams[start + i * width + j]!
    }
  }
  for (let i = 0; i < width; i += 1) for (let j = 0; j < width; j += 1) within[i]![j] = total[i]![j]!
  for (const own of sums.values())
    for (let i = 0; i < width; i += 1) for (let j = 0; j < width; j += 1) within[i]![j]! -= (own[i]! * own[j]!) / own[0]!
  return { total, within, groups: sums.size }
}

/** For each finest group the place of the coarsest it lies in. */
const topOf = (levels: NestedSums['levels']): Int32Array => {
  let top = Int32Array.from({ length: levels.at(-1)!.groups }, (_, k) => k)
  for (let level = levels.length - 1; level > 0; level -= 1) {
    const { first } = levels[level]!
    const below = new Int32Array(levels[level - 1]!.groups)
    for (let group = 0; group < top.length; group += 1) below.fill(top[group]!, first![group], first![group + 1])
    top = below
  }
  return top
}

const block = (matrix: Matrix, columns: readonly number[]): Matrix => columns.map((i) => columns.map((j) => matrix[i]![j]!))

/** Why these sums cannot answer, or null when they can. */
export const nestedRefusal = (sums: NestedSums): NotEstimable | null => {
  const { n, fixed, width } = sums
  const { total, within, groups } = productsOf(sums)
  const columns = Array.from({ length: fixed }, (_, k) => k)
  if (n <= fixed) return notEstimable('too-few-values')
  if (!(total[width - 1]![width - 1]! > 1e-12 * n)) return notEstimable('no-variation')
  if (!cholesky(block(total, columns))) return notEstimable('collinear')
  const varying: number[] = []
  for (let k = 1; k < fixed; k += 1) if (within[k]![k]! > 1e-9 * total[k]![k]! && cholesky(block(within, [...varying, k]))) varying.push(k)
  return groups > fixed - varying.length ? null : notEstimable('too-few-schools')
}
