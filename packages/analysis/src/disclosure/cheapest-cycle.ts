/**
 * A ring of figures through one figure of a table with totals, alternating between row and column, all of which can change by an amount while every row
 * and column still adds up. A total counts as the opposite of its cells. What is suppressed already costs nothing, another figure costs its size.
 */
type Place = readonly [number, number]
type Counts = readonly (readonly number[])[]
type Hidden = readonly (readonly boolean[])[]
type Step = { readonly cost: number; readonly from: number | null }

/** Whether a figure, as it enters its row's sum, can rise (+1) or fall (−1) by the amount: counts are not negative. */
const canMove = (table: Counts, [i, j]: Place, direction: 1 | -1, amount: number): boolean => {
  const isTotal = (i === table.length - 1) !== (j === table[0]!.length - 1)
  return (isTotal ? -direction : direction) > 0 || table[i]![j]! >= amount
}

/** Leaving a row, a figure moves against the first one; leaving a column, with it. Rows come first among the nodes, then columns. */
const shortestWay = (table: Counts, hidden: Hidden, start: Place, direction: 1 | -1, amount: number) => {
  const [rows, columns] = [table.length, table[0]!.length]
  const best: (Step | null)[] = new Array(rows + columns).fill(null)
  const done = best.map(() => false)
  best[start[0]] = { cost: 0, from: null }
  const nearest = () =>
    best.reduce((found, step, node) => (step && !done[node] && (found < 0 || step.cost < best[found]!.cost) ? node : found), -1)
  for (let node = nearest(); node >= 0; node = nearest()) {
    done[node] = true
    const isRow = node < rows
    for (let k = 0; k < (isRow ? columns : rows); k += 1) {
      const place: Place = isRow ? [node, k] : [k, node - rows]
      if (place[0] === start[0] && place[1] === start[1]) continue
      if (!canMove(table, place, isRow ? (-direction as 1 | -1) : direction, amount)) continue
      const next = isRow ? rows + k : k
      const cost = best[node]!.cost + (hidden[place[0]]![place[1]] ? 0 : table[place[0]]![place[1]]! + 1)
      if (!best[next] || cost < best[next].cost) best[next] = { cost, from: node }
    }
  }
  return best
}

const placesOn = (best: readonly (Step | null)[], rows: number, end: number): readonly Place[] => {
  const places: Place[] = []
  for (let node = end, from = best[node]!.from; from !== null; node = from, from = best[node]!.from) {
    places.push(node < rows ? [node, from - rows] : [from, node - rows])
  }
  return places
}

/** The places of the cheapest ring through the start, the start among them. There is one always: up through the three totals. */
export const cheapestCycle = (table: Counts, hidden: Hidden, start: Place, amount: number): readonly Place[] => {
  const [rows, end] = [table.length, table.length + start[1]]
  const ways = ([1, -1] as const).flatMap((direction) => {
    if (!canMove(table, start, direction, amount)) return []
    const best = shortestWay(table, hidden, start, direction, amount)
    return best[end] ? [{ cost: best[end].cost, places: placesOn(best, rows, end) }] : []
  })
  const cheapest = ways.reduce((a, b) => (b.cost < a.cost ? b : a))
  return [start, ...cheapest.places]
}
