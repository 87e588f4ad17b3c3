import { termName } from '../formula/parse-formula.ts'
import { clusterVarianceTest, type LikelihoodRatio, likelihoodRatio } from '../models/likelihood-ratio.ts'
import { type LinearMixedModel, linearMixedModel } from '../models/linear-mixed-model.ts'
import { type ProfileIntervals, profileIntervals } from '../models/profile-intervals.ts'
import { termPlaces, termTests } from '../models/term-tests.ts'
import { BadInput, type Command, needed, oneOf, parseOptions } from './command.ts'
import { permutationNotes, permutationsOf } from './few-clusters.ts'
import { bootstrapOptions, bootstrapsOf, bootstrapTables, bootstrapUsage } from './lmm-bootstrap.ts'
import { readMixedFormula } from './model-frame.ts'
import { type ModelSums, modelOptions, readModelSums } from './model-sums.ts'
import { nestedLmm, termTestTables } from './nested-lmm.ts'
import { print, type Table } from './print.ts'
import { modelNotes, unanswered } from './sentences.ts'

type Tests = {
  readonly clusterVariance: LikelihoodRatio
  readonly terms: readonly (LikelihoodRatio & { readonly term: string })[]
}

/** Terms that no other term contains: only these can be dropped and leave a model worth comparing. */
const droppable = ({ formula, columns }: ModelSums): readonly string[] => {
  const labels = (term: string) => formula.terms.find((candidate) => termName(candidate) === term)!
  const names = [...new Set(columns.map(({ term }) => term))]
  const within = (small: string, large: string) =>
    small !== large && labels(small).every(({ label }) => labels(large).some((other) => other.label === label))
  return names.filter((name) => !names.some((other) => within(name, other)))
}

const likelihoodRatios = (model: ModelSums): Tests => {
  const { sums } = model
  const clusterVariance = clusterVarianceTest(sums)
  if (clusterVariance.kind === 'not-estimable') throw new BadInput(unanswered(clusterVariance.reason))
  const terms = droppable(model).flatMap((term) => {
    const places = model.columns.flatMap((column, place) => (column.term === term ? [place] : []))
    const tested = likelihoodRatio(sums, places)
    return tested.kind === 'estimated' ? [{ term, ...tested }] : []
  })
  return { clusterVariance, terms }
}

const tables = (fit: LinearMixedModel, tests: Tests, group: string): readonly Table[] => [
  {
    title: `coefficients by ${fit.method} (${fit.n} rows, ${fit.clusters} of ${group}); KR is Kenward-Roger, the one to report`,
    columns: ['', 'estimate', 'SE', 'df', 'p', 'SE KR', 'df KR', 'p KR', 'lower', 'upper'],
    rows: fit.coefficients.map(({ name, estimate, standardError, satterthwaite, kenwardRoger }) => {
      const interval = (kenwardRoger ?? satterthwaite)?.interval
      const own = [satterthwaite?.df, satterthwaite?.p, kenwardRoger?.standardError, kenwardRoger?.df, kenwardRoger?.p]
      return [name, estimate, standardError, ...own, interval?.lower, interval?.upper]
    }),
  },
  {
    title: 'variances',
    columns: [group, 'residual', 'icc', 'logLik', 'AIC', 'BIC'],
    rows: [[fit.varianceComponents.cluster, fit.varianceComponents.residual, fit.icc, fit.logLik, fit.AIC, fit.BIC]],
  },
  {
    title: 'likelihood-ratio tests by ML',
    columns: ['without', 'chi-squared', 'df', 'p'],
    rows: [...tests.terms, { term: `(1 | ${group})`, ...tests.clusterVariance }].map(({ term, statistic, df, p }) => [
      term,
      statistic,
      df,
      p,
    ]),
  },
]

const profileTable = (profile: ProfileIntervals | null, group: string): readonly Table[] => {
  if (!profile) return []
  const { clusterStandardDeviation, residualStandardDeviation, icc, coefficients } = profile
  const rows = [
    { name: `SD of ${group}`, ...clusterStandardDeviation },
    { name: 'SD of residuals', ...residualStandardDeviation },
    { name: 'icc', ...icc },
    ...coefficients,
  ]
  return [
    {
      title: '95% profile intervals by ML',
      columns: ['', 'lower', 'upper'],
      rows: rows.map(({ name, lower, upper }) => [name, lower, upper]),
    },
  ]
}

/** The variance between groups as models with more levels tell it. */
const interceptOf = (group: string, { clusters, varianceComponents: { cluster } }: LinearMixedModel) => ({
  group,
  groups: clusters,
  effects: ['(Intercept)'],
  covariance: [[cluster]],
  standardDeviations: [Math.sqrt(cluster)],
  correlations: [[cluster > 0 ? 1 : null]],
})

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('lmm', args, {
    ...modelOptions,
    ...bootstrapOptions,
    method: { type: 'string', default: 'REML' },
    profile: { type: 'boolean', default: false },
  })
  const method = oneOf('method', options.method, ['REML', 'ML'])
  const formula = needed('lmm', 'formula', options.formula)
  const { levels } = readMixedFormula(formula)
  if (levels.length === 0) throw new BadInput('formula: lmm needs a random intercept, as in (1 | school); robust is for models without one')
  if (levels.length > 1 || levels[0]!.columns.length > 1 || levels[0]!.slopes.length > 0) {
    if (options.bootstrap !== undefined) throw new BadInput('--bootstrap cluster is for one random intercept, as in (1 | school)')
    return nestedLmm({ ...options, formula, method })
  }
  const group = levels[0]!.name
  const model = await readModelSums('lmm', options)
  const names = model.columns.map(({ name }) => name)
  const fit = linearMixedModel(model.sums, names, method)
  if (fit.kind === 'not-estimable') throw new BadInput(`${model.file}: ${unanswered(fit.reason)}`)
  const tests = likelihoodRatios(model)
  const profile = options.profile ? profileIntervals(model.sums, names) : null
  if (profile?.kind === 'not-estimable') throw new BadInput(`${model.file}: ${unanswered(profile.reason)}`)
  const bootstraps = bootstrapsOf(model, options)
  const terms = method === 'REML' ? termTests(model.sums, termPlaces(model.columns.map(({ term }) => term))) : []
  const permutations = permutationsOf(model, fit.warnings)
  const record = {
    formula,
    group,
    groups: { [group]: fit.clusters },
    incompleteRows: model.incomplete,
    references: model.references,
    ...fit,
    termTests: terms,
    randomEffects: [interceptOf(group, fit)],
    likelihoodRatioTests: tests,
    profileIntervals: profile,
    clusterBootstrap: bootstraps,
    permutations,
  }
  const shown = [...tables(fit, tests, group), ...termTestTables(terms), ...profileTable(profile, group), ...bootstrapTables(bootstraps)]
  print(options.json, record, shown, [...modelNotes(fit.warnings, model.incomplete), ...permutationNotes(permutations)])
}

const usage = `lmm --data f.csv --formula "y ~ x + arm + (1 | school)" [--method REML|ML] [--reference arm=control,…] [--profile] [--json]
  fits a mixed model, with Satterthwaite's and Kenward-Roger's tests side by side
  --data <file>             a table with a header row; empty cells and NA are missing, incomplete rows are left out and counted
  --formula <formula>       +, : and * between columns, factor(x) for groups named by numbers, log(x), sqrt(x), I(x^2) and their like,
                            backquotes around odd names; what varies between groups stands in parentheses:
                            (1 | school)                     schools differ
                            (1 | school/class)               and classes in them; class 1 of each school is its own
                            (1 + wave | pupil)               pupils differ at the start and in their course
                            (1 + wave | pupil) + (1 | school) and schools around them
  --method <REML|ML>        REML unless named; Kenward-Roger is for REML alone
  --reference <a=b,…>       the level each factor is compared with, otherwise its first in order
  --profile                 with (1 | school) alone: intervals from the likelihood for the variances, the icc and the coefficients, by ML
${bootstrapUsage}
  --sums <file>             with (1 | school) alone, in place of --data: per-cluster sums, as sums and its SQL make them
  --levels <a=b|c,…>        with --sums: the levels of each factor, the reference first
  --json                    every number with every digit`

export const lmm: Command = { name: 'lmm', usage, run }
