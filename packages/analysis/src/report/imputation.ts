// The primary effect with its missing values completed many times over, and with what was completed moved by the plan's shifts.
import { numberIn } from '../dataset/read-dataset.ts'
import { parseFormula } from '../formula/parse-formula.ts'
import { type DeltaSeries, deltaSeries } from '../missing/delta.ts'
import { type IncompleteColumn, incompleteFactor, incompleteNumbers } from '../missing/incomplete-column.ts'
import { multipleImputation } from '../missing/multiple-imputation.ts'
import type { PooledEstimate } from '../missing/pooled-estimate.ts'
import { pooledModel } from '../missing/pooled-model.ts'
import type { NotEstimable } from '../result.ts'
import type { Context } from './context.ts'
import type { Pupil } from './pupils.ts'

export type Imputation = {
  readonly kind: 'estimated'
  readonly method: 'chained-equations-predictive-mean-matching'
  readonly imputations: number
  readonly iterations: number
  readonly seed: number
  /** the columns of the regressions beside the outcome */
  readonly columns: readonly string[]
  readonly effect: PooledEstimate
  readonly delta: DeltaSeries | NotEstimable | null
}
/** A design or scale column at baseline, as numbers or words. */
const columnOf = ({ dataset }: Context, pupils: readonly Pupil[], name: string): IncompleteColumn => {
  const column = dataset.codebook.columns.find((one) => one.name === name)! // only columns of the codebook are asked for
  return column.type === 'string'
    ? incompleteFactor(
        name,
        pupils.map(({ facts }) => facts[name] || null),
      )
    : incompleteNumbers(
        name,
        pupils.map(({ facts }) => numberIn(facts, name)),
      )
}

/** Beside outcome, baseline and arm: the plan's covariates, then what helps to guess what is missing. */
const helpers = (context: Context, pupils: readonly Pupil[]): readonly IncompleteColumn[] => {
  const { plan, dataset } = context
  const names = [...plan.model.covariates, ...plan.secondary.map(({ scale }) => scale), ...plan.subgroups]
  const usable = [...new Set(names)].filter(
    (name) => name !== plan.primary.scale && dataset.codebook.columns.some((column) => column.name === name),
  )
  return usable.map((name) => columnOf(context, pupils, name)).filter(({ missing }) => missing.some((hole) => hole === 0))
}

/** By the plan: null where there is none to ask for it. */
export const imputationPart = (context: Context, progress?: (share: number) => void): Imputation | NotEstimable | null => {
  const { plan, arms, control, programmes, level } = context
  if (!plan.missing) return null
  const pupils = context.pupils(plan.primary.scale).filter((pupil) => arms.includes(pupil.arm))
  const arm = programmes[0]!
  const { imputations, iterations, seed, deltas } = plan.missing
  const columns = [
    incompleteNumbers(
      'post',
      pupils.map(({ post }) => post),
    ),
    incompleteNumbers(
      'baseline',
      pupils.map(({ baseline }) => baseline),
    ),
    incompleteFactor(
      'arm',
      pupils.map((pupil) => pupil.arm),
      control,
    ),
    ...helpers(context, pupils),
  ]
  const schools = pupils.map(({ school }) => school)
  const imputed = multipleImputation(columns, schools, { imputations, iterations, seed }, progress)
  if (imputed.kind === 'not-estimable') return { kind: 'not-estimable', reason: imputed.reason }
  const covariates = plan.model.covariates.filter((name) => name !== plan.primary.scale && columns.some((column) => column.name === name))
  const formula = parseFormula(`post ~ ${['baseline', 'arm', ...covariates].join(' + ')} + (1 | school)`)
  const term = `arm${arm}`
  const model = pooledModel(imputed.tables, formula, schools, level)
  if (model.kind === 'not-estimable') return model
  const effect = model.terms.find(({ name }) => name === term)
  if (!effect) return { kind: 'not-estimable', reason: 'arm-without-pupils' }
  const { name: _, completeDf: __, ...pooled } = effect
  return {
    kind: 'estimated',
    method: imputed.method,
    imputations,
    iterations,
    seed,
    columns: columns.map(({ name }) => name),
    effect: pooled,
    delta:
      deltas.length === 0
        ? null
        : deltaSeries(imputed, { formula, clusters: schools, term, inProgramme: pupils.map((pupil) => pupil.arm === arm), deltas }, level),
  }
}
