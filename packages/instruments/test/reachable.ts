/** Every score that complete sheets of a scale can reach, found by adding up every answer: what bands and goldens are held to. */
import { valuesOf } from '../src/answers.ts'
import type { Definition, Scale } from '../src/definition.ts'
import { counted, metricValue, reverse } from '../src/scale-value.ts'

const partValues = (definition: Definition, scale: Scale): readonly (readonly number[])[] =>
  scale.of
    ? scale.of.map((part) => reachableScores(definition, part.scale).map((value) => (part.weight ?? 1) * counted(scale, value)))
    : scale.items.map(({ item, reversed, weight = 1 }) => {
        const values = valuesOf(definition, item)
        return values.map((value) => weight * counted(scale, reversed ? reverse(value, values) : value))
      })

export const reachableScores = (definition: Definition, scaleId: string): readonly number[] => {
  const scale = definition.scales.find(({ id }) => id === scaleId)!
  const weights: readonly { readonly weight?: number | undefined }[] = scale.of ?? scale.items
  const divisor = scale.method === 'mean' ? weights.reduce((sum, { weight = 1 }) => sum + weight, 0) : 1
  const sums = partValues(definition, scale).reduce(
    (reached, values) => new Set(Array.from(reached, (sum) => values.map((value) => Number((sum + value).toPrecision(12)))).flat()),
    new Set([0]),
  )
  return [...new Set([...sums].map((sum) => metricValue(scale, sum / divisor)))].toSorted((left, right) => left - right)
}
