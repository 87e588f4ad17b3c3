import type { Codebook } from '@tongxing/instruments'
import { type Dataset, numberIn } from '../dataset/read-dataset.ts'
import { type ScaleReliability, scaleReliability } from '../psychometrics/scale-reliability.ts'

export type ScaleKey = {
  readonly instrument: Codebook['instruments'][number]
  readonly scale: Codebook['instruments'][number]['scales'][number]
}

/** The instrument and the keys of a scale, from the codebook. */
export const keyOf = (codebook: Codebook, scaleId: string): ScaleKey => {
  for (const instrument of codebook.instruments)
    for (const scale of instrument.scales) if (scale.id === scaleId) return { instrument, scale }
  throw new Error(`codebook.json: instruments: no scale ${scaleId}`)
}

/** Alpha, omega and the items of a scale at one wave, over sheets with every item answered; reversed items are turned and weights applied first. */
export const reliabilityOf = (dataset: Dataset, { instrument, scale }: ScaleKey, wave: string, level: number): ScaleReliability => {
  const keyed = scale.items.map(({ item, reversed, weight = 1 }) => {
    const options = instrument.optionSets[instrument.items.find(({ id }) => id === item)?.options ?? ''] ?? []
    const values = options.map(({ value }) => value)
    const mirror = Math.min(...values) + Math.max(...values)
    return { item, keyedValue: (value: number) => weight * (reversed ? mirror - value : value) }
  })
  const sheets = dataset.rows
    .filter((row) => row.wave === wave)
    .map((row) =>
      keyed.map(({ item, keyedValue }) => {
        const value = numberIn(row, item)
        return value === null ? null : keyedValue(value)
      }),
    )
  return scaleReliability(
    sheets.filter((sheet): sheet is number[] => !sheet.includes(null)),
    level,
  )
}
