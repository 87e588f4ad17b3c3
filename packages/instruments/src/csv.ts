/** Comma-separated values after RFC 4180, read and written. Free of any dependency; a byte order mark and all line ends are understood. */

/** One record: its cells without their quotation marks, and the line of the file on which it begins. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

const cell = /"([^"]*(?:""[^"]*)*)"|[^,\r\n]*/y
const lineEnd = /\r\n|\n|\r|$/y
const matchedAt = (pattern: RegExp, text: string, at: number) => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Every record of a text, in order. An error says the line: a quotation mark that is never closed, or text after a closing one. */
export const readCsv = (text: string): readonly CsvRow[] => {
  const rows: CsvRow[] = []
  let [at, line] = [text.startsWith('\uFEFF') ? 1 : 0, 1]
  while (at < text.length) {
    const [start, cells]: [number, string[]] = [line, []]
    for (let more = true; more; at += more ? 1 : 0) {
      const [whole, quoted] = matchedAt(cell, text, at)!
      if (quoted === undefined && whole.startsWith('"')) throw new Error(`line ${line}: a quotation mark is never closed`)
      cells.push(quoted === undefined ? whole : quoted.replaceAll('""', '"'))
      line += (quoted?.match(/\r\n|\n|\r/g) ?? []).length
      at += whole.length
      more = text[at] === ','
    }
    const ended = matchedAt(lineEnd, text, at)
    if (!ended) throw new Error(`line ${line}: text stands after a closing quotation mark`)
    rows.push({ line: start, cells })
    at += ended[0].length
    line += 1
  }
  return rows
}

export type CsvCell = string | number | null

const written = (value: CsvCell) => {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r|]/.test(text) ? `'${text}` : text // SEC-09: no cell begins a formula
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows as text with a line feed after each. A text that would begin a formula gets an apostrophe in front; a number never does. */
export const csvText = (rows: readonly (readonly CsvCell[])[]): string => rows.map((row) => `${row.map(written).join(',')}\n`).join('')
