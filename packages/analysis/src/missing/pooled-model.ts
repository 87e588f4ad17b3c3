import type { Formula } from '../formula/parse-formula.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { type Columns, type CompletedModel, completedModel } from './completed-model.ts'
import { type PooledEstimate, pooledEstimate } from './pooled-estimate.ts'

type PooledTerm = PooledEstimate & {
  readonly name: string
  /** the mean of the degrees of freedom that each complete table gives */
  readonly completeDf: number
}
export type PooledModel = {
  readonly kind: 'estimated'
  readonly method: CompletedModel['method']
  readonly imputations: number
  readonly n: number
  readonly terms: readonly PooledTerm[]
  /** means over the tables, and the share of the cluster's; null without a random intercept */
  readonly variances: { readonly cluster: number; readonly residual: number; readonly icc: number } | null
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

const variancesOf = (fits: readonly CompletedModel[]): PooledModel['variances'] => {
  const all = fits.flatMap(({ variances }) => variances ?? [])
  if (all.length === 0) return null
  const [cluster, residual] = [mean(all.map((one) => one.cluster)), mean(all.map((one) => one.residual))]
  return { cluster, residual, icc: cluster / (cluster + residual) }
}

/**
 * A formula fitted to every completed table and pooled by Rubin's rules, with Barnard and Rubin's degrees of freedom: with `(1 | school)` the mixed model
 * with Kenward-Roger's standard errors, with clusters alone least squares with CR2, with neither least squares. Not for fewer than two tables.
 * @param tables complete columns by name; @param formula; @param clusters of the rows, null without; @param level of the intervals
 * @returns in the outcome's unit; not-estimable when a table is. Source: see pooledEstimate. Example: pooledModel(imputed.tables, parseFormula('post ~ arm + (1 | school)'), schools).terms[1].p
 */
export const pooledModel = (
  tables: readonly Columns[],
  formula: Formula,
  clusters: readonly string[] | null,
  level = 0.95,
): PooledModel | NotEstimable => {
  const fits: CompletedModel[] = []
  for (const table of tables) {
    const fit = completedModel(table, formula, clusters)
    if (fit.kind === 'not-estimable') return fit
    fits.push(fit)
  }
  const [first] = fits
  if (!first || fits.length < 2) return notEstimable('too-few-values')
  const terms = first.terms.flatMap(({ name }, place): readonly PooledTerm[] => {
    const own = fits.map((fit) => fit.terms[place]!)
    const completeDf = mean(own.map(({ df }) => df))
    const pooled = own.every(({ standardError }) => standardError > 0)
      ? pooledEstimate(own, completeDf, level)
      : notEstimable('no-variation')
    return pooled.kind === 'estimated' ? [{ name, completeDf, ...pooled }] : []
  })
  if (terms.length < first.terms.length) return notEstimable('no-variation')
  return { kind: 'estimated', method: first.method, imputations: fits.length, n: first.n, terms, variances: variancesOf(fits) }
}
