/** A scale that adds up the scores of scales before it. */
import type { Scale } from '../definition.ts'
import { counted } from '../scale-value.ts'
import type { Program } from './columns.ts'
import { emptyTally, tallyWriter } from './tally.ts'

/** A component as the place of its scores; -1 where no scale of that name stands before, which then is never scored. */
export type Component = { readonly place: number; readonly weight: number }

export const compositeScale = (scale: Scale, components: readonly Component[], index: number): Program => {
  const write = tallyWriter(
    scale,
    components.map(({ weight }) => weight),
  )
  return ({ start, count }, scores) => {
    const { sums, weights, counts } = emptyTally(count)
    for (const { place, weight } of components) {
      const value = scores[place]?.value
      if (!value) continue
      for (let row = 0; row < count; row += 1) {
        const score = value[start + row]!
        if (Number.isNaN(score)) continue
        sums[row] = sums[row]! + weight * counted(scale, score)
        weights[row] = weights[row]! + weight
        counts[row] = counts[row]! + 1
      }
    }
    write(scores[index]!, start, count)
  }
}
