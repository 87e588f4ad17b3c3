/** What lmm answers for more than one level of groups, or for slopes that vary between groups. */

import { clusterSums } from '../models/cluster-sums.ts'
import { groupsOf, type LevelRefusal } from '../models/nested-groups.ts'
import { type NestedTests, nestedLikelihoodRatios } from '../models/nested-likelihood-ratio.ts'
import { type NestedData, type NestedMixedModel, nestedMixedModel } from '../models/nested-mixed-model.ts'
import type { Method } from '../models/profile.ts'
import type { TermTest } from '../models/term-tests.ts'
import type { NotEstimable } from '../result.ts'
import { BadInput, needed } from './command.ts'
import { permutationNotes, permutationsOf } from './few-clusters.ts'
import { type MixedFrame, readMixedFrame } from './model-frame.ts'
import { print, type Table } from './print.ts'
import { modelNotes, unanswered } from './sentences.ts'

type Asked = {
  readonly data?: string | undefined
  readonly sums?: string | undefined
  readonly levels?: string | undefined
  readonly formula: string
  readonly reference?: string | undefined
  readonly method: Method
  readonly profile: boolean
  readonly json: boolean
}

const sentence = ({ n }: MixedFrame, refusal: NotEstimable | LevelRefusal): string => {
  if (!('levels' in refusal)) return unanswered(refusal.reason)
  const [fine = '', coarse = ''] = refusal.levels
  return {
    'one-group': `the model cannot be estimated: all complete rows are of one ${fine}, at least two are needed`,
    'too-few-rows-in-groups': `the model cannot be estimated: ${n} complete rows are too few for what varies between the groups of ${fine}; a group needs more rows than it has effects`,
    'crossed-groups': `groups that cross are not fitted: one ${fine} lies in several groups of ${coarse}; where ids only repeat, as class 1 in every school, nest them: (1 | school/class)`,
    'same-groups': `the model cannot be estimated: the groups of ${fine} and of ${coarse} are the same, so the two levels cannot be told apart`,
  }[refusal.reason]
}

/** Variances by level, and by slope: what VarCorr lists on its diagonal. */
const varianceComponents = ({ randomEffects, residualVariance }: NestedMixedModel): Readonly<Record<string, number>> =>
  Object.fromEntries([
    ...randomEffects.flatMap(({ group, effects, covariance }) =>
      effects.map((effect, k) => [k === 0 ? group : `${group}.${effect}`, covariance[k]![k]!] as const),
    ),
    ['residual', residualVariance] as const,
  ])

export const termTestTables = (tests: readonly TermTest[]): readonly Table[] =>
  tests.length === 0
    ? []
    : [
        {
          title: 'F tests of whole terms after Kenward and Roger; a term inside an interaction is tested at the reference of the others',
          columns: ['term', 'F', 'df', 'df within', 'p'],
          rows: tests.map(({ term, statistic, dfNumerator, dfDenominator, p }) => [term, statistic, dfNumerator, dfDenominator, p]),
        },
      ]

const tables = (fit: NestedMixedModel, tests: NestedTests | null): readonly Table[] => [
  {
    title: `coefficients by ${fit.method} (${fit.n} rows; ${fit.randomEffects.map(({ group, groups }) => `${groups} of ${group}`).join(', ')}); KR is Kenward-Roger, the one to report`,
    columns: ['', 'estimate', 'SE', 'df', 'p', 'SE KR', 'df KR', 'p KR', 'lower', 'upper'],
    rows: fit.coefficients.map(({ name, estimate, standardError, satterthwaite, kenwardRoger }) => {
      const interval = (kenwardRoger ?? satterthwaite)?.interval
      const own = [satterthwaite?.df, satterthwaite?.p, kenwardRoger?.standardError, kenwardRoger?.df, kenwardRoger?.p]
      return [name, estimate, standardError, ...own, interval?.lower, interval?.upper]
    }),
  },
  {
    title: 'variances',
    columns: ['between groups of', 'of', 'variance', 'SD', 'correlation', 'icc'],
    rows: [
      ...fit.randomEffects.flatMap(({ group, effects, covariance, standardDeviations, correlations }) =>
        effects.map((effect, k) => [
          k === 0 ? group : '',
          effect,
          covariance[k]![k]!,
          standardDeviations[k]!,
          k === 0
            ? ''
            : correlations[k]!.slice(0, k)
                .map((value) => value?.toFixed(3) ?? 'none')
                .join(' '),
          k === 0 ? fit.icc[group]! : null,
        ]),
      ),
      ['', 'residual', fit.residualVariance, Math.sqrt(fit.residualVariance), '', null],
    ],
  },
  ...termTestTables(fit.termTests),
  { title: 'fit', columns: ['logLik', 'AIC', 'BIC'], rows: [[fit.logLik, fit.AIC, fit.BIC]] },
  ...(tests
    ? [
        {
          title: 'likelihood-ratio tests by ML',
          columns: ['without', 'chi-squared', 'df', 'p'],
          rows: [...tests.terms, ...tests.levels, ...(tests.allLevels ? [tests.allLevels] : [])].map(({ term, statistic, df, p }) => [
            term,
            statistic,
            df,
            p,
          ]),
        },
      ]
    : []),
]

export const singularNote =
  'A variance is estimated as zero, or a correlation as 1 or −1 (a singular fit). That is no proof that groups are alike; Satterthwaite may count too many degrees of freedom here, Kenward-Roger stays cautious.'

/** Per group of the coarsest level, for the permutation of arms given to whole groups. */
const coarsestSums = ({ outcome, covariates, levels }: NestedData, coarsest: string) => {
  const { codes, count } = levels.find(({ name }) => name === coarsest)!.groups
  const names = Array.from({ length: count }, (_, group) => String(group))
  return clusterSums({ names, codes }, [...covariates.map(({ values }) => values), outcome])
}

export const nestedLmm = async (asked: Asked): Promise<void> => {
  if (asked.sums !== undefined || asked.levels !== undefined)
    throw new BadInput('lmm takes --sums and --levels for one random intercept, as in (1 | school); more levels and slopes need --data')
  if (asked.profile) throw new BadInput('--profile goes with one random intercept, as in (1 | school)')
  const { formula, method } = asked
  const data = needed('lmm', 'data', asked.data)
  const frame = await readMixedFrame({ data, formula, reference: asked.reference })
  const levels = frame.levels.map(({ name, groups, slopes }) => ({ name, groups: groupsOf(...groups), slopes }))
  const model = { outcome: frame.outcome, covariates: frame.columns, levels }
  const fit = nestedMixedModel(model, method)
  if (fit.kind === 'not-estimable') throw new BadInput(`${data}: ${sentence(frame, fit)}`)
  const tests = nestedLikelihoodRatios(model)
  const permutations = permutationsOf({ columns: frame.columns, sums: coarsestSums(model, fit.randomEffects[0]!.group) }, fit.warnings)
  const record = {
    formula,
    groups: Object.fromEntries(fit.randomEffects.map(({ group, groups }) => [group, groups])),
    incompleteRows: frame.incomplete,
    references: frame.references,
    ...fit,
    varianceComponents: varianceComponents(fit),
    likelihoodRatioTests: tests,
    permutations,
  }
  const notes = modelNotes(
    fit.warnings.filter((warning) => warning !== 'singular-fit'),
    frame.incomplete,
  )
  print(asked.json, record, tables(fit, tests), [
    ...notes,
    ...permutationNotes(permutations),
    ...(fit.singular ? [singularNote] : []),
    ...(fit.converged ? [] : ['The search for the least deviance did not end: do not use these numbers.']),
  ])
}
