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

const span = z.strictObject({ from: z.number(), to: z.number() })
const status = z.enum(['found', 'memory', 'judgement'])

/** `askedIf`: shown only after that answer to an earlier item (or to one of `orItems`); `otherwise`: the coded value that stands for it when it was not shown. */
const item = z.strictObject({
  id: itemId,
  options: name,
  sensitive: z.boolean().optional(),
  scored: z.boolean().optional(),
  askedIf: z.strictObject({ item: itemId, orItems: z.array(itemId).optional(), from: z.int(), to: z.int() }).optional(),
  otherwise: z.int().optional(),
  loinc: z.string().optional(),
})
const option = z.strictObject({ id: name, value: z.int(), loinc: z.string().optional() })
const band = z.strictObject({ id: name, from: z.number(), to: z.number(), source })
const share = z.number().min(0).max(1)
const cutOff = z.strictObject({
  id: name,
  atLeast: z.number().optional(),
  below: z.number().optional(),
  sensitivity: share.optional(),
  specificity: share.optional(),
  population: z.string().min(1).optional(),
  source,
  note: z.string().optional(),
})

/** From the raw score to the metric on which bands, cut-offs, norms and rules stand. */
const transform = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('linear'), multiply: z.number(), add: z.number() }),
  z.strictObject({ kind: z.literal('table'), rows: z.array(z.tuple([z.number(), z.number()])).min(2), source }),
])

/** A scale adds up either `items` or, when composite, other scales (`of`, then `items` is empty); `minimumAnswered` counts whichever it adds up. */
const scale = z.strictObject({
  id: variable,
  method: z.enum(['sum', 'mean', 'count']),
  direction: z.enum(['higher-is-worse', 'higher-is-better']),
  items: z.array(z.strictObject({ item: itemId, reversed: z.boolean().optional(), weight: z.number().positive().optional() })),
  of: z
    .array(z.strictObject({ scale: variable, weight: z.number().positive().optional() }))
    .min(2)
    .optional(),
  count: span.optional(),
  missing: z.strictObject({
    minimumAnswered: z.int().min(1),
    treatment: z.enum(['prorate', 'null', 'zero']),
    cap: z.number().optional(),
    basis: z.enum(['published', 'conventional', 'none']),
    source: source.optional(),
  }),
  transform: transform.optional(),
  rounding: z.strictObject({ decimals: z.int().min(0).max(6), mode: z.enum(['half-up', 'none']) }),
  bands: z.array(band),
  cutOffs: z.array(cutOff),
})

const riskRule = z.discriminatedUnion('kind', [
  z.strictObject({ id: name, kind: z.literal('item'), item: itemId, from: z.number(), to: z.number(), urgency: urgencySchema, source }),
  z.strictObject({ id: name, kind: z.literal('unanswered'), item: itemId, urgency: urgencySchema, source }),
  z.strictObject({ id: name, kind: z.literal('scale'), scale: variable, from: z.number(), to: z.number(), urgency: urgencySchema, source }),
])

/** What a group of children scored: a cell for each age, sex, grade or region that the source tells apart. Without a cell there is no valid norm. */
const norm = z.strictObject({
  id: name,
  scale: variable,
  cells: z
    .array(
      z.strictObject({
        ages: span.optional(),
        grades: span.optional(),
        sex: z.enum(['female', 'male']).optional(),
        region: z.string().min(1).optional(),
        n: z.int().positive().optional(),
        mean: z.number(),
        standardDeviation: z.number().positive(),
      }),
    )
    .min(1),
  sample: z.string().min(1),
  year: z.int(),
  status,
  source,
})

/** Two layers: who owns the words and what may be done with them, and under which licence our encoding of the key stands. */
const licence = z.strictObject({
  wording: z.strictObject({
    status: z.enum(['free', 'non-commercial', 'permission-needed']),
    terms: z.string().min(1),
    attribution: z.string().min(1),
    evidence: z.array(source).min(1),
    clinical: z.boolean(),
    educational: z.boolean(),
    research: z.boolean(),
    commercial: z.boolean(),
    electronic: z.boolean(),
    translation: z.boolean(),
  }),
  encoding: z.enum(['CC0-1.0', 'Apache-2.0']),
})

/** One language's words. `withheld`: the licence holder's items, options and stem are not here; a school adds them under a recorded permission. */
export const textsSchema = z.strictObject({
  language: z.string().min(2),
  script: z.enum(['Hans', 'Hant', 'Latn']),
  edition: z.string().min(1),
  status: z.enum(['found', 'memory', 'ours', 'withheld']),
  source,
  translator: z.string().optional(),
  validation: z.string().min(1).optional(),
  name: z.string().min(1),
  administration: z.array(z.string().min(1)).optional(),
  instructions: z.string().min(1).optional(),
  stem: z.string().min(1).optional(),
  items: words.default({}),
  options: z.record(z.string(), words).default({}),
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
  grades: z.strictObject({ from: z.int().min(1), to: z.int() }).optional(),
  validated: z.boolean().optional(),
  estimatedMinutes: z.number().positive(),
  items: z.array(item).min(1),
  optionSets: z.record(z.string(), z.array(option).min(2)),
  scales: z.array(scale),
  norms: z.array(norm).optional(),
  riskRules: z.array(riskRule),
  licence,
  references: z.array(z.strictObject({ citation: z.string().min(1), doi: z.string().optional() })).min(1),
  provenance: z.array(z.strictObject({ fact: z.string().min(1), status, source })),
  textsNeeded: z.array(z.string().min(2)).optional(),
  texts: z.record(z.string(), textsSchema),
})

export type Definition = z.infer<typeof definitionSchema>
export type Texts = z.infer<typeof textsSchema>
export type Urgency = z.infer<typeof urgencySchema>
export type Scale = Definition['scales'][number]
export type Norm = NonNullable<Definition['norms']>[number]
export type RiskRule = Definition['riskRules'][number]
export type LanguageTag = string
