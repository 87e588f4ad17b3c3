/**
 * Simulated answers from a definition alone: a graded response model (Samejima 1969) with one latent trait, distress, on the standard
 * normal scale. For demonstrations, tests and power studies; never a stand-in for data. Everything random comes in as a function.
 */
import { type Answer, type Answers, valuesOf } from './answers.ts'
import type { Definition, Scale } from './definition.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { isAsked } from './skip-logic.ts'

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

export type ItemModel = { readonly id: string; readonly values: readonly number[]; readonly thresholds: readonly number[] }

/** Whether more of the raw score is less of what the scale's direction speaks of. */
const isFlipped = ({ transform }: Scale): boolean => {
  if (transform?.kind === 'linear') return transform.multiply < 0
  return transform !== undefined && transform.rows[0]![1] > transform.rows[transform.rows.length - 1]![1]
}

const isTurned = (definition: Definition, itemId: string) => {
  const scale = definition.scales.find((candidate) => candidate.items.some((keyed) => keyed.item === itemId))
  if (!scale) return false
  const reversed = scale.items.find((keyed) => keyed.item === itemId)?.reversed ?? false
  return ((scale.direction === 'higher-is-better') !== reversed) !== isFlipped(scale)
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
export const itemModels = (definition: Definition): readonly ItemModel[] => {
  const models = known.get(definition) ?? modelsOf(definition)
  known.set(definition, models)
  return models
}

const unique = Math.sqrt(1 - loading * loading)
const atMost = (threshold: number, latent: number) => normalCdf((threshold - loading * latent) / unique)

/** Probability of each of the item's values, least distressed first, at a latent value. */
export const probabilities = ({ thresholds }: ItemModel, latent: number): readonly number[] => {
  const shares = [...thresholds.map((threshold) => atMost(threshold, latent)), 1]
  return shares.map((share, option) => share - (shares[option - 1] ?? 0))
}

const drawn = ({ thresholds, values }: ItemModel, latent: number, random: () => number): number => {
  const place = random()
  const option = thresholds.findIndex((threshold) => place < atMost(threshold, latent))
  return values.at(option)! // -1, above every threshold, is the last value
}

type Simulation = { readonly latent: number; readonly random: () => number; readonly skipRate?: number }

/**
 * One pupil's answers at a latent value (0 the average, + more distress). `skipRate` is the chance that an item is skipped; an item that
 * the answers before it do not ask is not shown.
 */
export const simulateAnswers = (definition: Definition, { latent, random, skipRate = 0 }: Simulation): Answers => {
  const answers: Record<string, Answer> = {}
  for (const [position, model] of itemModels(definition).entries()) {
    const answer = random() < skipRate ? 'skipped' : drawn(model, latent, random)
    const isConditional = definition.items[position]!.askedIf !== undefined
    answers[model.id] = isConditional && !isAsked(definition, answers, model.id) ? 'not_shown' : answer
  }
  return answers
}
