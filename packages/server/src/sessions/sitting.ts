// How the pupil sat at the sheet, as her device tells it. Nothing wrong in it keeps an answer from arriving (law 3): it is left out.
import { z } from 'zod'

export const aids = ['read-aloud', 'large-text', 'high-contrast'] as const
export type Aid = (typeof aids)[number]

const longest = 600_000
const isTime = (value: unknown) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= longest
const isAid = (value: unknown) => (aids as readonly unknown[]).includes(value)

const sensibleTimes = (given: unknown): unknown =>
  Object.fromEntries(typeof given === 'object' && given !== null ? Object.entries(given).filter(([, value]) => isTime(value)) : [])
const sensibleAids = (given: unknown): unknown => (Array.isArray(given) ? [...new Set(given)].filter(isAid) : [])

export const timesShape = z
  .preprocess(sensibleTimes, z.record(z.string(), z.int().min(0).max(longest)))
  .describe('item id to the milliseconds that the item was before the pupil; what is not sensible is left out')
export const aidsShape = z
  .preprocess(sensibleAids, z.array(z.enum(aids)))
  .describe('what helped the pupil to read; what is not known here is left out')
