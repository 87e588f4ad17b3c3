import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type SuppressedTable, suppressSmallCells } from './small-cells.ts'

type Counts = readonly (readonly number[])[]
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
const figures = (counts: Counts) => {
  const rows = counts.map((row) => [...row, sum(row)])
  return [...rows, rows[0]!.map((_, column) => sum(rows.map((row) => row[column]!)))]
}
const published = ({ cells, rowTotals, columnTotals, total }: SuppressedTable) => [
  ...cells.map((row, i) => [...row, rowTotals[i]!]),
  [...columnTotals, total],
]

/** Every table whose cells are within a reach of the true ones, by trying all of them. */
function* neighbours(counts: Counts, reach: number): Generator<Counts> {
  const flat = counts.flat()
  const width = 2 * reach + 1
  for (let code = 0; code < width ** flat.length; code += 1) {
    const moved = flat.map((count, place) => count + (Math.floor(code / width ** place) % width) - reach)
    if (moved.every((count) => count >= 0)) yield counts.map((row, i) => row.map((_, j) => moved[i * row.length + j]!))
  }
}

/** How far each figure can be from the true one in tables that agree with all that is shown. */
const farthest = (counts: Counts, shown: readonly (readonly (number | null)[])[], reach: number) => {
  const truth = figures(counts)
  const moved = truth.map((row) => row.map(() => 0))
  for (const other of neighbours(counts, reach)) {
    const table = figures(other)
    if (shown.some((row, i) => row.some((figure, j) => figure !== null && figure !== table[i]![j]))) continue
    table.forEach((row, i) => {
      row.forEach((figure, j) => {
        moved[i]![j] = Math.max(moved[i]![j]!, Math.abs(figure - truth[i]![j]!))
      })
    })
  }
  return moved
}

const tables = (rows: number, columns: number, most: number) =>
  fc.array(fc.array(fc.nat(most), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows })

test('a table without small counts is published whole', () => {
  const found = suppressSmallCells([
    [10, 40],
    [50, 60],
  ])
  expect(found).toMatchObject({ small: 0, complementary: 0, total: 160, rowTotals: [50, 110], columnTotals: [60, 100] })
})

test('PRIV-10: one small count takes three others with it, and the totals stay', () => {
  const found = suppressSmallCells([
    [3, 40, 70],
    [50, 60, 20],
    [90, 30, 80],
  ])
  expect(found.cells).toEqual([
    [null, 40, null],
    [null, 60, null],
    [90, 30, 80],
  ])
  expect(found).toMatchObject({ small: 1, complementary: 3, rowTotals: [113, 130, 200], total: 443 })
})

test('PRIV-10: a small count that alone joins two rings is no secret, so it gets a ring of its own', () => {
  const { cells, rowTotals, columnTotals } = suppressSmallCells([
    [1, 2, 50, 50],
    [2, 1, 3, 50],
    [50, 50, 2, 1],
    [50, 50, 1, 2],
  ])
  expect(rowTotals.concat(columnTotals)).not.toContain(null)
  // the totals of the first two rows less those of the first two columns give the right upper block less the left lower one
  const blocks = cells.flatMap((row, i) => (i < 2 ? row.slice(2) : row.slice(0, 2)))
  expect(blocks.filter((figure) => figure === null).length).toBeGreaterThan(1)
})

test('PRIV-10: a total under ten is suppressed too', () => {
  const found = suppressSmallCells([
    [2, 3],
    [40, 50],
  ])
  expect(found.rowTotals[0]).toBeNull()
  expect(found.small).toBe(3)
})

test('PRIV-10: no suppressed figure can be worked out, and none stands alone in its row or column', () => {
  fc.assert(
    fc.property(fc.oneof(tables(2, 2, 25), tables(2, 3, 14), tables(1, 3, 14), tables(3, 2, 3)), (counts) => {
      const shown = published(suppressSmallCells(counts))
      const moved = farthest(counts, shown, 1)
      expect(moved.map((row) => row.map((by) => by > 0))).toEqual(shown.map((row) => row.map((figure) => figure === null)))
      const lines = [...shown, ...shown[0]!.map((_, column) => shown.map((row) => row[column]!))]
      for (const line of lines) expect(line.filter((figure) => figure === null)).not.toHaveLength(1)
    }),
  )
})

test('PRIV-10: each suppressed figure may be off its true value by the minimum', () => {
  fc.assert(
    fc.property(tables(2, 2, 12), (counts) => {
      const shown = published(suppressSmallCells(counts, 3))
      farthest(counts, shown, 3).forEach((row, i) => {
        row.forEach((by, j) => {
          if (shown[i]![j] === null) expect(by).toBeGreaterThanOrEqual(3)
        })
      })
    }),
  )
})

test('PRIV-10: what is shown is true and at least ten, in tables of any size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }).chain((rows) => tables(rows, 7, 60)),
      (counts) => {
        const truth = figures(counts)
        published(suppressSmallCells(counts)).forEach((row, i) => {
          row.forEach((figure, j) => {
            if (figure === null) return
            expect(figure).toBe(truth[i]![j])
            expect(figure).toBeGreaterThanOrEqual(10)
          })
        })
      },
    ),
  )
})

test('an empty or ragged table, and counts that are none, are refused', () => {
  expect(() => suppressSmallCells([])).toThrow('suppressSmallCells requires at least one row and one column')
  expect(() => suppressSmallCells([[1, 2], [3]])).toThrow('suppressSmallCells requires 2 counts in every row')
  expect(() => suppressSmallCells([[1.5]])).toThrow('suppressSmallCells requires whole counts of 0 and more, got 1.5')
})
