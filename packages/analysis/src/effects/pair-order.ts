// Order statistics of all pairwise sums of two sorted lists, without writing the pairs down: ten thousand pupils make a hundred million pairs.

/** Sums a[i] + b[j] of two lists in ascending order; `half` takes one list against itself, each unordered pair and each value with itself once. */
export type PairSums = { readonly a: Float64Array; readonly b: Float64Array; readonly half: boolean }

export const pairCount = ({ a, b, half }: PairSums): number => (half ? (a.length * (a.length + 1)) / 2 : a.length * b.length)

/** How many sums are at most `limit`. */
const countUpTo = ({ a, b, half }: PairSums, limit: number): number => {
  let [count, j] = [0, b.length]
  for (const first of a) {
    while (j > 0 && first + b[j - 1]! > limit) j -= 1
    count += j
  }
  if (!half) return count
  let own = 0
  for (const value of a) if (value + value <= limit) own += 1
  return (count + own) / 2
}

/** The smallest sum above `limit`. */
const nextAbove = ({ a, b }: PairSums, limit: number): number => {
  let [least, j] = [Number.POSITIVE_INFINITY, b.length]
  for (const first of a) {
    while (j > 0 && first + b[j - 1]! > limit) j -= 1
    if (j < b.length) least = Math.min(least, first + b[j]!)
  }
  return least
}

/** The k-th smallest sum, k from 1: halves the range of the sums until no number lies between. */
const orderedSum = (pairs: PairSums, k: number): number => {
  const { a, b } = pairs
  const lowest = a[0]! + b[0]!
  if (countUpTo(pairs, lowest) >= k) return lowest
  let [low, high] = [lowest, a.at(-1)! + b.at(-1)!]
  for (;;) {
    const next = nextAbove(pairs, low)
    if (countUpTo(pairs, next) >= k) return next
    low = next
    for (let step = 0; step < 8; step += 1) {
      const middle = low + (high - low) / 2
      if (!(middle > low && middle < high)) break
      if (countUpTo(pairs, middle) >= k) high = middle
      else low = middle
    }
  }
}

export type ShiftLimits = { readonly estimate: number; readonly lower: number; readonly upper: number }

/** Median of the sums, and the sums that are k-th from either end. */
export const medianAndLimits = (pairs: PairSums, k: number): ShiftLimits => {
  const count = pairCount(pairs)
  const middle = Math.floor((count + 1) / 2)
  const lower = orderedSum(pairs, middle)
  return {
    estimate: count % 2 === 1 ? lower : (lower + orderedSum(pairs, middle + 1)) / 2,
    lower: orderedSum(pairs, k),
    upper: orderedSum(pairs, count + 1 - k),
  }
}
