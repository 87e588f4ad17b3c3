import { equivalenceClasses, type Rows } from './equivalence-classes.ts'
import { generalised, type Hierarchy, heightOf, lossOf } from './hierarchy.ts'

export type Generalisation =
  | {
      readonly kind: 'generalised'
      readonly method: 'full-domain-least-loss'
      /** The level of each column, 0 as given. */
      readonly levels: readonly number[]
      readonly rows: Rows
      /** From 0, nothing lost, to 1; a record in a class below k counts as wholly lost. */
      readonly loss: number
      /** Records in classes below k: what is left to local suppression. */
      readonly rare: number
      readonly searched: number
    }
  | { readonly kind: 'impossible'; readonly reason: 'too-many-rare-records'; readonly rare: number; readonly allowed: number }

const mostNodes = 200_000

/** Every combination of levels, the first column turning slowest. */
const combinations = (heights: readonly number[]): readonly (readonly number[])[] =>
  heights.reduce<readonly (readonly number[])[]>(
    (nodes, height) => nodes.flatMap((node) => Array.from({ length: height + 1 }, (_, level) => [...node, level])),
    [[]],
  )

type Counted = { readonly rows: Rows; readonly counts: readonly number[] }
const countedRows = (rows: Rows): Counted => {
  const { patternOf, patterns } = equivalenceClasses(rows)
  const counts = new Array<number>(patterns).fill(0)
  const firsts = new Array<Rows[number]>(patterns)
  patternOf.forEach((pattern, record) => {
    counts[pattern]! += 1
    firsts[pattern] = rows[record]!
  })
  return { rows: firsts, counts }
}

const atLevels = (rows: Rows, hierarchies: readonly (Hierarchy | null)[], levels: readonly number[]): Rows =>
  rows.map((row) => row.map((cell, column) => generalised(cell, hierarchies[column]!, levels[column]!)))

/**
 * The levels of generalisation, one for each whole column, at which at most a given share of records is in a class below k, with the least loss.
 * The loss of a cell is the share of the other values that its group hides (Iyengar 2002); records left rare count as wholly lost. The search is exact:
 * combinations are tried in the order of the loss that they have at least, until no other can be better; of equal ones the first is taken.
 * @param rows one cell a quasi-identifier; @param hierarchies one a column, null for a column that stays as it is; @param allowed share of rare records
 * @returns generalised rows; impossible where even the widest groups leave too many. Throws on a value that a hierarchy lacks, and beyond 200,000 combinations.
 * Source: Samarati 2001, doi:10.1109/69.971193; Iyengar 2002, doi:10.1145/775047.775089. Example: ages 8, 9 under 8-9 reach k 2 at levels [1]
 */
export const leastGeneralisation = (rows: Rows, hierarchies: readonly (Hierarchy | null)[], k: number, allowed = 0): Generalisation => {
  const heights = hierarchies.map(heightOf)
  const size = heights.reduce((product, height) => product * (height + 1), 1)
  if (size > mostNodes) throw new Error(`leastGeneralisation takes at most ${mostNodes} combinations of levels, got ${size}`)
  const table = countedRows(rows)
  const losses = hierarchies.map(lossOf)
  const columns = hierarchies.length || 1
  const lossAt = (row: Rows[number], levels: readonly number[]) =>
    row.reduce((sum, cell, column) => sum + losses[column]!(cell, levels[column]!), 0) / columns
  const byColumn = losses.map((loss, column) =>
    Array.from({ length: heights[column]! + 1 }, (_, level) =>
      table.rows.reduce((sum, row, place) => sum + table.counts[place]! * loss(row[column]!, level), 0),
    ),
  )
  const atLeast = (levels: readonly number[]) => levels.reduce((sum, level, column) => sum + byColumn[column]![level]!, 0) / columns
  const nodes = combinations(heights)
    .map((levels) => ({ levels, bound: atLeast(levels) }))
    .sort((a, b) => a.bound - b.bound)
  const most = Math.floor(allowed * rows.length + 1e-9)
  let best: { readonly levels: readonly number[]; readonly loss: number; readonly rare: number } | null = null
  let [fewest, searched] = [rows.length, 0]
  for (const { levels, bound } of nodes) {
    if (best && bound >= best.loss) break
    searched += 1
    const { populations } = equivalenceClasses(atLevels(table.rows, hierarchies, levels), table.counts)
    let [loss, rare] = [0, 0]
    table.counts.forEach((count, place) => {
      const isRare = populations[place]! < k
      loss += count * (isRare ? 1 : lossAt(table.rows[place]!, levels))
      rare += isRare ? count : 0
    })
    fewest = Math.min(fewest, rare)
    if (rare <= most && (!best || loss < best.loss)) best = { levels, loss, rare }
  }
  if (!best) return { kind: 'impossible', reason: 'too-many-rare-records', rare: fewest, allowed: most }
  return {
    kind: 'generalised',
    method: 'full-domain-least-loss',
    levels: best.levels,
    rows: atLevels(rows, hierarchies, best.levels),
    loss: rows.length === 0 ? 0 : best.loss / rows.length,
    rare: best.rare,
    searched,
  }
}
