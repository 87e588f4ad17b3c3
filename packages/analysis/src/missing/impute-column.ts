// One visit of the chain: a column regressed on the others where it is observed, a draw of the regression, and a donor for every hole.
import type { VariableData } from '../formula/design.ts'
import {
  clusterMeans,
  type Groups,
  independent,
  numbersOf,
  type Predictor,
  predictorsOf,
  standardised,
  strongest,
  valuesAt,
} from './imputation-predictors.ts'
import { matchedDonors } from './predictive-mean-matching.ts'
import type { Random } from './random-draws.ts'
import { type Coefficients, twoLevelDraw } from './two-level-draw.ts'

/** Rows to a predictor that a regression needs at least, and clusters to a predictor between clusters. */
const rowsEach = 3

export type Target = {
  readonly name: string
  /** the rows (or clusters) with a value, and those without */
  readonly observed: Int32Array
  readonly holes: Int32Array
}
export type Others = {
  readonly columns: ReadonlyMap<string, VariableData>
  readonly betweenOnly: ReadonlySet<string>
  readonly groups: Groups | null
}
/** Donors by hole, and the columns that were no help because others say the same. */
export type Visit = { readonly donors: Int32Array; readonly leftOut: readonly string[] }

const chosen = (
  { own, means }: ReturnType<typeof predictorsOf>,
  { observed }: Target,
  groups: Groups | null,
  ys: readonly Float64Array[],
) => {
  const mostRows = Math.floor(observed.length / rowsEach) - 1
  const first = strongest(own, mostRows, observed, ys)
  const between = groups ? Math.floor(groups.count / rowsEach) - 1 - first.filter(({ betweenOnly }) => betweenOnly).length : 0
  const wanted = [...first, ...strongest(means, Math.min(between, mostRows - first.length), observed, ys)]
  const { kept, at } = independent(wanted, observed)
  return { kept, at, leftOut: [...new Set(first.filter((one) => !kept.includes(one)).map(({ name }) => name))] }
}

const predicted = ({ beta, clusters }: Coefficients, kept: readonly Predictor[], rows: Int32Array, groups: Groups | null): Float64Array => {
  const sum = new Float64Array(rows.length).fill(beta[0]!)
  for (let place = 0; groups && place < rows.length; place += 1) sum[place]! += clusters[groups.codes[rows[place]!]!]!
  for (const [k, { values }] of kept.entries()) {
    const slope = beta[k + 1]!
    for (let place = 0; place < rows.length; place += 1) sum[place]! += slope * values[rows[place]!]!
  }
  return sum
}

/** Donors for the holes of a column, among its observed rows. The numbers of `data` are read at observed rows only. */
export const imputeColumn = (
  data: VariableData,
  target: Target,
  { columns, betweenOnly, groups }: Others,
  count: number,
  random: Random,
): Visit => {
  const { observed, holes } = target
  const ys = numbersOf(data).flatMap((values) => standardised(valuesAt(values, observed)) ?? [])
  if (ys.length === 0) return { donors: holes.map(() => observed[0]!), leftOut: [] }
  const { kept, at, leftOut } = chosen(predictorsOf(columns, betweenOnly, groups), target, groups, ys)
  const codes = groups ? observed.map((row) => groups.codes[row]!) : null
  const scores = ys.map((y) => {
    const found = twoLevelDraw({ y, columns: at, codes, clusters: groups?.count ?? 0 }, random)
    if (!found) throw new Error(`imputeColumn requires more rows than predictors for ${target.name}, got ${observed.length}`)
    return { donors: predicted(found.estimate, kept, observed, groups), recipients: predicted(found.draw, kept, holes, groups) }
  })
  const places = matchedDonors(
    scores.map(({ donors }) => donors),
    scores.map(({ recipients }) => recipients),
    count,
    random,
  )
  return { donors: places.map((place) => observed[place]!), leftOut }
}

/** Columns with one row a cluster: what is the same for all of a cluster, otherwise its mean, factors as the shares of their levels. */
export const betweenClusters = (columns: ReadonlyMap<string, VariableData>, groups: Groups): ReadonlyMap<string, VariableData> =>
  new Map(
    [...columns].flatMap(([name, data]) =>
      numbersOf(data).map((values, place) => [`${name}${place || ''}`, { kind: 'numbers', values: clusterMeans(values, groups) }] as const),
    ),
  )
