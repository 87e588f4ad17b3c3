/** Columns as the text of a CSV file, missing cells empty. */

// SEC-09: no cell begins a formula, but a number stays a number
const opensFormula = /^[=+\-@\t\r|]/
const isNumber = (cell: string) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)

const quoted = (cell: string | null): string => {
  const text = cell === null ? '' : opensFormula.test(cell) && !isNumber(cell) ? `'${cell}` : cell
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvText = (names: readonly string[], columns: readonly (readonly (string | null)[])[]): string => {
  const rows = (columns[0] ?? []).map((_, row) => columns.map((cells) => cells[row]!))
  return `${[names, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`
}
