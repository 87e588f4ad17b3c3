/** A study's protocol as data: arms, waves with their batteries, outcomes. Given to the server and the analysis; it imports neither. */
import { z } from 'zod'

const name = z.string().regex(/^[a-z][a-z0-9-]*$/)
const variable = z.string().regex(/^[a-z][a-z0-9_]*$/)
export const bilingualSchema = z.strictObject({ 'zh-CN': z.string().min(1).max(300), en: z.string().min(1).max(300) })

export const protocolSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: name,
  title: bilingualSchema,
  simulated: z.boolean(),
  notice: bilingualSchema.optional(),
  arms: z
    .array(z.strictObject({ id: name, label: bilingualSchema, control: z.boolean() }))
    .min(2)
    .max(8),
  waves: z
    .array(
      z.strictObject({
        id: name,
        label: bilingualSchema,
        battery: z
          .array(z.strictObject({ instrument: name, version: z.string().regex(/^\d+\.\d+\.\d+$/) }))
          .min(1)
          .max(20),
      }),
    )
    .min(1)
    .max(20),
  allocation: z.strictObject({ unit: z.literal('school') }),
  /** How many sessions the programme has: a dataset of such a study says how many each pupil attended. */
  sessions: z.int().min(1).max(500).optional(),
  primary: z.strictObject({ scale: variable, wave: name, baselineWave: name }),
  secondary: z.array(z.strictObject({ scale: variable })).max(30),
  languages: z.array(z.string().min(2).max(20)).min(1).max(10),
})

export type Protocol = z.infer<typeof protocolSchema>
export type Bilingual = z.infer<typeof bilingualSchema>
