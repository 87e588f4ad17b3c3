// The analysis of one complete table by a formula: a mixed model, least squares with CR2, or least squares alone.
import { designColumns, type VariableData } from '../formula/design.ts'
import { factorOf } from '../formula/factor.ts'
import type { Formula } from '../formula/parse-formula.ts'
import { transformed } from '../formula/transform.ts'
import { dot } from '../linear-algebra.ts'
import { leastSquares } from '../models/cluster-grams.ts'
import { clusterRobust } from '../models/cluster-robust.ts'
import { clusterSums } from '../models/cluster-sums.ts'
import { linearMixedModel } from '../models/linear-mixed-model.ts'
import type { SchoolSums } from '../models/school-sums.ts'
import type { NotEstimable } from '../result.ts'

type CompletedTerm = { readonly name: string; readonly estimate: number; readonly standardError: number; readonly df: number }
export type CompletedModel = {
  readonly kind: 'estimated'
  readonly method: 'reml-kenward-roger' | 'least-squares-cr2' | 'least-squares'
  readonly n: number
  readonly terms: readonly CompletedTerm[]
  readonly variances: { readonly cluster: number; readonly residual: number } | null
}
export type Columns = ReadonlyMap<string, VariableData>

/** The variables of a formula by its labels, from columns by their names. */
const variablesOf = ({ terms }: Formula, columns: Columns): ReadonlyMap<string, VariableData> =>
  new Map(
    terms.flat().map(({ label, column, asFactor, transform }): readonly [string, VariableData] => {
      const data = columns.get(column)
      if (!data) throw new Error(`completedModel requires the column ${column}`)
      if (data.kind === 'factor') return [label, data]
      if (asFactor) return [label, factorOf(Array.from(data.values, String), null)]
      return [label, transform ? { ...data, values: data.values.map((value) => transformed(transform, value)) } : data]
    }),
  )

const mixed = (sums: readonly SchoolSums[], names: readonly string[]): CompletedModel | NotEstimable => {
  const fit = linearMixedModel(sums, names, 'REML')
  if (fit.kind === 'not-estimable') return fit
  const terms = fit.coefficients.map(({ name, estimate, kenwardRoger }) => ({
    ...{ name, estimate },
    standardError: kenwardRoger!.standardError, // there is one under REML
    df: kenwardRoger!.df,
  }))
  return { kind: 'estimated', method: 'reml-kenward-roger', n: fit.n, terms, variances: fit.varianceComponents }
}

const robust = (sums: readonly SchoolSums[], names: readonly string[]): CompletedModel | NotEstimable => {
  const fit = clusterRobust(sums, names, 'CR2')
  if (fit.kind === 'not-estimable') return fit
  const terms = fit.coefficients.map(({ name, estimate, standardError, df }) => ({ name, estimate, standardError, df }))
  return { kind: 'estimated', method: 'least-squares-cr2', n: fit.n, terms, variances: null }
}

const plain = (sums: readonly SchoolSums[], names: readonly string[]): CompletedModel | NotEstimable => {
  const fit = leastSquares(sums)
  if (fit.kind === 'not-estimable') return fit
  const df = fit.n - names.length - 1
  const residual = fit.residualSum / df
  const terms = ['(Intercept)', ...names].map((name, place, all) => {
    const unit = all.map((_, k) => Number(k === place))
    const contrast = fit.contrast(unit)
    return { name, estimate: fit.estimate(unit), standardError: Math.sqrt(residual * dot(contrast, contrast)), df }
  })
  return { kind: 'estimated', method: 'least-squares', n: fit.n, terms, variances: null }
}

/** Fits a formula to complete columns: with a random intercept the mixed model, with clusters alone CR2, with neither least squares. */
export const completedModel = (columns: Columns, formula: Formula, clusters: readonly string[] | null): CompletedModel | NotEstimable => {
  const outcome = columns.get(formula.outcome)
  if (outcome?.kind !== 'numbers') throw new Error(`completedModel requires an outcome of numbers, ${formula.outcome} is none`)
  if (formula.group !== null && clusters === null) throw new Error('completedModel requires clusters for a random intercept')
  const design = designColumns(formula, variablesOf(formula, columns))
  const sums = clusterSums(clusters ?? Array.from(outcome.values, () => ''), [...design.map(({ values }) => values), outcome.values])
  const names = design.map(({ name }) => name)
  if (clusters === null) return plain(sums, names)
  return formula.group === null ? robust(sums, names) : mixed(sums, names)
}
