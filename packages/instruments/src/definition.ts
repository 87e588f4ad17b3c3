/**
 * An instrument definition: the form, the validator, the scorer, the risk rule, the codebook and the simulator, as data.
 * Types are inferred from the schema; modules that run in a browser import the types alone.
 */
import { z } from 'zod'

const itemId = z.string().regex(/^[a-z][a-z0-9]*_[0-9]+[a-z]?$/)
const name = z.string().regex(/^[a-z][a-z0-9-]*$/)
const variable = z.string().regex(/^[a-z][a-z0-9_]*$/)
const source = z.string().min(1)
const words = z.record(z.string(), z.string().min(1))

/** How soon a person has to have looked: immediate on the same school day, prompt within 24 hours, routine within three school days. */
export const urgencySchema = z.enum(['immediate', 'prompt', 'routine'])

const item = z.strictObject({
  id: itemId,
  options: name,
  sensitive: z.boolean().optional(),
  scored: z.boolean().optional(),
  loinc: z.string().optional(),
})
const option = z.strictObject({ id: name, value: z.int(), loinc: z.string().optional() })
const band = z.strictObject({ id: name, from: z.number(), to: z.number(), source })
const cutOff = z.strictObject({
  id: name,
  atLeast: z.number().optional(),
  below: z.number().optional(),
  source,
  note: z.string().optional(),
})

const scale = z.strictObject({
  id: variable,
  method: z.enum(['sum', 'mean']),
  direction: z.enum(['higher-is-worse', 'higher-is-better']),
  items: z.array(z.strictObject({ item: itemId, reversed: z.boolean().optional(), weight: z.number().positive().optional() })).min(1),
  missing: z.strictObject({
    minimumAnswered: z.int().min(1),
    treatment: z.enum(['prorate', 'null']),
    basis: z.enum(['published', 'conventional', 'none']),
    source: source.optional(),
  }),
  rounding: z.strictObject({ decimals: z.int().min(0).max(6), mode: z.enum(['half-up', 'none']) }),
  bands: z.array(band),
  cutOffs: z.array(cutOff),
})

const riskRule = z.discriminatedUnion('kind', [
  z.strictObject({ id: name, kind: z.literal('item'), item: itemId, from: z.number(), to: z.number(), urgency: urgencySchema, source }),
  z.strictObject({ id: name, kind: z.literal('unanswered'), item: itemId, urgency: urgencySchema, source }),
  z.strictObject({ id: name, kind: z.literal('scale'), scale: variable, from: z.number(), to: z.number(), urgency: urgencySchema, source }),
])

const licence = z.strictObject({
  wording: z.strictObject({
    status: z.enum(['free', 'permission-needed']),
    terms: z.string().min(1),
    attribution: z.string().min(1),
    evidence: z.array(source).min(1),
    electronic: z.boolean(),
    commercial: z.boolean(),
    translation: z.boolean(),
  }),
  encoding: z.enum(['CC0-1.0', 'Apache-2.0']),
})

export const textsSchema = z.strictObject({
  language: z.string().min(2),
  script: z.enum(['Hans', 'Hant', 'Latn']),
  edition: z.string().min(1),
  status: z.enum(['found', 'memory']),
  source,
  translator: z.string().optional(),
  name: z.string().min(1),
  instructions: z.string().min(1).optional(),
  stem: z.string().min(1),
  items: words,
  options: z.record(z.string(), words),
  scales: words,
  bands: z.record(z.string(), words),
  riskRules: words,
})

export const definitionSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: name,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  acronym: z.string().min(1),
  lookBackDays: z.int().positive().nullable(),
  respondent: z.enum(['pupil', 'parent', 'teacher']),
  ages: z.strictObject({ from: z.int().min(0), to: z.int().nullable() }),
  estimatedMinutes: z.number().positive(),
  items: z.array(item).min(1),
  optionSets: z.record(z.string(), z.array(option).min(2)),
  scales: z.array(scale),
  riskRules: z.array(riskRule),
  licence,
  references: z.array(z.strictObject({ citation: z.string().min(1), doi: z.string().optional() })).min(1),
  provenance: z.array(z.strictObject({ fact: z.string().min(1), status: z.enum(['found', 'memory', 'judgement']), source })),
  texts: z.record(z.string(), textsSchema),
})

export type Definition = z.infer<typeof definitionSchema>
export type Texts = z.infer<typeof textsSchema>
export type Urgency = z.infer<typeof urgencySchema>
export type Scale = Definition['scales'][number]
export type RiskRule = Definition['riskRules'][number]
export type LanguageTag = string
