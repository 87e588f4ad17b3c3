import { cheapestCycle } from './cheapest-cycle.ts'

export type SuppressedTable = {
  readonly kind: 'suppressed'
  readonly method: 'small-cells-with-complementary-suppression'
  readonly minimum: number
  /** The counts, null where suppressed. */
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly (number | null)[]
  readonly total: number | null
  /** Figures suppressed because they are small, and others to keep those from being worked out; totals count as figures. */
  readonly small: number
  readonly complementary: number
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

/** The table with its totals as last row and column. */
const withTotals = (counts: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const columns = counts[0]?.map((_, column) => sum(counts.map((row) => row[column]!))) ?? []
  return [...counts.map((row) => [...row, sum(row)]), [...columns, sum(columns)]]
}

const check = (counts: readonly (readonly number[])[]) => {
  const columns = counts[0]?.length ?? 0
  if (columns === 0) throw new Error('suppressSmallCells requires at least one row and one column')
  if (counts.some((row) => row.length !== columns)) throw new Error(`suppressSmallCells requires ${columns} counts in every row`)
  const wrong = counts.flat().find((count) => !Number.isInteger(count) || count < 0)
  if (wrong !== undefined) throw new Error(`suppressSmallCells requires whole counts of 0 and more, got ${wrong}`)
}

/**
 * Takes the small counts out of a table that is published with its totals, and as many others as it needs that none can be worked out:
 * to whoever knows all that is published, and that counts are not negative, each suppressed figure may be off its true value by the minimum or more.
 * Others are chosen to hide the least: for each figure the cheapest ring of figures that can all move by the minimum. A total under it is small too.
 * Not a protection across tables that share a margin or were published at different times.
 * @param counts one row a group, whole numbers; @param minimum counts below it are suppressed, zero too
 * Throws on an empty or ragged table and on counts that are negative or not whole.
 * Source: Cox 1980, doi:10.1080/01621459.1980.10477481. Example: [[3, 40], [50, 60]] loses all four counts and keeps its totals
 */
export const suppressSmallCells = (counts: readonly (readonly number[])[], minimum = 10): SuppressedTable => {
  check(counts)
  const table = withTotals(counts)
  const hidden = table.map((row) => row.map((count) => count < minimum))
  const safe = table.map((row) => row.map(() => false))
  const small = hidden.flat().filter(Boolean).length
  const open = () => hidden.flatMap((row, i) => row.flatMap((isHidden, j) => (isHidden && !safe[i]![j] ? [[i, j] as const] : [])))
  for (let queue = open(); queue.length > 0; queue = open()) {
    for (const [i, j] of cheapestCycle(table, hidden, queue[0]!, minimum)) {
      hidden[i]![j] = true
      safe[i]![j] = true
    }
  }
  const shown = table.map((row, i) => row.map((count, j) => (hidden[i]![j] ? null : count)))
  const [rows, columns] = [counts.length, counts[0]!.length]
  return {
    kind: 'suppressed',
    method: 'small-cells-with-complementary-suppression',
    minimum,
    cells: shown.slice(0, rows).map((row) => row.slice(0, columns)),
    rowTotals: shown.slice(0, rows).map((row) => row[columns]!),
    columnTotals: shown[rows]!.slice(0, columns),
    total: shown[rows]![columns]!,
    small,
    complementary: hidden.flat().filter(Boolean).length - small,
  }
}
