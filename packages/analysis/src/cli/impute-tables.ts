/** The record of impute as tables to be read. */

import type { DeltaSeries } from '../missing/delta.ts'
import type { ImputationNote } from '../missing/multiple-imputation.ts'
import type { MissingPatterns } from '../missing/patterns.ts'
import type { Estimate } from '../result.ts'
import type { Modelled } from './impute.ts'
import type { Carried } from './incomplete-table.ts'
import type { Table } from './print.ts'

type Shown = {
  readonly imputations: number
  readonly iterations: number
  readonly seed: number
  readonly clusters: number | null
  readonly randomIntercept: boolean
  readonly rowsWithoutCluster: number
  readonly carried: readonly Carried[]
  readonly notes: readonly ImputationNote[]
  readonly patterns: MissingPatterns
  readonly pooled: Modelled['pooled'] | null
  readonly completeCase: Modelled['completeCase']
  readonly delta: DeltaSeries | null
  readonly out: string | null
  readonly files: readonly string[]
}

const numbers = ({ estimate, standardError, df, p, interval }: Estimate) => [estimate, standardError, df, p, interval.lower, interval.upper]
const columns = ['', 'estimate', 'SE', 'df', 'p', 'lower', 'upper']
const mostPatterns = 12
const methods = {
  'reml-kenward-roger': 'mixed model by REML, Kenward-Roger',
  'least-squares-cr2': 'least squares with CR2',
  'least-squares': 'least squares',
} as const

const missingTables = ({ patterns: { columns: all, patterns, rows } }: Shown): readonly Table[] => [
  {
    title: `missing values in ${rows} rows`,
    columns: ['', 'missing', 'per cent'],
    rows: all.filter(({ missing }) => missing > 0).map(({ name, missing, share }) => [name, missing, 100 * share]),
  },
  {
    title: patterns.length > mostPatterns ? `the ${mostPatterns} most frequent of ${patterns.length} patterns` : 'patterns',
    columns: ['missing together', 'rows', 'per cent'],
    rows: patterns.slice(0, mostPatterns).map(({ missing, rows: count, share }) => [missing.join(', ') || 'nothing', count, 100 * share]),
  },
]

const modelTables = ({ pooled, completeCase }: Shown): readonly Table[] => [
  ...(pooled
    ? [
        {
          title: `${methods[pooled.method]}, pooled over ${pooled.imputations} completed tables of ${pooled.n} rows by Rubin's rules`,
          columns: [...columns, 'missing information'],
          rows: pooled.terms.map((term) => [term.name, ...numbers(term), term.fractionMissing]),
        },
      ]
    : []),
  ...(completeCase
    ? [
        {
          title: `the same model in the ${completeCase.n} complete rows alone`,
          columns,
          rows: completeCase.terms.map((term) => [term.name, ...numbers(term)]),
        },
      ]
    : []),
]

const deltaTable = (delta: DeltaSeries): Table => ({
  title: `${delta.term} if the imputed values of ${delta.outcome} lay so many points off (${delta.imputed.programme} in the programme arm, ${delta.imputed.control} in the control arm)`,
  columns: ['arm moved', 'points', ...columns.slice(1)],
  rows: delta.points.map((point) => [point.shifted, point.delta, ...numbers(point)]),
})

export const imputeTables = (shown: Shown): readonly Table[] => [
  ...missingTables(shown),
  ...modelTables(shown),
  ...(shown.delta ? [deltaTable(shown.delta)] : []),
]

const said: Record<ImputationNote['note'], (column: string) => string> = {
  constant: (column) => `${column} has one value only, which fills its holes.`,
  'completed-from-cluster': (column) => `${column} is one value per cluster: rows without it took the value of their cluster.`,
  'one-value-per-cluster': (column) => `${column} is one value per cluster: clusters without it got one imputed value each.`,
  'no-help-as-predictor': (column) => `${column} is at times a combination of other columns and was then left out as a predictor.`,
}
const carriedAs = { identifier: 'it names the rows', 'many-words': 'it has more than 30 different texts' } as const

export const imputeNotes = (shown: Shown): readonly string[] => [
  ...(shown.rowsWithoutCluster > 0 ? [`${shown.rowsWithoutCluster} rows without a cluster were left out.`] : []),
  ...shown.carried.map(({ column, why }) => `${column} is neither completed nor a predictor: ${carriedAs[why]}.`),
  ...shown.notes.map(({ column, note }) => said[note](column)),
  ...(shown.clusters !== null && !shown.randomIntercept
    ? ['There are fewer than five clusters: they entered the regressions as a factor, not as a random intercept.']
    : []),
  ...(shown.delta?.tippingPoints ?? []).map(({ shifted, delta }) => {
    const arm = shifted === 'both' ? 'both arms' : `the ${shifted} arm`
    return delta === null
      ? `Moving ${arm} changes nothing in the range as to whether the interval holds 0.`
      : `Moving ${arm} by ${delta.toPrecision(4)} points changes whether the interval holds 0.`
  }),
  `Chained equations with predictive mean matching: ${shown.imputations} tables, ${shown.iterations} iterations, seed ${shown.seed}.`,
  ...(shown.out === null ? [] : [`${shown.files.length} tables were written to ${shown.out}.`]),
]
