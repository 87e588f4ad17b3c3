/** A study's protocol as data: arms, waves with their batteries, outcomes; or a screening, which only asks. Given to the server and the analysis; it imports neither. */
import { z } from 'zod'

const name = z.string().regex(/^[a-z][a-z0-9-]*$/)
const variable = z.string().regex(/^[a-z][a-z0-9_]*$/)
export const bilingualSchema = z.strictObject({ 'zh-CN': z.string().min(1).max(300), en: z.string().min(1).max(300) })

const waves = z
  .array(
    z.strictObject({
      id: name,
      label: bilingualSchema,
      battery: z
        .array(
          z.strictObject({
            instrument: name,
            version: z.string().regex(/^\d+\.\d+\.\d+$/),
            /** How many items stand on one page of the pupil's; one by default. */
            itemsPerPage: z.int().min(1).max(10).optional(),
          }),
        )
        .min(1)
        .max(20),
    }),
  )
  .min(1)
  .max(20)
const languages = z.array(z.string().min(2).max(20)).min(1).max(10)

/** A trial: schools in arms, and outcomes that are compared between them. A protocol that does not say what it is, is one. */
export const protocolSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('trial').optional(),
  id: name,
  title: bilingualSchema,
  simulated: z.boolean(),
  notice: bilingualSchema.optional(),
  arms: z
    .array(z.strictObject({ id: name, label: bilingualSchema, control: z.boolean() }))
    .min(2)
    .max(8),
  waves,
  allocation: z.strictObject({ unit: z.literal('school') }),
  /** How many sessions the programme has: a dataset of such a study says how many each pupil attended. */
  sessions: z.int().min(1).max(500).optional(),
  primary: z.strictObject({ scale: variable, wave: name, baselineWave: name }),
  secondary: z.array(z.strictObject({ scale: variable })).max(30),
  languages,
})

/** A screening: waves and what they ask. Nobody is allocated and nothing is compared. */
export const screeningSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('screening'),
  id: name,
  title: bilingualSchema,
  simulated: z.boolean(),
  notice: bilingualSchema.optional(),
  waves,
  languages,
})

/** Whatever a server is given: the one or the other. */
export const studyProtocolSchema = z.discriminatedUnion('kind', [protocolSchema, screeningSchema])

export type Protocol = z.infer<typeof protocolSchema>
export type Screening = z.infer<typeof screeningSchema>
export type StudyProtocol = z.infer<typeof studyProtocolSchema>
export type Bilingual = z.infer<typeof bilingualSchema>

export const isTrial = (protocol: StudyProtocol): protocol is Protocol => protocol.kind !== 'screening'
