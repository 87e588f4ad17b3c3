/**
 * Simulated answers from a definition alone: a graded response model (Samejima 1969) with one latent trait, distress, on the standard
 * normal scale. For demonstrations, tests and power studies; never a stand-in for data. Everything random comes in as a function.
 */
import { type Answer, type Answers, valuesOf } from './answers.ts'
import type { Definition } from './definition.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { reverse } from './score.ts'

/** A small fast generator (mulberry32) with a 32-bit seed; uniform on [0, 1). Not for secrets. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const loading = 0.72 // correlation of an item's continuous response with the trait
const fading = 0.48 // each further option is chosen this many times as often as the one before
const sensitiveShift = 1.43 // a sensitive item is endorsed by about six in a hundred

type ItemModel = { readonly id: string; readonly values: readonly number[]; readonly thresholds: readonly number[] }

const isTurned = (definition: Definition, itemId: string) => {
  const scale = definition.scales.find((candidate) => candidate.items.some((keyed) => keyed.item === itemId))
  const reversed = scale?.items.find((keyed) => keyed.item === itemId)?.reversed ?? false
  return (scale?.direction === 'higher-is-better') !== reversed
}

const modelsOf = (definition: Definition): readonly ItemModel[] =>
  definition.items.map((item, position) => {
    const rising = valuesOf(definition, item.id).toSorted((left, right) => left - right)
    const weights = rising.map((_, option) => fading ** option)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const shift = (((position * 7) % 5) - 2) * 0.12 + (item.sensitive ? sensitiveShift : 0)
    const below = weights.slice(0, -1).map((_, option) => weights.slice(0, option + 1).reduce((sum, weight) => sum + weight, 0) / total)
    const values = isTurned(definition, item.id) ? rising.toReversed() : rising
    return { id: item.id, values, thresholds: below.map((share) => normalQuantile(share) + shift) }
  })

/** Definitions are frozen by their lock, so each one's models are made once: finding a quantile costs more than drawing an answer. */
const known = new WeakMap<Definition, readonly ItemModel[]>()
const itemModels = (definition: Definition): readonly ItemModel[] => {
  const models = known.get(definition) ?? modelsOf(definition)
  known.set(definition, models)
  return models
}

const unique = Math.sqrt(1 - loading * loading)
const atMost = (threshold: number, latent: number) => normalCdf((threshold - loading * latent) / unique)

/** Probability of each of the item's values, least distressed first, at a latent value. */
const probabilities = ({ thresholds }: ItemModel, latent: number): readonly number[] => {
  const shares = [...thresholds.map((threshold) => atMost(threshold, latent)), 1]
  return shares.map((share, option) => share - (shares[option - 1] ?? 0))
}

const drawn = ({ thresholds, values }: ItemModel, latent: number, random: () => number): number => {
  const place = random()
  const option = thresholds.findIndex((threshold) => place < atMost(threshold, latent))
  return values.at(option)! // -1, above every threshold, is the last value
}

type Simulation = { readonly latent: number; readonly random: () => number; readonly skipRate?: number }

/** One pupil's answers at a latent value (0 the average, + more distress). `skipRate` is the chance that an item is skipped. */
export const simulateAnswers = (definition: Definition, { latent, random, skipRate = 0 }: Simulation): Answers => {
  const answer = (model: ItemModel): Answer => (random() < skipRate ? 'skipped' : drawn(model, latent, random))
  return Object.fromEntries(itemModels(definition).map((model) => [model.id, answer(model)]))
}

/** The exact expectation of a scale's score over complete sheets at one latent value, before rounding. Unit: points of the scale. */
export const expectedScaleScore = (definition: Definition, scaleId: string, latent: number): number => {
  const scale = definition.scales.find((candidate) => candidate.id === scaleId)
  if (!scale) throw new Error(`expectedScaleScore knows no scale ${scaleId} in ${definition.id}`)
  const models = new Map(itemModels(definition).map((model) => [model.id, model]))
  let [sum, weights] = [0, 0]
  for (const { item, reversed, weight = 1 } of scale.items) {
    const model = models.get(item)!
    const chances = probabilities(model, latent)
    const keyed = (value: number) => (reversed ? reverse(value, model.values) : value)
    sum += weight * model.values.reduce((mean, value, option) => mean + chances[option]! * keyed(value), 0)
    weights += weight
  }
  return scale.method === 'mean' ? sum / weights : sum
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
