/** A scale that adds up the scores of scales before it. */
import type { Scale } from '../definition.ts'
import { bandPosition, counted, valuer } from '../scale-value.ts'
import type { Program } from './columns.ts'

/** A component as the place of its scores; -1 where no scale of that name stands before, which then is never scored. */
export type Component = { readonly place: number; readonly weight: number }

export const compositeScale = (scale: Scale, components: readonly Component[], index: number): Program => {
  const allWeights = components.reduce((sum, { weight }) => sum + weight, 0)
  const valueAt = valuer(scale, components.length, allWeights)
  return ({ start, count }, scores) => {
    const into = scores[index]!
    for (let row = start; row < start + count; row += 1) {
      let [answered, sum, weights] = [0, 0, 0]
      for (const { place, weight } of components) {
        const score = scores[place]?.value[row] ?? Number.NaN
        if (Number.isNaN(score)) continue
        answered += 1
        sum += weight * counted(scale, score)
        weights += weight
      }
      const value = valueAt(answered, sum, weights)
      into.value[row] = value
      into.answered[row] = answered
      into.band[row] = bandPosition(scale, value)
    }
  }
}
