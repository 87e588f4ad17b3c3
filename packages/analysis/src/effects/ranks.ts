export type Ranks = {
  readonly ranks: readonly number[] /** how many values share each rank that is shared */
  readonly ties: readonly number[]
}

/** Ranks from 1, equal values sharing the mean of theirs. Example: ranksOf([5, 3, 5]) is { ranks: [2.5, 1, 2.5], ties: [2] }. */
export const ranksOf = (values: readonly number[]): Ranks => {
  const order = values.map((_, place) => place).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Array<number>(values.length).fill(0)
  const ties: number[] = []
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1
    for (let place = from; place < to; place += 1) ranks[order[place]!] = (from + 1 + to) / 2
    if (to - from > 1) ties.push(to - from)
    from = to
  }
  return { ranks, ties }
}

/** Σ (t³ − t) over the groups of ties */
export const tieSum = (ties: readonly number[]): number => ties.reduce((sum, t) => sum + (t ** 3 - t), 0)
