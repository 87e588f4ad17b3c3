import type { Cell, Rows } from './equivalence-classes.ts'

export type UniqueAnswers = {
  readonly kind: 'estimated'
  readonly method: 'unique-answer-vectors'
  /** Records whose answers nobody else gave. */
  readonly unique: number
  readonly share: number
  readonly vectors: number
  readonly n: number
}

/**
 * How many records give themselves away by their answers alone: whoever saw the sheet finds the row.
 * A missing answer is here a value like any other, since a gap is seen on the sheet too. Records without a single answer are passed over.
 * @param rows one row a record, one cell an item, null where missing
 * @returns integers and their share; a share of 0 without answered records. Example: [['1', '0'], ['1', '0'], ['2', null]] has one unique of three
 */
export const uniqueAnswers = (rows: Rows): UniqueAnswers => {
  const counts = new Map<string, number>()
  const answered = rows.filter((row) => row.some((cell: Cell) => cell !== null))
  for (const row of answered) {
    const key = JSON.stringify(row)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const unique = [...counts.values()].filter((count) => count === 1).length
  const n = answered.length
  return { kind: 'estimated', method: 'unique-answer-vectors', unique, share: n === 0 ? 0 : unique / n, vectors: counts.size, n }
}
