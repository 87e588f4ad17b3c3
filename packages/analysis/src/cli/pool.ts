import { type PooledEstimate, pooledEstimate } from '../missing/pooled-estimate.ts'
import { BadInput, type Command, needed, numberIn, parseOptions } from './command.ts'
import { cellAt, type DataTable, numberColumn, readDataTable, textColumn } from './data-table.ts'
import { print } from './print.ts'

/** Estimates and standard errors of each term, one row a table and term. */
const termsIn = (table: DataTable, estimate: string, error: string, term: string | undefined) => {
  const [estimates, errors] = [numberColumn(table, estimate), numberColumn(table, error)]
  const names = term === undefined ? null : textColumn(table, term)
  const rows = estimates.map((value, row) => {
    const size = errors[row]!
    const absent = value === null ? estimate : size === null ? error : names && names[row] === null ? term! : null
    if (absent !== null) throw new BadInput(`${cellAt(table, row, absent)}: is empty`)
    if (!(size! > 0)) throw new BadInput(`${cellAt(table, row, error)}: a standard error is above 0, got ${size}`)
    return { name: names?.[row] ?? estimate, estimate: value!, standardError: size! }
  })
  return [...Map.groupBy(rows, ({ name }) => name)]
}

const run = async (args: readonly string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = parseOptions('pool', args, { data: text, estimate: text, 'standard-error': text, term: text, df: text })
  const [data, estimate, error] = [
    needed('pool', 'data', options.data),
    needed('pool', 'estimate', options.estimate),
    needed('pool', 'standard-error', options['standard-error']),
  ]
  const df = options.df === undefined ? Number.POSITIVE_INFINITY : numberIn('df', options.df)
  if (!(df > 0)) throw new BadInput(`--df takes a number above 0, got ${options.df}`)
  const table = await readDataTable(data, [estimate, error, ...(options.term === undefined ? [] : [options.term])])
  const terms = termsIn(table, estimate, error, options.term).map(([name, rows]): PooledEstimate & { readonly term: string } => {
    const found = pooledEstimate(rows, df)
    if (found.kind === 'not-estimable') throw new BadInput(`${table.file}: ${name} has one row, two imputed tables or more are needed`)
    return { term: name, ...found }
  })
  const columns = ['', 'tables', 'estimate', 'SE', 'df', 'p', 'lower', 'upper', 'missing information']
  const rows = terms.map((one) => [
    ...[one.term, one.imputations, one.estimate, one.standardError, one.df, one.p],
    ...[one.interval.lower, one.interval.upper, one.fractionMissing],
  ])
  print(options.json, { file: table.file, completeDf: options.df === undefined ? null : df, terms }, [
    { title: "analyses of imputed tables pooled by Rubin's rules", columns, rows },
  ])
}

const usage = `pool --data f.csv --estimate <column> --standard-error <column> [--term <column>] [--df 22] [--json]
  pools the analyses of several imputed tables by Rubin's rules, with Barnard and Rubin's degrees of freedom
  --data <file>               a CSV with one row a table, or one a table and term
  --estimate <column>         what each analysis found
  --standard-error <column>   and how surely
  --term <column>             which coefficient a row is of
  --df <n>                    of the analysis had nothing been missing, without end unless named
  --json                      every number with every digit`

export const pool: Command = { name: 'pool', usage, run }
