// What the chain starts from: which rows of which columns have holes, which columns are facts of a cluster, and how clusters enter.

import type { VariableData } from '../formula/design.ts'
import { factorOf } from '../formula/factor.ts'
import type { Groups } from './imputation-predictors.ts'
import type { Target } from './impute-column.ts'
import type { IncompleteColumn } from './incomplete-column.ts'

/** Fewer clusters say too little of how clusters vary: they enter as a factor. */
const fewestForIntercept = 5

export type StateNote = { readonly column: string; readonly note: 'constant' | 'completed-from-cluster' | 'one-value-per-cluster' }
type StateTarget = Target & {
  /** the rows with a hole */
  readonly holeRows: Int32Array
  /** of a column that is a fact of the cluster: the rows of a cluster; its places are clusters then */
  readonly rowsOf: ((cluster: number) => readonly number[]) | null
  readonly betweenData: (data: VariableData) => VariableData
}
export type ImputationState = {
  readonly columns: readonly IncompleteColumn[]
  readonly groups: Groups | null
  readonly clusterCount: number | null
  readonly randomIntercept: boolean
  readonly betweenOnly: ReadonlySet<string>
  readonly targets: readonly StateTarget[]
  /** columns that only the chain knows */
  readonly added: readonly string[]
  readonly notes: readonly StateNote[]
}

const placesWhere = (holes: Uint8Array, wanted: 0 | 1) => Int32Array.from(Array.from(holes.keys()).filter((row) => holes[row] === wanted))
const cell = ({ data }: IncompleteColumn, row: number): number => (data.kind === 'numbers' ? data.values[row]! : data.codes[row]!)

/** Whether a column is a fact of the cluster: one value in each, and in at least half of them seen twice. */
const isBetween = (column: IncompleteColumn, members: readonly (readonly number[])[]): boolean => {
  const seen = members.map((rows) => rows.filter((row) => !column.missing[row]))
  const repeated = seen.filter((rows) => rows.length > 1)
  return (
    repeated.length * 2 >= members.length && repeated.every((rows) => rows.every((row) => cell(column, row) === cell(column, rows[0]!)))
  )
}

/** A fact that some rows of a cluster know is known to all of them. */
const shared = (column: IncompleteColumn, members: readonly (readonly number[])[]): IncompleteColumn => {
  const missing = column.missing.slice()
  const data =
    column.data.kind === 'numbers'
      ? { ...column.data, values: column.data.values.slice() }
      : { ...column.data, codes: column.data.codes.slice() }
  const own = data.kind === 'numbers' ? data.values : data.codes
  for (const rows of members) {
    const known = rows.find((row) => !column.missing[row])
    if (known === undefined) continue
    for (const row of rows) {
      own[row] = own[known]!
      missing[row] = 0
    }
  }
  return { ...column, data, missing }
}

const countOf = (holes: Uint8Array) => holes.reduce((sum, hole) => sum + hole, 0)

const targetOf = (column: IncompleteColumn, members: readonly (readonly number[])[] | null): StateTarget => {
  const holeRows = placesWhere(column.missing, 1)
  const base = { name: column.name, holeRows }
  if (!members) return { ...base, observed: placesWhere(column.missing, 0), holes: holeRows, rowsOf: null, betweenData: (data) => data }
  const bare = Uint8Array.from(members, (rows) => column.missing[rows[0]!]!)
  const atClusters = (data: VariableData): VariableData =>
    data.kind === 'numbers'
      ? { ...data, values: Float64Array.from(members, (rows) => data.values[rows[0]!]!) }
      : { ...data, codes: Int32Array.from(members, (rows) => data.codes[rows[0]!]!) }
  return {
    ...base,
    observed: placesWhere(bare, 0),
    holes: placesWhere(bare, 1),
    rowsOf: (cluster) => members[cluster]!,
    betweenData: atClusters,
  }
}

const isConstant = (column: IncompleteColumn): boolean => {
  const rows = placesWhere(column.missing, 0)
  return rows.every((row) => cell(column, row) === cell(column, rows[0]!))
}

const clusterFactor = 'cluster of the rows'

export const preparedState = (given: readonly IncompleteColumn[], clusters: readonly string[] | null): ImputationState => {
  const rows = given[0]?.missing.length ?? 0
  if (given.some(({ missing }) => missing.length !== rows) || (clusters && clusters.length !== rows))
    throw new Error(`multipleImputation requires ${rows} rows in every column`)
  const factor = clusters && rows > 0 ? factorOf(clusters, null) : null
  const groups = factor && { codes: factor.codes, count: factor.levels.length }
  const members = groups && Array.from({ length: groups.count }, (): number[] => [])
  if (members && groups) for (const [row, code] of groups.codes.entries()) members[code]!.push(row)
  const between = new Set(members ? given.filter((one) => isBetween(one, members)).map(({ name }) => name) : [])
  const columns = given.map((one) => (members && between.has(one.name) ? shared(one, members) : one))
  const randomIntercept = groups !== null && groups.count >= fewestForIntercept
  const asFactor = factor && !randomIntercept && factor.levels.length > 1
  const withHoles = columns.filter(({ missing }) => countOf(missing) > 0).sort((a, b) => countOf(a.missing) - countOf(b.missing))
  const notes = given.flatMap((one, place): readonly StateNote[] => {
    if (countOf(one.missing) === 0) return []
    if (isConstant(one)) return [{ column: one.name, note: 'constant' }]
    if (countOf(columns[place]!.missing) < countOf(one.missing)) return [{ column: one.name, note: 'completed-from-cluster' }]
    return between.has(one.name) ? [{ column: one.name, note: 'one-value-per-cluster' }] : []
  })
  return {
    columns: asFactor ? [...columns, { name: clusterFactor, data: factor, missing: new Uint8Array(rows) }] : columns,
    ...{ groups, clusterCount: groups?.count ?? null, randomIntercept, betweenOnly: between },
    targets: withHoles.map((one) => targetOf(one, between.has(one.name) ? members : null)),
    added: asFactor ? [clusterFactor] : [],
    notes,
  }
}
