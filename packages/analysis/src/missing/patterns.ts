import type { IncompleteColumn } from './incomplete-column.ts'

type MissingPattern = {
  /** names of the columns that are missing together, none in complete rows */
  readonly missing: readonly string[]
  readonly rows: number
  readonly share: number
}
export type MissingPatterns = {
  readonly rows: number
  readonly completeRows: number
  readonly columns: readonly { readonly name: string; readonly missing: number; readonly share: number }[]
  /** the most frequent first */
  readonly patterns: readonly MissingPattern[]
}

/**
 * Which columns are missing together, and how often: the table that comes before any handling of missing values.
 * No test of the mechanism: whether values are missing at random cannot be seen in the data.
 * @param columns of one length, their holes marked
 * Source: Little & Rubin 2019, doi:10.1002/9781119482260, ch. 1. Example: missingPatterns([incompleteNumbers('post', [1, null])]).patterns[1].missing is ['post']
 */
export const missingPatterns = (columns: readonly Pick<IncompleteColumn, 'name' | 'missing'>[]): MissingPatterns => {
  const rows = columns[0]?.missing.length ?? 0
  if (columns.some(({ missing }) => missing.length !== rows)) throw new Error(`missingPatterns requires ${rows} rows in every column`)
  const counts = new Map<string, number>()
  for (let row = 0; row < rows; row += 1) {
    const key = columns.map(({ missing }) => missing[row]).join('')
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const patterns = [...counts]
    .map(([key, count]) => ({
      missing: columns.flatMap(({ name }, place) => (key[place] === '1' ? [name] : [])),
      rows: count,
      share: count / rows,
    }))
    .sort((a, b) => b.rows - a.rows || a.missing.length - b.missing.length)
  return {
    rows,
    completeRows: patterns.find(({ missing }) => missing.length === 0)?.rows ?? 0,
    columns: columns.map(({ name, missing }) => {
      const count = missing.reduce((sum, hole) => sum + hole, 0)
      return { name, missing: count, share: rows === 0 ? 0 : count / rows }
    }),
    patterns,
  }
}
