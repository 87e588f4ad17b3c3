/** Running sums of one block, for scales that no table can hold: each row's value is worked out from its own tally. */
import type { Scale } from '../definition.ts'
import { bandPosition, valuer } from '../scale-value.ts'
import { blockRows, type ScoreColumn } from './columns.ts'

/** Scoring is synchronous, so that one tally is enough for all. */
const tally = { sums: new Float64Array(blockRows), weights: new Float64Array(blockRows), counts: new Uint16Array(blockRows) }

export const emptyTally = (count: number) => {
  tally.sums.fill(0, 0, count)
  tally.weights.fill(0, 0, count)
  tally.counts.fill(0, 0, count)
  return tally
}

/** Writes what the tally comes to. `weights` are those of everything that the scale adds up. */
export const tallyWriter = (scale: Scale, weights: readonly number[]) => {
  const allWeights = weights.reduce((sum, weight) => sum + weight, 0)
  const valueAt = valuer(scale, weights.length, allWeights)
  return ({ value, answered, band }: ScoreColumn, start: number, count: number) => {
    for (let row = 0; row < count; row += 1) {
      const scored = valueAt(tally.counts[row]!, tally.sums[row]!, tally.weights[row]!)
      value[start + row] = scored
      answered[start + row] = tally.counts[row]!
      band[start + row] = bandPosition(scale, scored)
    }
  }
}
