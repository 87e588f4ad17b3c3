// Shapes that several rooms speak on the wire.
import { z } from 'zod'

export const id = z.uuid()
/** The database's calendar has no year 0. */
export const at = z.iso.datetime().refine((time) => !time.startsWith('0000'))
export const empty = z.strictObject({})
export const bilingual = z.strictObject({ 'zh-CN': z.string(), en: z.string() })
export const role = z.enum(['administrator', 'principal', 'counsellor', 'proctor', 'researcher'])
export const battery = z.array(
  z.strictObject({ instrument: z.string(), version: z.string(), itemsPerPage: z.int().min(1).max(10).optional() }),
)
