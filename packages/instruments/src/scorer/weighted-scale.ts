/** A scale whose items weigh differently. */
import type { Scale } from '../definition.ts'
import type { AskedColumns } from './asked-columns.ts'
import type { Program } from './columns.ts'
import type { Keyed } from './tabled-scale.ts'
import { emptyTally, tallyWriter } from './tally.ts'

export const weightedScale = (scale: Scale, keyed: readonly Keyed[], asked: AskedColumns, index: number): Program => {
  const write = tallyWriter(
    scale,
    keyed.map(({ weight }) => weight),
  )
  return ({ columns, start, count }, scores) => {
    const { sums, weights, counts } = emptyTally(count)
    for (const { position, weight, adds } of keyed) {
      if (adds.size === 0) continue
      const standing = asked.at(position)
      const codes = standing ?? columns[position]!
      const offset = standing ? 0 : start
      for (let row = 0; row < count; row += 1) {
        const added = adds.get(codes[offset + row]!)
        if (added === undefined) continue
        sums[row] = sums[row]! + weight * added
        weights[row] = weights[row]! + weight
        counts[row] = counts[row]! + 1
      }
    }
    write(scores[index]!, start, count)
  }
}
