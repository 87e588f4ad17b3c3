import { sumsSql } from '../formula/sums-sql.ts'
import { BadInput, type Command, needed, parseOptions } from './command.ts'
import { readFormula } from './model-frame.ts'
import { levelsIn, readModelSums } from './model-sums.ts'
import { sumsText } from './sums-file.ts'

const run = async (args: readonly string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = parseOptions('sums', args, {
    sql: { type: 'boolean', default: false },
    data: text,
    formula: text,
    cluster: text,
    reference: text,
    levels: text,
    table: text,
  })
  const formula = readFormula(needed('sums', 'formula', options.formula))
  const cluster = needed('sums', 'cluster', options.cluster ?? formula.group ?? undefined)
  if (options.sql) {
    if (options.data !== undefined || options.reference !== undefined || options.json)
      throw new BadInput('sums --sql takes --formula, --cluster, --table and --levels; it reads no data')
    return console.log(`${sumsSql({ formula, cluster, table: options.table ?? 'pupils', levels: levelsIn(options.levels, formula) })};`)
  }
  const { data, formula: asked, reference, levels } = options
  const { sums, columns, incomplete, references } = await readModelSums('sums', { data, formula: asked, reference, levels, cluster })
  const names = [...columns.map(({ name }) => name), formula.outcome]
  console.log(
    options.json ? JSON.stringify({ columns: names, incompleteRows: incomplete, references, clusters: sums }, null, 2) : sumsText(sums),
  )
  const small = sums.filter(({ n }) => n < 10).length
  if (small > 0)
    console.error(`${small} of ${sums.length} clusters have fewer than 10 rows: their sums disclose pupils, do not pass them on`)
}

const usage = `sums --sql --formula "y ~ x + arm" --cluster school [--table pupils] [--levels "arm=control|programme,…"]
  prints the GROUP BY, for PostgreSQL and DuckDB, that reduces rows to the per-cluster sums lmm and robust are fitted to
sums --data f.csv --formula "y ~ x + arm" --cluster school [--reference arm=control,…] [--json]
  reduces the rows of a CSV to the same sums; lmm and robust read them with --sums
  --cluster <column>        the column that names the clusters, or write (1 | school) in the formula
  --table <table>           the table, or schema.table, that the SQL reads: pupils unless named
  --levels <a=b|c,…>        the levels of each factor, the reference first; a column without levels is a number
  The sums of a cluster of few rows disclose its members: mind the minimum cell size before passing them on.`

export const sums: Command = { name: 'sums', usage, run }
