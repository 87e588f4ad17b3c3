/**
 * Which records look alike on the quasi-identifiers. A missing cell stands for any value, as in sdcMicro: two records match when every
 * quasi-identifier is equal or missing in one of them. Matching is then not transitive, so each record has a class of its own: all that match it.
 */
import { codedCells } from './coded-cells.ts'
import { matchesAmong, type Pattern } from './matching-patterns.ts'

export type Cell = string | null
export type Rows = readonly (readonly Cell[])[]

export type EquivalenceClasses = {
  /** The number of records that match this record, itself included: sdcMicro's fk. */
  readonly sizes: readonly number[]
  /** The sum of their weights, an estimate of how many in the population look alike: sdcMicro's Fk. */
  readonly populations: readonly number[]
  /** The distinct combinations of cells, and the one that each record has. */
  readonly patterns: number
  readonly patternOf: readonly number[]
  /** The combinations that match a combination, itself included. */
  readonly matching: (pattern: number) => readonly number[]
}

const knownIn = (codes: readonly number[]): number => codes.reduce((mask, code, column) => (code === 0 ? mask : mask | (1 << column)), 0)

const distinct = (rows: Rows, weights: readonly number[] | null) => {
  const places = new Map<string, number>()
  const patterns: Pattern[] = []
  const patternOf = codedCells(rows).map((codes, record) => {
    const key = codes.join()
    const place = places.get(key) ?? patterns.length
    if (place === patterns.length) {
      places.set(key, place)
      patterns.push({ codes, known: knownIn(codes), records: 0, weight: 0 })
    }
    patterns[place]!.records += 1
    patterns[place]!.weight += weights ? weights[record]! : 1
    return place
  })
  return { patterns, patternOf }
}

/**
 * The class of every record, with its size in the sample and its estimated size in the population.
 * Not for columns that no outsider could know: those are sensitive, not quasi-identifiers.
 * @param rows one row a record, one cell a quasi-identifier, null where missing; @param weights how many people of the population each record
 * stands for, one each where left out. Throws on rows of unequal length, on more than 30 columns, and where the weights are not one a record.
 * Source: Templ, Kowarik & Meindl 2015, doi:10.18637/jss.v067.i04. Example: equivalenceClasses([['f', '9'], ['f', null], ['m', '9']]).sizes is [2, 2, 1]
 */
export const equivalenceClasses = (rows: Rows, weights: readonly number[] | null = null): EquivalenceClasses => {
  const columns = rows[0]?.length ?? 0
  if (columns > 30) throw new Error(`equivalenceClasses takes at most 30 quasi-identifiers, got ${columns}`)
  if (rows.some((row) => row.length !== columns)) throw new Error(`equivalenceClasses requires ${columns} cells in every row`)
  if (weights && weights.length !== rows.length)
    throw new Error(`equivalenceClasses requires ${rows.length} weights, got ${weights.length}`)
  const { patterns, patternOf } = distinct(rows, weights)
  const groupsOf = matchesAmong(patterns)
  const totals = patterns.map((pattern) => {
    let [records, weight] = [0, 0]
    for (const group of groupsOf(pattern)) {
      records += group.records
      weight += group.weight
    }
    return { records, weight }
  })
  return {
    sizes: patternOf.map((pattern) => totals[pattern]!.records),
    populations: patternOf.map((pattern) => totals[pattern]!.weight),
    patterns: patterns.length,
    patternOf,
    matching: (pattern) => groupsOf(patterns[pattern]!).flatMap(({ members }) => members),
  }
}
