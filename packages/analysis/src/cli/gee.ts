import { gee as fitGee, type GeeCoefficient, geeFamilies } from '../models/gee.ts'
import type { WaldTest } from '../models/sandwich.ts'
import { workingCorrelations } from '../models/working-correlation.ts'
import { type ClusteredFrame, checkBinary, ratioCells, readClusteredFrame, refused } from './binary-answer.ts'
import { BadInput, type Command, namesIn, needed, oneOf, parseOptions } from './command.ts'
import { readMixedFormula } from './model-frame.ts'
import { print, type Table } from './print.ts'
import { modelNotes } from './sentences.ts'

const text = { type: 'string' } as const
const taken = {
  ...{ data: text, formula: text, reference: text, cluster: text },
  ...{ correlation: { ...text, default: 'exchangeable' }, family: { ...text, default: 'binomial' } },
} as const

const corrections = [
  ['kauermannCarroll', 'Kauermann and Carroll'],
  ['manclDeRouen', 'Mancl and DeRouen'],
] as const

const correctedTable = (coefficients: readonly GeeCoefficient[], [key, name]: (typeof corrections)[number]): readonly Table[] => {
  const rows = coefficients.flatMap(({ name: own, [key]: found }) => {
    if (!found) return []
    const { standardError, statistic, df, p, interval, oddsRatio } = found
    return [[own, standardError, statistic, df, p, interval.lower, interval.upper, ...ratioCells(oddsRatio)]]
  })
  const ratios = coefficients[0]!.oddsRatio ? ['odds ratio', 'from', 'to'] : []
  const title = `corrected for few clusters after ${name}, df after Satterthwaite${key === 'kauermannCarroll' ? ': the ones to report' : ''}`
  return rows.length > 0 ? [{ title, columns: ['', 'SE', 't', 'df', 'p', 'lower', 'upper', ...ratios], rows }] : []
}

type TermTest = WaldTest & { readonly term: string }
const termTests = (columns: ClusteredFrame['columns'], wald: (places: readonly number[]) => WaldTest | null): readonly TermTest[] =>
  [...new Set(columns.map(({ term }) => term))].flatMap((term) => {
    const tested = wald(columns.flatMap((column, place) => (column.term === term ? [place + 1] : [])))
    return tested ? [{ term, ...tested }] : []
  })

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('gee', args, taken)
  const [data, formula] = [needed('gee', 'data', options.data), needed('gee', 'formula', options.formula)]
  const correlation = oneOf('correlation', options.correlation, workingCorrelations)
  const family = oneOf('family', options.family, geeFamilies)
  const columns = namesIn('cluster', needed('gee', 'cluster', options.cluster))
  if (readMixedFormula(formula).levels.length > 0)
    throw new BadInput('formula: gee takes no random intercept, --cluster names the clusters; glmm has one')
  const groups = columns.map((name) => `\`${name}\``).join(':')
  const { file, cluster, ...frame } = await readClusteredFrame(data, `${formula} + (1 | ${groups})`, options.reference)
  if (family === 'binomial') checkBinary(file, frame.formula.outcome, frame.outcome)
  const values = frame.columns.map((column) => column.values)
  const names = frame.columns.map(({ name }) => name)
  const fit = fitGee(frame.outcome, values, names, frame.clusters, { correlation, family })
  if (fit.kind !== 'estimated') throw new BadInput(`${file}: ${refused('gee', fit)}`)
  const { wald, ...found } = fit
  const tests = termTests(frame.columns, wald)
  const record = { formula, cluster, incompleteRows: frame.incomplete, references: frame.references, ...found, waldTests: tests }
  const ratios = fit.family === 'binomial' ? ['odds ratio', 'from', 'to'] : []
  const tables = [
    {
      title: `coefficients by estimating equations, ${correlation} (${fit.n} rows, ${fit.clusters} of ${cluster}), standard errors after Liang and Zeger`,
      columns: ['', 'estimate', 'SE', 'z', 'p', 'lower', 'upper', ...ratios],
      rows: fit.coefficients.map(({ name, estimate, standardError, statistic, p, interval, oddsRatio }) => [
        ...[name, estimate, standardError, statistic, p, interval.lower, interval.upper],
        ...ratioCells(oddsRatio),
      ]),
    },
    ...corrections.flatMap((correction) => correctedTable(fit.coefficients, correction)),
    { title: 'working correlation', columns: ['alpha', 'scale', 'largest cluster'], rows: [[fit.alpha, fit.scale, fit.largestCluster]] },
    {
      title: 'Wald tests of whole terms (HTZ)',
      columns: ['term', 'F', 'df', 'df within', 'p'],
      rows: tests.map(({ term, statistic, dfNumerator, dfDenominator, p }) => [term, statistic, dfNumerator, dfDenominator, p]),
    },
  ]
  print(options.json, record, tables, modelNotes(fit.warnings, frame.incomplete))
}

const usage = `gee --data f.csv --formula "y ~ x + arm" --cluster school [--correlation exchangeable] [--reference arm=control,…] [--json]
  fits an outcome of 0 and 1 by generalised estimating equations: odds ratios of the whole population, whatever the schools have in common
  --data <file>             a CSV with a header row; empty cells and NA are missing, incomplete rows are left out and counted
  --formula <formula>       +, : and * between columns, factor(x) for groups named by numbers, backquotes around odd names
  --cluster <column>        the column that names the clusters, or a,b where they are named by several
  --correlation <word>      independence, exchangeable (unless named), or ar1: the rows of a cluster in the order of time
  --family <word>           binomial (unless named), or gaussian for an outcome of numbers
  --reference <a=b,…>       the level each factor is compared with, otherwise its first in order
  --json                    every number with every digit; standardError is Liang and Zeger's, kauermannCarroll and manclDeRouen stand beside it`

export const gee: Command = { name: 'gee', usage, run }
