/** A scale whose items weigh differently: sums are carried as they are, and each row is worked out by itself. */
import type { Scale } from '../definition.ts'
import { bandPosition, valuer } from '../scale-value.ts'
import type { AskedColumns } from './asked-columns.ts'
import { blockRows, type Program } from './columns.ts'
import type { Keyed } from './tabled-scale.ts'

const [sums, weights, counts] = [new Float64Array(blockRows), new Float64Array(blockRows), new Uint16Array(blockRows)]

export const weightedScale = (scale: Scale, keyed: readonly Keyed[], asked: AskedColumns, index: number): Program => {
  const allWeights = keyed.reduce((sum, { weight }) => sum + weight, 0)
  const valueAt = valuer(scale, keyed.length, allWeights)
  return ({ columns, start, count }, scores) => {
    for (const column of [sums, weights, counts]) column.fill(0, 0, count)
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
    const into = scores[index]!
    for (let row = 0; row < count; row += 1) {
      const value = valueAt(counts[row]!, sums[row]!, weights[row]!)
      into.value[start + row] = value
      into.answered[start + row] = counts[row]!
      into.band[start + row] = bandPosition(scale, value)
    }
  }
}
