import { type LogisticMixedModel, logisticMixedModel } from '../models/logistic-mixed-model.ts'
import { checkBinary, ratioCells, readClusteredFrame, refused } from './binary-answer.ts'
import { BadInput, type Command, needed, numberIn, parseOptions } from './command.ts'
import { readMixedFormula } from './model-frame.ts'
import { print, type Table } from './print.ts'
import { modelNotes } from './sentences.ts'

const text = { type: 'string' } as const
const taken = { data: text, formula: text, reference: text, quadrature: { ...text, default: '25' } } as const

const tables = (fit: LogisticMixedModel, group: string): readonly Table[] => [
  {
    title: `log odds ratios within a ${group}, by ${fit.method === 'laplace' ? "Laplace's approximation" : `adaptive quadrature with ${fit.quadraturePoints} points`} (${fit.n} rows, ${fit.events} events, ${fit.clusters} of ${group})`,
    columns: ['', 'estimate', 'SE', 'z', 'p', 'lower', 'upper', 'odds ratio', 'from', 'to'],
    rows: fit.coefficients.map(({ name, estimate, standardError, statistic, p, interval, oddsRatio }) => [
      ...[name, estimate, standardError, statistic, p, interval.lower, interval.upper],
      ...ratioCells(oddsRatio),
    ]),
  },
  {
    title: 'variation between clusters',
    columns: ['SD', 'variance', 'icc (latent)', 'chi-squared', 'p', 'logLik', 'AIC', 'BIC'],
    rows: [
      [
        ...[fit.clusterStandardDeviation, fit.clusterVariance, fit.icc, fit.clusterVarianceTest.statistic, fit.clusterVarianceTest.p],
        ...[fit.logLik, fit.AIC, fit.BIC],
      ],
    ],
  },
]

const pointsIn = (given: string): number => {
  const points = numberIn('quadrature', given)
  if (!Number.isInteger(points) || points < 1 || points > 100)
    throw new BadInput(`--quadrature takes a whole number of points from 1 (Laplace) to 100, got ${given}`)
  return points
}

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('glmm', args, taken)
  const [data, formula] = [needed('glmm', 'data', options.data), needed('glmm', 'formula', options.formula)]
  const quadraturePoints = pointsIn(options.quadrature)
  if (readMixedFormula(formula).levels.length === 0)
    throw new BadInput('formula: glmm needs a random intercept, as in (1 | school); gee is for models without one')
  const { file, cluster, ...frame } = await readClusteredFrame(data, formula, options.reference)
  checkBinary(file, frame.formula.outcome, frame.outcome)
  const values = frame.columns.map((column) => column.values)
  const names = frame.columns.map(({ name }) => name)
  const fit = logisticMixedModel(frame.outcome, values, names, frame.clusters, { quadraturePoints })
  if (fit.kind !== 'estimated') throw new BadInput(`${file}: ${refused('glmm', fit)}`)
  const record = { formula, group: cluster, incompleteRows: frame.incomplete, references: frame.references, ...fit }
  const few = fit.warnings.filter((warning) => warning !== 'singular-fit')
  const singular = fit.singular
    ? [
        'The variance between clusters is estimated as zero (a singular fit): this is logistic regression, and no proof that clusters are alike.',
      ]
    : []
  print(options.json, record, tables(fit, cluster), [...modelNotes(few, frame.incomplete), ...singular])
}

const usage = `glmm --data f.csv --formula "y ~ x + arm + (1 | school)" [--quadrature 25] [--reference arm=control,…] [--json]
  fits an outcome of 0 and 1 by a logistic random-intercept model: odds ratios within a school
  --data <file>             a CSV with a header row; empty cells and NA are missing, incomplete rows are left out and counted
  --formula <formula>       +, : and * between columns, factor(x) for groups named by numbers, backquotes around odd names
  --quadrature <points>     of the adaptive Gauss-Hermite rule, 25 unless named; 1 is Laplace's approximation
  --reference <a=b,…>       the level each factor is compared with, otherwise its first in order
  --json                    every number with every digit`

export const glmm: Command = { name: 'glmm', usage, run }
