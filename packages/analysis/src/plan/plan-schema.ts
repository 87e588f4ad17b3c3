/** The analysis plan as data: what will be computed and what decides, fixed and hashed before anybody sees an outcome. */
import { bilingualSchema } from '@tongxing/instruments'
import { z } from 'zod'
import { adjustments } from '../multiplicity/adjusted-p.ts'

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'allowed are small letters, digits and hyphens, a letter first')
const variable = z.string().regex(/^[a-z][a-z0-9_]*$/, 'allowed are small letters, digits and underscores, a letter first')
const share = z.number().gt(0).lt(1)

/** A sheet is careless when at least `atLeast` of the rules named here hold. Rules left out are not asked. */
const careless = z.strictObject({
  /** whose answers are looked at, in the order of the form */
  instruments: z.array(name).min(1).max(20),
  /** the longest run of one answer, at least so many items */
  longString: z.int().min(2).optional(),
  /** intra-individual response variability below this, in points */
  variabilityBelow: z.number().gt(0).optional(),
  /** Mahalanobis distance beyond this share of its chi-squared, such as 0.999 */
  mahalanobis: share.optional(),
  atLeast: z.int().min(1).max(3).default(1),
})

export const planSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: name,
  title: bilingualSchema,
  /** the protocol's id, which the dataset names as its study */
  study: name,
  frozenOn: z.iso.date('allowed is a date such as 2026-08-15'),
  primary: z.strictObject({ scale: variable, wave: name, baselineWave: name }),
  model: z.strictObject({
    kind: z.literal('random-intercept'),
    /** design columns or scales at baseline; the baseline score of the outcome itself is always in */
    covariates: z.array(variable).max(10).default([]),
  }),
  secondary: z
    .array(z.strictObject({ scale: variable }))
    .max(30)
    .default([]),
  /** further waves whose contrasts are planned, beside the primary one */
  waves: z.array(name).max(20).default([]),
  subgroups: z.array(variable).max(6).default([]),
  /** reliable change of pupils: the limit of its index, and a cut-off that an improvement may cross */
  individuals: z.strictObject({ limit: z.number().gt(0).default(1.96), cutOff: z.number().optional() }).optional(),
  /** the share at or beyond this score of the primary scale, before and after */
  cutOff: z.number().optional(),
  careless: careless.optional(),
  missing: z
    .strictObject({
      imputations: z.int().min(2).max(200),
      iterations: z.int().min(1).max(100),
      seed: z.int().min(0),
      /** points added to imputed outcomes of the programme arms */
      deltas: z.array(z.number()).max(15),
    })
    .optional(),
  multiplicity: z.strictObject({ method: z.enum(adjustments) }).default({ method: 'holm' }),
  level: share.default(0.95),
  alpha: share.default(0.05),
  minimumCell: z.int().min(1).max(100).default(10),
  /** half the width of the zone that counts as no difference, in points of the primary scale */
  equivalence: z.strictObject({ margin: z.number().gt(0), scale: variable.optional() }).optional(),
  dose: z.strictObject({ column: variable }).optional(),
})

export type Plan = z.infer<typeof planSchema>
