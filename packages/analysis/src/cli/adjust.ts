import { type Adjustment, adjustedP, adjustments } from '../multiplicity/adjusted-p.ts'
import { BadInput, type Command, namesIn, needed, oneOf, parseOptions } from './command.ts'
import { cellAt, numberColumn, readDataTable, textColumn } from './data-table.ts'
import { print } from './print.ts'

type PValues = { readonly labels: readonly string[]; readonly p: readonly (number | null)[] }

const fromList = (text: string): PValues => {
  const cells = text.split(',').map((cell) => cell.trim())
  const p = cells.map((cell) => {
    if (cell === '' || cell === 'NA') return null
    const value = Number(cell)
    if (!(value >= 0 && value <= 1)) throw new BadInput(`--p takes p-values from 0 to 1 with commas between, got ${cell}`)
    return value
  })
  return { labels: cells.map((_, place) => String(place + 1)), p }
}

const fromFile = async (path: string, column: string, label: string | undefined): Promise<PValues> => {
  const table = await readDataTable(path, [column, ...(label === undefined ? [] : [label])])
  const p = numberColumn(table, column)
  const row = p.findIndex((value) => value !== null && !(value >= 0 && value <= 1))
  if (row >= 0) throw new BadInput(`${cellAt(table, row, column)}: a p-value is from 0 to 1, got ${p[row]}`)
  const names = label === undefined ? null : textColumn(table, label)
  return { labels: p.map((_, place) => names?.[place] ?? String(place + 1)), p }
}

const run = async (args: readonly string[]): Promise<void> => {
  const text = { type: 'string' } as const
  const options = parseOptions('adjust', args, {
    p: text,
    data: text,
    label: text,
    method: { type: 'string', default: adjustments.join(',') },
  })
  const given = needed('adjust', 'p', options.p)
  const { labels, p } = options.data === undefined ? fromList(given) : await fromFile(options.data, given, options.label)
  const methods: readonly Adjustment[] = namesIn('method', options.method).map((name) => oneOf('method', name, adjustments))
  const made = methods.map((method) => [method, adjustedP(p, method)] as const)
  const tests = p.filter((value) => value !== null).length
  const rows = labels.map((label, place) => [label, p[place], ...made.map(([, values]) => values[place])])
  print(options.json, { tests, labels, p, ...Object.fromEntries(made) }, [
    { title: `${tests} p-values, adjusted for one another`, columns: ['', 'p', ...methods], rows },
  ])
}

const usage = `adjust --p 0.01,0.04,NA | --data f.csv --p <column> [--label <column>] [--method holm,hochberg,hommel,bonferroni,BH,BY] [--json]
  adjusts the p-values of several outcomes for one another; NA keeps its place and does not count
  --p <values|column>   the p-values with commas between; with --data the column that holds them
  --label <column>      what each p-value is called
  --method <names>      which adjustments, all unless named: the first four against any false claim, BH and BY against too large a share
  --json                every number with every digit`

export const adjust: Command = { name: 'adjust', usage, run }
