/** What the compiled scorer reads and writes. */

/** The code of an answer that is not there. Any other code that is not one of the item's values counts as not there too. */
export const missingCode = -128

/** Coded answers to one item, one per respondent: Int8Array is faster, Int16Array holds codes beyond -127 to 127. */
export type AnswerColumn = Int8Array | Int16Array

/** One scale's results: NaN where it cannot be scored, how many it added up, and the place of the band (-1 for none). */
export type ScoreColumn = { readonly value: Float64Array; readonly answered: Uint16Array; readonly band: Int8Array }

/** Rows are scored in blocks, so that the running sums stay in the nearest cache. */
export const blockRows = 2048

export type Block = { readonly columns: readonly AnswerColumn[]; readonly start: number; readonly count: number }

/** Scores one scale over one block of rows. */
export type Program = (block: Block, scores: readonly ScoreColumn[]) => void
