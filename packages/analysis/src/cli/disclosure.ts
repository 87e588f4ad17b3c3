import { type DisclosureRisk, disclosureRisk } from '../disclosure/disclosure-risk.ts'
import type { Rows } from '../disclosure/equivalence-classes.ts'
import { reachK } from '../disclosure/reach-k.ts'
import { uniqueAnswers } from '../disclosure/unique-answers.ts'
import { BadInput, type Command, namesIn, needed, numberIn, parseOptions } from './command.ts'
import { csvText } from './csv-text.ts'
import { cellAt, type DataTable, numberColumn, readDataTable, rowNumber, textColumn } from './data-table.ts'
import { afterTables, riskTables } from './disclosure-tables.ts'
import { readHierarchies } from './hierarchy-folder.ts'
import { writeOutFile } from './out.ts'
import { print } from './print.ts'

const usage = `disclosure --data f.csv --quasi a,b,c [--sensitive s] [--weights w] [--hierarchies dir] [--json]
  says how easily a record is recognised, and what a class gives away; with --k or --hierarchies also brings the table to a k

  --quasi a,b,c       what an outsider may know: quasi-identifiers, the most important first; an empty cell or NA matches any value
  --sensitive s       what must not come out: l-diversity and t-closeness
  --order u,v,w       the values of s from first to last, where they are not numbers
  --c 2               the c of recursive (c, l)-diversity
  --weights w         how many people each record stands for: population uniques, the journalist's risk, individual risk
  --answers a,b,c     items whose unique answer vectors are counted
  --k 5               the k to reach, 5 where only --hierarchies is given
  --hierarchies dir   one file a column, such as age.csv with rows 9,8-9,*
  --rare 0.05         the share of records that may be left to local suppression, 1 without hierarchies
  --out f.csv         writes the columns named here as they are after it; other columns are left out`

const options = {
  data: { type: 'string' },
  quasi: { type: 'string' },
  sensitive: { type: 'string' },
  order: { type: 'string' },
  c: { type: 'string', default: '2' },
  weights: { type: 'string' },
  answers: { type: 'string' },
  k: { type: 'string' },
  hierarchies: { type: 'string' },
  rare: { type: 'string' },
  out: { type: 'string' },
} as const

const weightsIn = (table: DataTable, name: string): readonly number[] =>
  numberColumn(table, name).map((weight, index) => {
    if (weight === null || weight <= 0)
      throw new BadInput(`${cellAt(table, index, name)}: a weight is a number above 0, got ${weight ?? 'nothing'}`)
    return weight
  })

const columnsAsRows = (table: DataTable, names: readonly string[]): Rows => {
  const columns = names.map((name) => textColumn(table, name))
  return Array.from({ length: table.rows }, (_, row) => columns.map((cells) => cells[row]!))
}

const wholeFrom = (option: string, text: string, least: number): number => {
  const value = numberIn(option, text)
  if (!Number.isInteger(value) || value < least) throw new BadInput(`--${option} takes a whole number of ${least} or more, got ${text}`)
  return value
}

const shareIn = (option: string, text: string): number => {
  const value = numberIn(option, text)
  if (value < 0 || value > 1) throw new BadInput(`--${option} takes a share from 0 to 1, got ${text}`)
  return value
}

/** A line on a terminal that says how far the suppression is, at most once in two hundred records. */
const shownOnTerminal = (done: number, of: number): void => {
  if (!process.stderr.isTTY) return
  if (done % 200 === 0) process.stderr.write(`\r${done} of ${of} rare records`)
  if (done === of - 1) process.stderr.write('\r\x1b[K')
}

type Given = ReturnType<typeof parseOptions<typeof options>>

/** Null where no k was asked for. */
const reached = async (given: Given, table: DataTable, quasi: readonly string[]) => {
  if (given.k === undefined && given.hierarchies === undefined) {
    const alone = (['rare', 'out'] as const).find((option) => given[option] !== undefined)
    if (alone) throw new BadInput(`--${alone} needs --k or --hierarchies beside it`)
    return null
  }
  const columns = quasi.map((name) => ({ name, cells: textColumn(table, name) }))
  const hierarchies =
    given.hierarchies === undefined
      ? quasi.map(() => null)
      : await readHierarchies(given.hierarchies, columns, (place) => rowNumber(table, place))
  const rare = given.rare ?? (given.hierarchies === undefined ? '1' : '0.05')
  return reachK(columnsAsRows(table, quasi), hierarchies, wholeFrom('k', given.k ?? '5', 1), shareIn('rare', rare), shownOnTerminal)
}

const namesOf = (given: Given) => {
  const quasi = namesIn('quasi', needed('disclosure', 'quasi', given.quasi))
  if (quasi.length > 16) throw new BadInput(`--quasi takes at most 16 columns, got ${quasi.length}`)
  const { sensitive = null, weights = null } = given
  if (given.order !== undefined && sensitive === null) throw new BadInput('--order needs --sensitive beside it')
  const twice = [sensitive, weights].find((name) => name !== null && quasi.includes(name))
  if (twice != null) throw new BadInput(`${twice} cannot be a quasi-identifier and something else too`)
  return { quasi, sensitive, weights, answers: given.answers === undefined ? null : namesIn('answers', given.answers) }
}

const sensitiveIn = (table: DataTable, name: string, given: Given) => {
  const values = textColumn(table, name)
  const order = given.order === undefined ? null : namesIn('order', given.order)
  const row = order ? values.findIndex((value) => value !== null && !order.includes(value)) : -1
  if (row >= 0) throw new BadInput(`${cellAt(table, row, name)}: ${values[row]} is not among the values of --order`)
  const c = numberIn('c', given.c ?? '2')
  if (c <= 0) throw new BadInput(`--c takes a number above 0, got ${given.c}`)
  return { values, order, c }
}

const withoutRecords = ({ sizes: _, populations: __, ...risk }: DisclosureRisk) => risk

const run = async (args: readonly string[]): Promise<void> => {
  const given = parseOptions('disclosure', args, options)
  const { quasi, sensitive, weights, answers } = namesOf(given)
  const others = [sensitive, weights].filter((name) => name !== null)
  const names = [...new Set([...quasi, ...others, ...(answers ?? [])])]
  const table = await readDataTable(needed('disclosure', 'data', given.data), names)
  const question = {
    rows: columnsAsRows(table, quasi),
    weights: weights === null ? null : weightsIn(table, weights),
    sensitive: sensitive === null ? null : sensitiveIn(table, sensitive, given),
  }
  const before = disclosureRisk(question)
  const unique = answers && uniqueAnswers(columnsAsRows(table, answers))
  const change = await reached(given, table, quasi)
  const after = change?.kind === 'reached' ? withoutRecords(disclosureRisk({ ...question, rows: change.rows })) : null
  const record = { file: table.file, quasi, sensitive, weights, ...before, uniqueAnswers: unique, change, after }
  const done = change ? afterTables(quasi, change, after) : { tables: [], notes: [] }
  const first = riskTables(before, unique)
  print(given.json ?? false, record, [...first.tables, ...done.tables], [...first.notes, ...done.notes])
  if (given.out === undefined) return
  if (change?.kind !== 'reached') throw new Error(`nothing was written to ${given.out}: the k that was asked for cannot be reached`)
  const kept = names.map((name) => (quasi.includes(name) ? change.rows.map((row) => row[quasi.indexOf(name)]!) : textColumn(table, name)))
  await writeOutFile(given.out, csvText(names, kept))
}

export const disclosure: Command = { name: 'disclosure', usage, run }
