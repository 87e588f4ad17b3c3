import { clusterRobust, sandwichTypes, type WaldTest } from '../models/cluster-robust.ts'
import { clusterSums } from '../models/cluster-sums.ts'
import { BadInput, type Command, needed, oneOf, parseOptions } from './command.ts'
import { type ModelFrame, readFormula, readModelFrame } from './model-frame.ts'
import { print } from './print.ts'
import { modelNotes, unanswered } from './sentences.ts'

type TermTest = WaldTest & { readonly term: string }

const termTests = ({ columns }: ModelFrame, wald: (places: readonly number[]) => WaldTest | null): readonly TermTest[] =>
  [...new Set(columns.map(({ term }) => term))].flatMap((term) => {
    const tested = wald(columns.flatMap((column, place) => (column.term === term ? [place + 1] : [])))
    return tested ? [{ term, ...tested }] : []
  })

const run = async (args: readonly string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const taken = { data: text, formula: text, cluster: text, type: { type: 'string', default: 'CR2' }, reference: text } as const
  const options = parseOptions('robust', args, taken)
  const [data, formula] = [needed('robust', 'data', options.data), needed('robust', 'formula', options.formula)]
  const cluster = needed('robust', 'cluster', options.cluster)
  const type = oneOf('type', options.type, sandwichTypes)
  if (readFormula(formula).group !== null)
    throw new BadInput('formula: robust takes no random intercept, --cluster names the clusters; lmm is for models with one')
  const frame = await readModelFrame({ data, formula, reference: options.reference, cluster })
  const sums = clusterSums(frame.clusters, [...frame.columns.map(({ values }) => values), frame.outcome])
  const names = frame.columns.map(({ name }) => name)
  const fit = clusterRobust(sums, names, type)
  if (fit.kind === 'not-estimable') {
    const leftOut = type === 'CR3' && fit.reason === 'collinear' ? ', at least once a cluster is left out, as CR3 does' : ''
    throw new BadInput(`${data}: ${unanswered(fit.reason)}${leftOut}`)
  }
  const { wald, ...found } = fit
  const tests = termTests(frame, wald)
  const record = { formula, cluster, incompleteRows: frame.incomplete, references: frame.references, ...found, waldTests: tests }
  const tables = [
    {
      title: `coefficients by least squares, standard errors ${type} (${fit.n} rows, ${fit.clusters} of ${cluster}), df after Satterthwaite`,
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
  print(options.json, record, tables, modelNotes(fit.warnings, frame.incomplete))
}

const usage = `robust --data f.csv --formula "y ~ x + arm" --cluster school [--type CR2] [--reference arm=control,…] [--json]
  fits least squares with cluster-robust standard errors and Satterthwaite's df
  --data <file>             a CSV with a header row; empty cells and NA are missing, incomplete rows are left out and counted
  --formula <formula>       +, : and * between columns, factor(x) for groups named by numbers, backquotes around odd names
  --cluster <column>        the column that names the clusters
  --type <type>             CR0, CR1, CR1S, CR2 (unless named) or CR3
  --reference <a=b,…>       the level each factor is compared with, otherwise its first in order
  --json                    every number with every digit`

export const robust: Command = { name: 'robust', usage, run }
