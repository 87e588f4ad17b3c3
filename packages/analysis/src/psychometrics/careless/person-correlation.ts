/** Answers of respondents as columns, one an item, null where none was given. */
export type ItemColumns = readonly (readonly (number | null)[])[]

/** What can be compared within a person: at least this many points, for two always lie on a line. */
export const leastPoints = 3

/** Pearson's correlation of the pairs in which both values are there; null with fewer than three, or where one side does not vary. */
export const correlationOf = (first: readonly (number | null)[], second: readonly (number | null)[]): number | null => {
  let [n, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0]
  for (let k = 0; k < first.length; k += 1) {
    const [x, y] = [first[k]!, second[k]!]
    if (x === null || y === null) continue
    n += 1
    const [dx, dy] = [x - meanX, y - meanY]
    meanX += dx / n
    meanY += dy / n
    xx += dx * (x - meanX)
    yy += dy * (y - meanY)
    xy += dx * (y - meanY)
  }
  if (n < leastPoints || !(xx > 1e-20) || !(yy > 1e-20)) return null
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)))
}
