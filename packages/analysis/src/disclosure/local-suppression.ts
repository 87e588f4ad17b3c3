import { codedCells } from './coded-cells.ts'
import { equivalenceClasses, type Rows } from './equivalence-classes.ts'

export type LocalSuppression =
  | {
      readonly kind: 'suppressed'
      readonly method: 'local-suppression-fewest-cells'
      readonly rows: Rows
      readonly k: number
      /** Cells taken out of each column, and in all; records that lost a cell. */
      readonly byColumn: readonly number[]
      readonly cells: number
      readonly records: number
    }
  | { readonly kind: 'impossible'; readonly reason: 'fewer-records-than-k'; readonly n: number }

export type Told = (done: number, of: number) => void

const ones = (mask: number): number => {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** The combinations of codes with their numbers of records, in typed arrays: each rare record asks all of them. */
const combinationTable = (rows: readonly (readonly number[])[], spare: number) => {
  const columns = rows[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, column) => rows.reduce((most, row) => Math.max(most, row[column]! + 1), 1))
  const offsets = widths.map((_, column) => widths.slice(0, column).reduce((sum, width) => sum + width, 0))
  // the bit of a column for each of its codes, none where missing: or-ed over a combination, the columns in which it differs
  const bits = Int32Array.from(
    widths.flatMap((width, column) => Array.from({ length: width }, (_, code) => (code === 0 ? 0 : 1 << column))),
  )
  const places = new Map<string, number>()
  const codes = new Int32Array((rows.length + spare) * columns)
  const records = new Int32Array(rows.length + spare)
  const add = (row: readonly number[], change: 1 | -1) => {
    const key = row.join()
    const place = places.get(key) ?? places.size
    if (place === places.size) {
      places.set(key, place)
      row.forEach((code, column) => {
        codes[place * columns + column] = code + offsets[column]!
      })
    }
    records[place]! += change
  }
  for (const row of rows) add(row, 1)
  /** For every set of columns: how many records match this one once the set is taken out of it. */
  const matchesWithout = (row: readonly number[]): Int32Array => {
    const own = row.flatMap((code, column) => (code === 0 ? [] : [{ at: code + offsets[column]!, bit: 1 << column }]))
    const known = own.reduce((mask, { bit }) => mask | bit, 0)
    const counts = new Int32Array(1 << columns)
    for (const { at } of own) bits[at] = 0
    for (let place = 0, at = 0; place < places.size; place += 1) {
      let differs = 0
      for (const end = at + columns; at < end; at += 1) differs |= bits[codes[at]!]!
      counts[differs & known]! += records[place]!
    }
    for (const { at, bit } of own) bits[at] = bit
    for (let k = 0; k < columns; k += 1)
      for (let set = 0; set < counts.length; set += 1) if ((set >> k) & 1) counts[set]! += counts[set ^ (1 << k)]!
    return counts
  }
  return { add, matchesWithout }
}

/** The fewest columns whose absence lets k records match; among equals, the columns named last. Taking out all always does when n >= k. */
const fewestColumns = (counts: Int32Array, k: number): number => {
  let best = counts.length - 1
  for (let set = counts.length - 2; set >= 0; set -= 1) if (counts[set]! >= k && ones(set) < ones(best)) best = set
  return best
}

/**
 * Takes out single cells until every record matches k − 1 others: record by record, the smallest classes first, the fewest cells for each.
 * A missing cell matches anything, so a cell once taken out never makes another class smaller. Each choice is the best for its record, the whole need not be.
 * Not where many records are rare: generalise first, a table full of gaps is of little use and its gaps are not at random.
 * @param rows one cell a quasi-identifier, the columns in order of importance: the last named goes first; @param k of at least 1; @param told hears how many rare records are done, of how many
 * @returns new rows with null where taken out; impossible with fewer than k records. Throws on more than 16 columns.
 * Source: Templ, Kowarik & Meindl 2015, doi:10.18637/jss.v067.i04. Example: [['f', '9'], ['f', '10']] for k 2 gives [['f', null], ['f', '10']]
 */
export const localSuppression = (rows: Rows, k: number, told: Told = () => {}): LocalSuppression => {
  const columns = rows[0]?.length ?? 0
  if (columns > 16) throw new Error(`localSuppression takes at most 16 quasi-identifiers, got ${columns}`)
  if (rows.length < k) return { kind: 'impossible', reason: 'fewer-records-than-k', n: rows.length }
  const codes = codedCells(rows)
  const { sizes } = equivalenceClasses(rows)
  const rare = sizes.flatMap((size, record) => (size < k ? [record] : [])).sort((a, b) => sizes[a]! - sizes[b]! || a - b)
  const table = combinationTable(codes, rare.length)
  const taken = new Map<number, number>()
  for (const [done, record] of rare.entries()) {
    told(done, rare.length)
    const row = codes[record]!
    const set = fewestColumns(table.matchesWithout(row), k)
    if (set === 0) continue
    taken.set(record, set)
    table.add(row, -1)
    table.add(
      row.map((code, column) => ((set >> column) & 1 ? 0 : code)),
      1,
    )
  }
  const isTaken = (record: number, column: number) => (((taken.get(record) ?? 0) >> column) & 1) === 1
  const after = rows.map((row, record) => row.map((cell, column) => (isTaken(record, column) ? null : cell)))
  const byColumn = Array.from({ length: columns }, (_, column) => [...taken.values()].filter((set) => (set >> column) & 1).length)
  return {
    kind: 'suppressed',
    method: 'local-suppression-fewest-cells',
    rows: after,
    k: equivalenceClasses(after).sizes.reduce((least, size) => Math.min(least, size), rows.length),
    byColumn,
    cells: byColumn.reduce((sum, cells) => sum + cells, 0),
    records: taken.size,
  }
}
