// A sheet as rows of text, whatever file it came from.
export type Line = {
  /** As the spreadsheet counts, from 1. */
  readonly row: number
  readonly cells: readonly string[]
}
export type Sheet = { readonly name: string; readonly lines: readonly Line[]; readonly date1904: boolean }

/** A piece of a larger text keeps all of it in memory; a copy does not. Short pieces are copies already. */
export const ownText = (text: string) => (text.length < 13 ? text : Buffer.from(text, 'utf16le').toString('utf16le'))

export const fullWidthToHalf = (text: string) =>
  text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ')

/** One line, no invisible characters. What is shown of a cell and what is read of it. */
export const tidy = (cell: string) =>
  cell
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
