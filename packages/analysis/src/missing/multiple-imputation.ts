import { seededRandom } from '@tongxing/instruments'
import type { VariableData } from '../formula/design.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { type ImputationState, preparedState, type StateNote } from './imputation-state.ts'
import { betweenClusters, imputeColumn } from './impute-column.ts'
import type { IncompleteColumn } from './incomplete-column.ts'
import { placeDraw, type Random } from './random-draws.ts'

export type ImputationPlan = {
  readonly imputations: number
  readonly iterations: number
  readonly seed: number
  /** the nearest observed cases among which one is drawn; 5 unless named */
  readonly donors?: number
}
/** Mean and standard deviation of what was imputed, per imputation and iteration; of a factor, of the places of its levels. */
type Chain = {
  readonly column: string
  readonly mean: readonly (readonly number[])[]
  readonly standardDeviation: readonly (readonly number[])[]
}
export type ImputationNote = StateNote | { readonly column: string; readonly note: 'no-help-as-predictor' }
export type Imputed = {
  readonly kind: 'imputed'
  readonly method: 'chained-equations-predictive-mean-matching'
  readonly rows: number
  readonly imputations: number
  readonly iterations: number
  readonly seed: number
  readonly donors: number
  /** null without clusters */
  readonly clusters: number | null
  readonly randomIntercept: boolean
  /** where each column had holes */
  readonly missing: ReadonlyMap<string, Uint8Array>
  /** complete columns by name, a map for each imputation */
  readonly tables: readonly ReadonlyMap<string, VariableData>[]
  readonly chains: readonly Chain[]
  readonly notes: readonly ImputationNote[]
}

const copyOf = (data: VariableData): VariableData =>
  data.kind === 'numbers' ? { ...data, values: data.values.slice() } : { ...data, codes: data.codes.slice() }

const cells = (data: VariableData) => (data.kind === 'numbers' ? data.values : data.codes)

/** Values of the holes, for the chain's trace. */
const traceOf = (data: VariableData, holes: Int32Array) => {
  const all = cells(data)
  let [sum, squares] = [0, 0]
  for (const row of holes) sum += all[row]!
  const mean = sum / holes.length
  for (const row of holes) squares += (all[row]! - mean) ** 2
  return { mean, standardDeviation: holes.length > 1 ? Math.sqrt(squares / (holes.length - 1)) : 0 }
}

const startedTable = ({ columns, targets }: ImputationState, random: Random): Map<string, VariableData> => {
  const table = new Map(columns.map(({ name, data }) => [name, copyOf(data)]))
  for (const target of targets) {
    const own = cells(table.get(target.name)!)
    const drawn = target.holes.map(() => target.observed[placeDraw(target.observed.length, random)]!)
    fill(own, target.holes, drawn, target.rowsOf)
  }
  return table
}

type Rows = (place: number) => readonly number[]
/** Gives each hole the value of its donor; where places are clusters, all rows of the one get the value of the other. */
const fill = (own: Float64Array | Int32Array, holes: Int32Array, donors: Int32Array, rowsOf: Rows | null) => {
  for (let k = 0; k < holes.length; k += 1) {
    const value = own[rowsOf ? rowsOf(donors[k]!)[0]! : donors[k]!]!
    if (rowsOf) for (const row of rowsOf(holes[k]!)) own[row] = value
    else own[holes[k]!] = value
  }
}

const without = (table: ReadonlyMap<string, VariableData>, name: string) => new Map([...table].filter(([other]) => other !== name))

const visit = (state: ImputationState, table: Map<string, VariableData>, donors: number, random: Random): readonly string[] =>
  state.targets.flatMap((target) => {
    const data = table.get(target.name)!
    const others = without(table, target.name)
    const found =
      target.rowsOf && state.groups
        ? imputeColumn(
            target.betweenData(data),
            target,
            { columns: betweenClusters(others, state.groups), betweenOnly: new Set(), groups: null },
            donors,
            random,
          )
        : imputeColumn(
            data,
            target,
            { columns: others, betweenOnly: state.betweenOnly, groups: state.randomIntercept ? state.groups : null },
            donors,
            random,
          )
    fill(cells(data), target.holes, found.donors, target.rowsOf)
    return target.rowsOf ? [] : found.leftOut
  })

/**
 * Completes a table several times over by chained equations: each column in turn is regressed on all others, the regression is drawn from its posterior, and
 * every hole takes the observed value of a case predicted alike (predictive mean matching; factors by the predictions of all their indicators, which no
 * separation can break). With five or more clusters the regressions have a random intercept, and the cluster means of the predictors beside them;
 * with fewer, the clusters are a factor. A column that is one value per cluster is completed per cluster. Observed cells never change.
 * Not when what is missing depends on the missing value itself: ask deltaSeries. Interactions of the analysis are not part of the regressions.
 * @param columns of one length, at least one of them with holes or not; @param clusters of the rows, or null; @param plan how often, how long, from which seed;
 * @param progress is told the share done. Not-estimable, with the column, when fewer than three of its values are there.
 * Source: van Buuren & Groothuis-Oudshoorn 2011, doi:10.18637/jss.v045.i03; Grund et al. 2018, doi:10.1177/1094428117703686 (cluster means).
 * Example: multipleImputation(columns, schools, { imputations: 20, iterations: 10, seed: 1 })
 */
export const multipleImputation = (
  columns: readonly IncompleteColumn[],
  clusters: readonly string[] | null,
  { imputations, iterations, seed, donors = 5 }: ImputationPlan,
  progress: (share: number) => void = () => {},
): Imputed | (NotEstimable & { readonly column: string }) => {
  for (const [name, count] of Object.entries({ imputations, iterations, donors }))
    if (!(Number.isInteger(count) && count >= 1)) throw new Error(`multipleImputation requires ${name} of 1 or more, got ${count}`)
  const state = preparedState(columns, clusters)
  const bare = state.targets.find(({ observed }) => observed.length < 3)
  if (bare) return { ...notEstimable('too-few-values'), column: bare.name }
  const random = seededRandom(seed)
  const noHelp = new Set<string>()
  const traces: ReturnType<typeof traceOf>[][][] = state.targets.map(() => [])
  const tables = Array.from({ length: imputations }, (_, imputation) => {
    const table = startedTable(state, random)
    for (const own of traces) own.push([])
    for (let iteration = 0; iteration < iterations; iteration += 1) {
      for (const name of visit(state, table, donors, random)) noHelp.add(name)
      for (const [k, { name, holeRows }] of state.targets.entries()) traces[k]![imputation]!.push(traceOf(table.get(name)!, holeRows))
      progress((imputation * iterations + iteration + 1) / (imputations * iterations))
    }
    for (const name of state.added) table.delete(name)
    return table
  })
  return {
    kind: 'imputed',
    method: 'chained-equations-predictive-mean-matching',
    ...{ rows: columns[0]?.missing.length ?? 0, imputations, iterations, seed, donors },
    clusters: state.clusterCount,
    randomIntercept: state.randomIntercept,
    missing: new Map(columns.map(({ name, missing }) => [name, missing])),
    tables,
    chains: state.targets.map(({ name }, k) => ({
      column: name,
      mean: traces[k]!.map((own) => own.map(({ mean }) => mean)),
      standardDeviation: traces[k]!.map((own) => own.map(({ standardDeviation }) => standardDeviation)),
    })),
    notes: [
      ...state.notes,
      ...[...noHelp].filter((name) => !state.added.includes(name)).map((column) => ({ column, note: 'no-help-as-predictor' as const })),
    ],
  }
}
