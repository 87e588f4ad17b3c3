/** Answers of many people from a CSV file: a header of item ids (or i1, i2, ... by position), a record a person. Nothing is guessed. */
import { type Answer, type Answers, valuesOf } from '../answers.ts'
import { type CsvRow, readCsv } from '../csv.ts'
import type { Definition } from '../definition.ts'
import { isAsked } from '../skip-logic.ts'
import { keyOf } from './chosen.ts'

export type Sheet = { readonly row: number; readonly kept: readonly string[]; readonly answers: Answers }
export type Sheets = { readonly kept: readonly string[]; readonly sheets: readonly Sheet[] }
type Asking = { readonly file: string; readonly ids: readonly string[]; readonly byPosition: boolean }

/** The column that marks simulated rows. It is always let through, so that simulated answers stay marked once they are scored. */
export const simulatedColumn = 'simulated'
const reasons: readonly string[] = ['skipped', 'declined', 'not_shown']

const recordsOf = (file: string, text: string): readonly CsvRow[] => {
  if (text.includes('\uFFFD')) throw new Error(`${file} is not UTF-8: save it as CSV UTF-8`)
  try {
    const rows = readCsv(text)
    const last = rows.findLastIndex(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    return rows.slice(0, rows[0]?.cells.length === 1 ? rows.length : last + 1)
  } catch (error) {
    throw new Error((error as Error).message.replace(/^line (\d+)/, `${file}:$1`)) // readCsv throws Errors only
  }
}

const listed = (names: readonly string[]) => names.join(', ')

/** Where each item and each kept column stands. Unknown, missing and repeated columns are named, all at once. */
const columnsOf = (definition: Definition, { line, cells }: CsvRow, { file, ids, byPosition }: Asking) => {
  const header = cells.map((cell) => cell.trim())
  const wanted = definition.items.map(({ id }, position) => (byPosition ? `i${position + 1}` : id))
  const kept = [...ids, ...(header.includes(simulatedColumn) && !ids.includes(simulatedColumn) ? [simulatedColumn] : [])]
  const missing = [...wanted, ...kept].filter((name) => !header.includes(name))
  const unknown = header.filter((name) => !wanted.includes(name) && !kept.includes(name))
  const repeated = header.filter((name, position) => header.indexOf(name) !== position)
  const problems = [
    ...(unknown.length > 0 ? [`${listed(unknown.map((name) => name || '(no name)'))} unknown`] : []),
    ...(missing.length > 0 ? [`${listed(missing)} missing`] : []),
    ...(repeated.length > 0 ? [`${listed(repeated)} repeated`] : []),
  ]
  if (problems.length > 0) {
    const expected = `${wanted[0]} to ${wanted.at(-1)}`
    const hint = unknown.length > 0 ? ' (--id <column> keeps another column)' : ''
    throw new Error(`${file}:${line}: columns of ${keyOf(definition)}: ${problems.join('; ')}; expected: ${expected}${hint}`)
  }
  return { kept, keptAt: kept.map((name) => header.indexOf(name)), itemsAt: wanted.map((name) => header.indexOf(name)), wanted }
}

type Read = { readonly ok: true; readonly answer: Answer | null } | { readonly ok: false }

/** A cell as an answer; null is an empty cell. A whole number may have been written with a point (1.0). */
const answerIn = (text: string, values: readonly number[]): Read => {
  if (text === '') return { ok: true, answer: null }
  if (reasons.includes(text)) return { ok: true, answer: text as Answer } // one of the three words
  const value = /^[+-]?\d+(\.0+)?$/.test(text) ? Number(text) : Number.NaN
  return values.includes(value) ? { ok: true, answer: value } : { ok: false }
}

const withBlanks = (definition: Definition, given: Answers): Answers => ({
  ...given,
  ...Object.fromEntries(
    definition.items
      .filter(({ id }) => given[id] === undefined)
      .map(({ id }) => [id, isAsked(definition, given, id) ? 'skipped' : 'not_shown'] as const),
  ),
})

type Refused = { readonly line: number; readonly row: number; readonly position: number; readonly cell: string }

const refusal = (definition: Definition, { line, row, position, cell }: Refused, column: string) => {
  const { id, askedIf } = definition.items[position]!
  const reasonsHere = askedIf ? 'skipped, declined, not_shown where the items before it do not ask it' : 'skipped, declined'
  return `${line}: row ${row}, column ${column}: "${cell.slice(0, 40)}" is not allowed; allowed: ${listed(valuesOf(definition, id).map(String))}, empty, ${reasonsHere}`
}

/**
 * Reads every sheet or none: the first bad cell is an error that names row, column and what is allowed, with the number of further ones.
 * An empty cell is a skipped answer, or not shown where skip logic takes the item away. An item that the sheet asks cannot be not_shown.
 */
export const answerSheets = (definition: Definition, text: string, asking: Asking): Sheets => {
  const { file } = asking
  const [header, ...records] = recordsOf(file, text)
  if (!header) throw new Error(`${file} is empty: its first line names the columns`)
  const { kept, keptAt, itemsAt, wanted } = columnsOf(definition, header, asking)
  const values = definition.items.map(({ id }) => valuesOf(definition, id))
  const refused: Refused[] = []
  const sheets = records.map(({ line, cells }, index): Sheet => {
    const row = index + 1
    if (cells.length !== header.cells.length)
      throw new Error(`${file}:${line}: row ${row} has ${cells.length} cells, the header has ${header.cells.length}`)
    const cellAt = (position: number) => cells[itemsAt[position]!]!.trim()
    const given: Record<string, Answer> = {}
    for (const [position, { id }] of definition.items.entries()) {
      const read = answerIn(cellAt(position), values[position]!)
      if (!read.ok) refused.push({ line, row, position, cell: cellAt(position) })
      else if (read.answer !== null) given[id] = read.answer
    }
    for (const [position, { id }] of definition.items.entries())
      if (given[id] === 'not_shown' && isAsked(definition, given, id)) refused.push({ line, row, position, cell: cellAt(position) })
    return { row, kept: keptAt.map((at) => cells[at]!), answers: withBlanks(definition, given) }
  })
  const [first] = refused
  if (first) {
    const more = refused.length > 1 ? ` (and ${refused.length - 1} more bad cells)` : ''
    throw new Error(`${file}:${refusal(definition, first, wanted[first.position]!)}${more}`)
  }
  return { kept, sheets }
}
