import { type MetaAnalysis, metaAnalysis, type Study } from '../synthesis/meta-analysis.ts'
import { BadInput, type Command, needed, numberIn, parseOptions } from './command.ts'
import { cellAt, type DataTable, numberColumn, readDataTable, rowNumber, textColumn } from './data-table.ts'
import { print, type Table } from './print.ts'

/** Estimates with variances, rows with either missing left out. */
const studiesIn = (table: DataTable, estimate: string, spread: string, isError: boolean) => {
  const [estimates, spreads] = [numberColumn(table, estimate), numberColumn(table, spread)]
  return estimates.flatMap((value, row): readonly (Study & { readonly row: number })[] => {
    const size = spreads[row]!
    if (value === null || size === null) return []
    if (!(size > 0)) throw new BadInput(`${cellAt(table, row, spread)}: a variance or standard error is above 0, got ${size}`)
    return [{ row, estimate: value, variance: isError ? size * size : size }]
  })
}

const tables = (found: MetaAnalysis): readonly Table[] => {
  const random = [
    ['DerSimonian-Laird', found.derSimonianLaird],
    ['REML', found.reml],
  ] as const
  return [
    {
      title: `${found.studies} studies pooled`,
      columns: ['', 'estimate', 'SE', 'df', 'p', 'lower', 'upper', 'predicted from', 'to', 'tau²', 'I² %'],
      rows: [
        [
          'fixed effect',
          found.fixed.estimate,
          found.fixed.standardError,
          null,
          found.fixed.p,
          found.fixed.interval.lower,
          found.fixed.interval.upper,
        ],
        ...random.flatMap(([name, { knappHartung: hk, predictionInterval: predicted, ...model }]) => [
          [
            ...[name, model.estimate, model.standardError, null, model.p, model.interval.lower, model.interval.upper],
            ...[predicted.lower, predicted.upper, model.betweenVariance, model.iSquared],
          ],
          [
            ...[`${name}, Knapp-Hartung`, hk.estimate, hk.standardError, hk.df, hk.p, hk.interval.lower, hk.interval.upper],
            ...[hk.predictionInterval.lower, hk.predictionInterval.upper, model.betweenVariance, model.iSquared],
          ],
        ]),
      ],
    },
    {
      title: 'heterogeneity',
      columns: ['Q', 'df', 'p', 'I² %'],
      rows: [[found.heterogeneity.statistic, found.heterogeneity.df, found.heterogeneity.p, found.heterogeneity.iSquared]],
    },
  ]
}

const run = async (args: readonly string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = parseOptions('meta', args, {
    ...{ data: text, estimate: text, variance: text, 'standard-error': text, label: text },
    level: { type: 'string', default: '0.95' },
  })
  const [data, estimate] = [needed('meta', 'data', options.data), needed('meta', 'estimate', options.estimate)]
  const [variance, error, label] = [options.variance, options['standard-error'], options.label]
  if ((variance === undefined) === (error === undefined)) throw new BadInput('meta needs --variance or --standard-error, one of the two')
  const level = numberIn('level', options.level)
  if (!(level > 0 && level < 1)) throw new BadInput(`--level takes a number between 0 and 1, got ${options.level}`)
  const spread = needed('meta', 'variance', variance ?? error)
  const table = await readDataTable(data, [estimate, spread, ...(label === undefined ? [] : [label])])
  const studies = studiesIn(table, estimate, spread, error !== undefined)
  const found = metaAnalysis(studies, level)
  if (found.kind === 'not-estimable') throw new BadInput(`${table.file} has ${studies.length} studies with both numbers, two are needed`)
  const names = label === undefined ? null : textColumn(table, label)
  const leftOut = table.rows - studies.length
  const labels = studies.map(({ row }) => names?.[row] ?? `row ${rowNumber(table, row)}`)
  const notes = leftOut > 0 ? [`${leftOut} rows with a missing number were left out.`] : []
  print(options.json, { labels, leftOut, ...found }, tables(found), notes)
}

const usage = `meta --data f.csv --estimate <column> --variance <column> | --standard-error <column> [--label <column>] [--level 0.95] [--json]
  pools effects of several counties or trials: fixed effect, DerSimonian-Laird and REML, each random one also by Knapp and Hartung
  --data <file>               a CSV with one row a study
  --estimate <column>         effects in one metric, ratios as logarithms
  --variance <column>         their sampling variances, or
  --standard-error <column>   their standard errors
  --label <column>            what each study is called
  --level <share>             of the intervals, 0.95 unless named
  --json                      every number with every digit`

export const meta: Command = { name: 'meta', usage, run }
