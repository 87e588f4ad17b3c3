/**
 * The distribution of a total over complete sheets, careful and careless, from the definition and the simulator's own answer model.
 * Exact. Simulated study, not real data (模拟研究·非真实数据).
 */
import { type Definition, reverse, valuesOf } from '@tongxing/instruments'
import { itemModels, probabilities } from '@tongxing/instruments/simulate'
import { parameters } from './parameters.ts'

/** Chances of the totals 0, 1, 2, … */
export type Chances = readonly number[]

/** What each answer of an item adds to the total, with its chance. */
type Adds = readonly (readonly [points: number, chance: number])[]

const added = (items: readonly Adds[]): Chances => {
  let chances: number[] = [1]
  for (const adds of items) {
    const next = new Array<number>(chances.length + Math.max(...adds.map(([points]) => points))).fill(0)
    for (const [points, chance] of adds)
      for (const [total, before] of chances.entries()) next[total + points] = next[total + points]! + before * chance
    chances = next
  }
  return chances
}

export const mixed = (parts: readonly (readonly [share: number, chances: Chances])[]): Chances => {
  const sums = new Array<number>(Math.max(...parts.map(([, chances]) => chances.length))).fill(0)
  for (const [share, chances] of parts) for (const [total, chance] of chances.entries()) sums[total] = sums[total]! + share * chance
  return sums
}

export const expectation = (chances: Chances, value: (total: number) => number = (total) => total): number =>
  chances.reduce((sum, chance, total) => sum + chance * value(total), 0)

/** A total that adds up items of whole numbers, with the points of each answer in the order of its options. */
export type Total = {
  readonly scale: string
  readonly definition: Definition
  readonly items: readonly { readonly id: string; readonly points: ReadonlyMap<number, number> }[]
}

export const totalOf = (definition: Definition, scaleId: string): Total => {
  const scale = definition.scales.find(({ id }) => id === scaleId)
  if (scale?.method !== 'sum' || scale.of || scale.transform || scale.items.some(({ weight = 1 }) => weight !== 1))
    throw new Error(`totalOf requires a plain sum, which ${scaleId} of ${definition.id} is not`)
  const items = scale.items.map(({ item, reversed }) => {
    const values = valuesOf(definition, item)
    return { id: item, points: new Map(values.map((value) => [value, reversed ? reverse(value, values) : value])) }
  })
  return { scale: scaleId, definition, items }
}

/** Of careful pupils at one latent value: items are independent given it. */
export const carefulChances = ({ definition, items }: Total, latent: number): Chances => {
  const models = new Map(itemModels(definition).map((model) => [model.id, model]))
  return added(
    items.map(({ id, points }) => {
      const model = models.get(id)! // every item of a definition has its model
      const chances = probabilities(model, latent)
      return model.values.map((value, option) => [points.get(value)!, chances[option]!] as const)
    }),
  )
}

/** Of careless sheets: one column ticked throughout, or every item at random. */
export const carelessChances = ({ items }: Total): Chances => {
  const { value: straight } = parameters.straightLined
  const columns = items[0]!.points.size
  const lined = Array.from({ length: columns }, (_, column) => {
    const total = items.reduce((sum, { points }) => sum + [...points.values()][column]!, 0)
    return [straight / columns, Array.from({ length: total + 1 }, (_, at) => Number(at === total))] as const
  })
  const random = added(items.map(({ points }) => [...points.values()].map((value) => [value, 1 / points.size] as const)))
  return mixed([...lined, [1 - straight, random]])
}
