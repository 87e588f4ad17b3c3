// What a spreadsheet puts on the clipboard (tabs) or saves as CSV (commas), as rows of cells.

const clean = (cell: string) =>
  cell
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/** Tab-separated where there is any tab, else by commas, Chinese ones too. A cell that begins with a quote ends with one. Blank rows are left out. */
export const cellsOf = (text: string): readonly (readonly string[])[] => {
  const separators = text.indexOf('\t') >= 0 ? '\t' : ',，'
  const rows: string[][] = [['']]
  let quoted = false
  const append = (characters: string) => {
    const row = rows[rows.length - 1]!
    row[row.length - 1] += characters
  }
  const cellIsEmpty = () => rows[rows.length - 1]!.slice(-1)[0] === ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!
    if (quoted && character === '"' && text[at + 1] === '"') {
      append('"')
      at += 1
    } else if (quoted && character === '"') quoted = false
    else if (quoted) append(character)
    else if (character === '"' && cellIsEmpty()) quoted = true
    else if (separators.indexOf(character) >= 0) rows[rows.length - 1]!.push('')
    else if (character === '\n' || character === '\r') rows.push([''])
    else append(character)
  }
  return rows.map((row) => row.map(clean)).filter((row) => row.some((cell) => cell !== ''))
}
