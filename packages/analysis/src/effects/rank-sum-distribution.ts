/**
 * The chance of each value of W, from 0 to mn, when two samples of m and n values without ties come from one distribution. Only positive terms are added,
 * so each chance is good to rounding. Not for hundreds of values: time grows with m²n². Source: Mann & Whitney 1947, doi:10.1214/aoms/1177730491.
 * Example: rankSumChances(1, 2) holds 1/3, 1/3, 1/3
 */
export const rankSumChances = (m: number, n: number): Float64Array => {
  const chances = Array.from({ length: m + 1 }, () => new Float64Array(m * n + 1))
  for (const own of chances) own[0] = 1
  for (let second = 1; second <= n; second += 1)
    for (let first = 1; first <= m; first += 1) {
      const [own, fewer] = [chances[first]!, chances[first - 1]!]
      const share = first / (first + second) // that the largest of all values is one of the first sample
      for (let w = first * second; w >= 0; w -= 1) own[w] = (1 - share) * own[w]! + (w >= second ? share * fewer[w - second]! : 0)
    }
  return chances[m]!
}

/** Place and tail of a discrete distribution on 0, 1, …: twice the smaller tail of a symmetric one. */
export const twoSidedTail = (chances: ArrayLike<number>, statistic: number): number => {
  const smaller = Math.min(statistic, chances.length - 1 - statistic)
  let tail = 0
  for (let value = 0; value <= smaller; value += 1) tail += chances[value]!
  return Math.min(1, 2 * tail)
}

/** How many values from either end an interval leaves out at most, at least one kept: its ends, counted from 1, and what it covers in truth. */
export const exactLimits = (chances: ArrayLike<number>, level: number): { readonly place: number; readonly coverage: number } => {
  let [place, tail] = [0, 0]
  while (tail + chances[place]! < (1 - level) / 2 - 2e-15) {
    tail += chances[place]!
    place += 1
  }
  return place === 0 ? { place: 1, coverage: 1 - 2 * chances[0]! } : { place, coverage: 1 - 2 * tail }
}
