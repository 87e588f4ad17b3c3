/** Sheets answered without care: one column ticked throughout the battery, or every item at random. Simulated study, not real data (模拟研究·非真实数据). */
import { type Answers, type Definition, valuesOf } from '@tongxing/instruments'
import { parameters } from './parameters.ts'
import type { Random } from './random.ts'

/** How a pupil answers at one wave; `column` is where she ticks, from 0 to 1 across the sheet. */
export type Care = { readonly kind: 'careful' | 'straight' | 'random'; readonly column: number }

export const careOf = (random: Random): Care => {
  const [kind, column] = [random(), random()]
  const { careless, straightLined } = parameters
  if (kind >= careless.value) return { kind: 'careful', column }
  return { kind: kind < careless.value * straightLined.value ? 'straight' : 'random', column }
}

export const carelessAnswers = (definition: Definition, { kind, column }: Care, random: Random): Answers =>
  Object.fromEntries(
    definition.items.map(({ id }) => {
      const values = valuesOf(definition, id)
      const [isSkipped, own] = [random() < parameters.skipped.value, random()]
      return [id, isSkipped ? 'skipped' : values[Math.floor((kind === 'straight' ? column : own) * values.length)]!]
    }),
  )
