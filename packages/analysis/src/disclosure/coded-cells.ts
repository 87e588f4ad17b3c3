import type { Rows } from './equivalence-classes.ts'

/** Cells as whole numbers: 0 where missing, otherwise one number a value of its column, from 1 in order of appearance. */
export const codedCells = (rows: Rows): readonly (readonly number[])[] => {
  const books = (rows[0] ?? []).map(() => new Map<string | null, number>([[null, 0]]))
  return rows.map((row) =>
    row.map((cell, column) => {
      const book = books[column]!
      const code = book.get(cell) ?? book.size
      book.set(cell, code)
      return code
    }),
  )
}
