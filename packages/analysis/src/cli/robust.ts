import { clusterRobust } from '../models/cluster-robust.ts'
import { mixedRobust, mixedSandwichTypes } from '../models/mixed-robust.ts'
import { sandwichTypes, type WaldTest } from '../models/sandwich.ts'
import { BadInput, type Command, needed, oneOf, parseOptions } from './command.ts'
import { readFormula } from './model-frame.ts'
import { type ModelSums, modelOptions, readModelSums } from './model-sums.ts'
import { print } from './print.ts'
import { modelNotes, unanswered } from './sentences.ts'

type TermTest = WaldTest & { readonly term: string }

const termTests = ({ columns }: ModelSums, wald: (places: readonly number[]) => WaldTest | null): readonly TermTest[] =>
  [...new Set(columns.map(({ term }) => term))].flatMap((term) => {
    const tested = wald(columns.flatMap((column, place) => (column.term === term ? [place + 1] : [])))
    return tested ? [{ term, ...tested }] : []
  })

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('robust', args, { ...modelOptions, cluster: { type: 'string' }, type: { type: 'string', default: 'CR2' } })
  const type = oneOf('type', options.type, sandwichTypes)
  const formula = needed('robust', 'formula', options.formula)
  const { group } = readFormula(formula)
  if (group !== null && options.cluster !== undefined && options.cluster !== group)
    throw new BadInput(`--cluster ${options.cluster} is not the ${group} of the formula's random intercept`)
  const cluster = group ?? (options.sums === undefined ? needed('robust', 'cluster', options.cluster) : (options.cluster ?? 'cluster'))
  const model = await readModelSums('robust', { ...options, cluster })
  const names = model.columns.map(({ name }) => name)
  const fit =
    group === null ? clusterRobust(model.sums, names, type) : mixedRobust(model.sums, names, oneOf('type', type, mixedSandwichTypes))
  if (fit.kind === 'not-estimable') {
    const leftOut = type === 'CR3' && fit.reason === 'collinear' ? ', at least once a cluster is left out, as CR3 does' : ''
    throw new BadInput(`${model.file}: ${unanswered(fit.reason)}${leftOut}`)
  }
  const { wald, ...found } = fit
  const tests = termTests(model, wald)
  const record = { formula, cluster, incompleteRows: model.incomplete, references: model.references, ...found, waldTests: tests }
  const tables = [
    {
      title: `coefficients by ${group === null ? 'least squares' : 'REML with a random intercept'}, standard errors ${type} (${fit.n} rows, ${fit.clusters} of ${cluster}), df after Satterthwaite`,
      columns: ['', 'estimate', 'SE', 't', 'df', 'p', 'lower', 'upper'],
      rows: fit.coefficients.map(({ name, estimate, standardError, statistic, df, p, interval }) => [
        name,
        estimate,
        standardError,
        statistic,
        df,
        p,
        interval.lower,
        interval.upper,
      ]),
    },
    {
      title: 'Wald tests of whole terms (HTZ)',
      columns: ['term', 'F', 'df', 'df within', 'p'],
      rows: tests.map(({ term, statistic, dfNumerator, dfDenominator, p }) => [term, statistic, dfNumerator, dfDenominator, p]),
    },
  ]
  print(options.json, record, tables, modelNotes(fit.warnings, model.incomplete))
}

const usage = `robust --data f.csv --formula "y ~ x + arm" --cluster school [--type CR2] [--reference arm=control,…] [--json]
  fits least squares, or a random intercept, with cluster-robust standard errors and Satterthwaite's df
  --data <file>             a CSV with a header row; empty cells and NA are missing, incomplete rows are left out and counted
  --formula <formula>       +, : and * between columns, factor(x) for groups named by numbers, backquotes around odd names;
                            with (1 | school) the random-intercept model, clusters its groups, types CR0, CR1 and CR2
  --cluster <column>        the column that names the clusters
  --type <type>             CR0, CR1, CR1S, CR2 (unless named) or CR3
  --reference <a=b,…>       the level each factor is compared with, otherwise its first in order
  --sums <file>             in place of --data: per-cluster sums, as sums and its SQL make them
  --levels <a=b|c,…>        with --sums: the levels of each factor, the reference first
  --json                    every number with every digit`

export const robust: Command = { name: 'robust', usage, run }
