/** What a command answers: the record as JSON with every digit, or tables to be read. */

type Shown = string | number | null | undefined
export type Table = { readonly title: string; readonly columns: readonly string[]; readonly rows: readonly (readonly Shown[])[] }

const wide = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/
const width = (text: string): number => [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0)

/** Five digits, a whole number whole. */
const shown = (cell: Shown): string => {
  if (typeof cell !== 'number') return cell ?? ''
  return Number.isInteger(cell) && Math.abs(cell) < 1e15 ? String(cell) : String(Number(cell.toPrecision(5)))
}

/** A table as lines: text to the left, numbers to the right. */
export const tableText = ({ title, columns, rows }: Table): string => {
  const lines = [columns, ...rows.map((row) => row.map(shown))]
  const widths = columns.map((_, k) => Math.max(...lines.map((line) => width(line[k] ?? ''))))
  const isNumber = columns.map((_, k) => rows.some((row) => typeof row[k] === 'number'))
  const padded = (text: string, k: number) => {
    const space = ' '.repeat(widths[k]! - width(text))
    return isNumber[k] ? space + text : text + space
  }
  return [title, ...lines.map((line) => `  ${columns.map((_, k) => padded(line[k] ?? '', k)).join('  ')}`.trimEnd())].join('\n')
}

/** Prints the record with --json, otherwise its tables and then its notes, one sentence each. */
export const print = (json: boolean, record: unknown, tables: readonly Table[], notes: readonly string[] = []): void =>
  console.log(json ? JSON.stringify(record, null, 2) : [...tables.map(tableText), ...notes].join('\n\n'))
