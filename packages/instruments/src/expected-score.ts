/** What a scale is expected to score at a latent value, from the same model as the simulator: for goldens and for planning studies. */
import { valuesOf } from './answers.ts'
import type { Definition, Scale } from './definition.ts'
import { counted, metricValue, reverse } from './scale-value.ts'
import { type ItemModel, itemModels, probabilities } from './simulate.ts'

/** Values, each with its probability. */
type Distribution = readonly (readonly [value: number, chance: number])[]
/** What stands for an item, asked or not. */
type Standing = (item: string) => Distribution

const turnedInto = (distribution: Distribution, value: (from: number) => number): Distribution =>
  distribution.map(([from, chance]) => [value(from), chance] as const)

const added = (left: Distribution, right: Distribution): Distribution => {
  const sums = new Map<number, number>()
  for (const [one, chance] of left) for (const [other, rest] of right) sums.set(one + other, (sums.get(one + other) ?? 0) + chance * rest)
  return [...sums]
}

const modelsById = new WeakMap<Definition, ReadonlyMap<string, ItemModel>>()
const modelOf = (definition: Definition, item: string): ItemModel => {
  const models = modelsById.get(definition) ?? new Map(itemModels(definition).map((model) => [model.id, model]))
  modelsById.set(definition, models)
  return models.get(item)!
}

/** Given the latent value, items answer independently of each other. */
const standingAt = (definition: Definition, latent: number): Standing => {
  const standing: Standing = (id) => {
    const model = modelOf(definition, id)
    const chances = probabilities(model, latent)
    const own = model.values.map((value, option) => [value, chances[option]!] as const)
    const { askedIf, otherwise } = definition.items.find((item) => item.id === id)!
    if (!askedIf) return own
    const within = (item: string) =>
      standing(item).reduce((sum, [value, chance]) => (value >= askedIf.from && value <= askedIf.to ? sum + chance : sum), 0)
    const asked = 1 - [askedIf.item, ...(askedIf.orItems ?? [])].reduce((none, item) => none * (1 - within(item)), 1)
    const answered = own.map(([value, chance]) => [value, chance * asked] as const)
    return otherwise === undefined ? answered : [...answered, [otherwise, 1 - asked]]
  }
  return standing
}

const partsOf = (definition: Definition, scale: Scale, latent: number, standing: Standing) =>
  scale.of
    ? scale.of.map((part) => {
        const component = definition.scales.find(({ id }) => id === part.scale)!
        return { weight: part.weight ?? 1, distribution: scoreDistribution(definition, component, latent, standing) }
      })
    : scale.items.map(({ item, reversed, weight = 1 }) => {
        const values = valuesOf(definition, item)
        return { weight, distribution: turnedInto(standing(item), (value) => (reversed ? reverse(value, values) : value)) }
      })

const scoreDistribution = (definition: Definition, scale: Scale, latent: number, standing: Standing): Distribution => {
  const parts = partsOf(definition, scale, latent, standing)
  const divisor = scale.method === 'mean' ? parts.reduce((sum, { weight }) => sum + weight, 0) : 1
  const sums = parts
    .map(({ weight, distribution }) => turnedInto(distribution, (value) => weight * counted(scale, value)))
    .reduce(added, [[0, 1]])
  return turnedInto(sums, (sum) => metricValue(scale, sum / divisor))
}

const expectation = (distribution: Distribution, value: (from: number) => number = (from) => from) =>
  distribution.reduce((mean, [from, chance]) => mean + chance * value(from), 0)

/** Sums of expectations, without the distribution of the score: enough where the score is linear in what it adds up. */
const linearExpectation = (definition: Definition, scale: Scale, latent: number, standing: Standing): number => {
  let [sum, weights] = [0, 0]
  for (const { item, reversed, weight = 1 } of scale.items) {
    const values = valuesOf(definition, item)
    sum += weight * expectation(standing(item), (value) => counted(scale, reversed ? reverse(value, values) : value))
    weights += weight
  }
  for (const { scale: id, weight = 1 } of scale.of ?? []) {
    const component = definition.scales.find((candidate) => candidate.id === id)!
    sum += weight * expected(definition, component, latent, standing)
    weights += weight
  }
  const raw = scale.method === 'mean' ? sum / weights : sum
  return scale.transform?.kind === 'linear' ? raw * scale.transform.multiply + scale.transform.add : raw
}

const expected = (definition: Definition, scale: Scale, latent: number, standing: Standing): number =>
  scale.transform?.kind === 'table' || (scale.of && scale.method === 'count')
    ? expectation(scoreDistribution(definition, scale, latent, standing))
    : linearExpectation(definition, scale, latent, standing)

/**
 * The expectation of a scale's score over complete sheets at one latent value, before rounding. Exact, unless a composite counts
 * components that share an item, or an item waits on several that wait on each other. Unit: points of the scale.
 */
export const expectedScaleScore = (definition: Definition, scaleId: string, latent: number): number => {
  const scale = definition.scales.find((candidate) => candidate.id === scaleId)
  if (!scale) throw new Error(`expectedScaleScore knows no scale ${scaleId} in ${definition.id}`)
  return expected(definition, scale, latent, standingAt(definition, latent))
}

/** The expected score in a population whose latent values are normal: the trapezoid rule over ±8.5 standard deviations, exact to about 1e-13. */
export const expectedPopulationScore = (
  definition: Definition,
  scaleId: string,
  population: { readonly mean: number; readonly standardDeviation: number },
): number => {
  const step = 0.05
  let [sum, mass] = [0, 0]
  for (let z = -8.5; z <= 8.5; z += step) {
    const density = Math.exp((-z * z) / 2)
    sum += density * expectedScaleScore(definition, scaleId, population.mean + z * population.standardDeviation)
    mass += density
  }
  return sum / mass
}
