import { publishedPercentage } from '../disclosure/published-percentage.ts'
import { suppressSmallCells } from '../disclosure/small-cells.ts'
import { BadInput, type Command, needed, numberIn, parseOptions } from './command.ts'
import { type DataTable, isNumeric, readDataTable, textColumn } from './data-table.ts'
import { print } from './print.ts'

const usage = `small-cells --data f.csv --rows a --columns b [--minimum 10] [--json]
  counts a by b and suppresses what is small, with as much more as it needs that nothing can be worked out

  --minimum 10        counts below it are suppressed; rows of the data with an empty cell or NA are left out and counted`

const options = {
  data: { type: 'string' },
  rows: { type: 'string' },
  columns: { type: 'string' },
  minimum: { type: 'string', default: '10' },
} as const

const valuesOf = (table: DataTable, name: string): readonly string[] => {
  const values = [...new Set(textColumn(table, name).filter((cell) => cell !== null))]
  if (values.length === 0) throw new BadInput(`${table.file} has no value in the column ${name}`)
  return isNumeric(table, name) ? values.sort((a, b) => Number(a) - Number(b)) : values.sort()
}

const countedBy = (table: DataTable, down: string, across: string) => {
  const [rows, columns] = [valuesOf(table, down), valuesOf(table, across)]
  const counts = rows.map(() => columns.map(() => 0))
  const [a, b] = [textColumn(table, down), textColumn(table, across)]
  const [rowOf, columnOf] = [rows, columns].map((values) => new Map(values.map((value, place) => [value, place] as const)))
  let left = 0
  a.forEach((value, record) => {
    const other = b[record]!
    if (value === null || other === null) left += 1
    else counts[rowOf!.get(value)!]![columnOf!.get(other)!]! += 1
  })
  return { rows, columns, counts, left }
}

const run = async (args: readonly string[]): Promise<void> => {
  const given = parseOptions('small-cells', args, options)
  const [down, across] = [needed('small-cells', 'rows', given.rows), needed('small-cells', 'columns', given.columns)]
  if (down === across) throw new BadInput(`--rows and --columns both name ${down}`)
  const minimum = numberIn('minimum', given.minimum ?? '10')
  if (!Number.isInteger(minimum) || minimum < 1) throw new BadInput(`--minimum takes a whole number of 1 or more, got ${given.minimum}`)
  const table = await readDataTable(needed('small-cells', 'data', given.data), [down, across])
  const { rows, columns, counts, left } = countedBy(table, down, across)
  const found = suppressSmallCells(counts, minimum)
  // the percentage of a suppressed count, or of a suppressed total, would give it away again
  const percentages = found.cells.map((row, i) =>
    row.map((count) => (count === null || found.rowTotals[i] == null ? null : publishedPercentage(count, found.rowTotals[i], minimum))),
  )
  const shown = [...found.cells.map((row, i) => [rows[i]!, ...row, found.rowTotals[i]!]), ['total', ...found.columnTotals, found.total]]
  print(
    given.json ?? false,
    { file: table.file, rows, columns, ...found, percentages, leftOut: left },
    [{ title: `${down} by ${across}`, columns: [down, ...columns, 'total'], rows: shown.map((row) => row.map((cell) => cell ?? '·')) }],
    [
      `Suppressed (·): ${found.small} for being below ${minimum}, ${found.complementary} so that none can be worked out. Rows of the data left out for a missing value: ${left}.`,
    ],
  )
}

export const smallCells: Command = { name: 'small-cells', usage, run }
