/** The licence gate: whether an instrument may be shown, under its own terms or under a recorded permission. It fails closed. */
import { z } from 'zod'
import { type Definition, type LanguageTag, type Texts, textsSchema } from './definition.ts'
import { textsAreComplete } from './laws/words.ts'

const use = z.enum(['clinical', 'educational', 'research', 'commercial'])
export type Use = z.infer<typeof use>

/** What a licence holder allowed, and the words that came with it: they live in this record, never in the library. */
export const permissionSchema = z.strictObject({
  instrument: z.string().min(1),
  version: z.string().min(1),
  licensor: z.string().min(1),
  reference: z.string().min(1),
  grantedOn: z.iso.date(),
  until: z.iso.date().optional(),
  uses: z.array(use).min(1),
  electronic: z.boolean(),
  texts: z.array(textsSchema),
})
export type PermissionRecord = z.infer<typeof permissionSchema>

/** `on` is the day of the drawing (ISO); without it no permission counts, since none can be shown to hold. */
export type Drawing = {
  readonly use: Use
  readonly electronic: boolean
  readonly on?: string
  readonly permissions: readonly PermissionRecord[]
}
export type Refusal =
  | 'use-not-permitted'
  | 'electronic-not-permitted'
  | 'no-permission'
  | 'permission-not-in-force'
  | 'permission-for-other-uses'
  | 'permission-for-paper-only'
  | 'words-not-there'
export type MayDraw =
  | { readonly allowed: true; readonly texts: Readonly<Record<LanguageTag, Texts>> }
  | { readonly allowed: false; readonly reason: Refusal }

const isWhole = (definition: Definition, texts: Texts) =>
  texts.status !== 'withheld' && textsAreComplete.findings({ ...definition, texts: { [texts.language]: texts } }).length === 0

const drawn = (definition: Definition, texts: readonly Texts[]): MayDraw => {
  const whole = texts.filter((words) => isWhole(definition, words)).map((words) => [words.language, words] as const)
  return whole.length > 0 ? { allowed: true, texts: Object.fromEntries(whole) } : { allowed: false, reason: 'words-not-there' }
}

const ownRefusal = ({ licence: { wording } }: Definition, { use: wanted, electronic }: Drawing): Refusal | null => {
  if (wording.status === 'permission-needed') return 'no-permission'
  if (!wording[wanted] || (wording.status === 'non-commercial' && wanted === 'commercial')) return 'use-not-permitted'
  return electronic && !wording.electronic ? 'electronic-not-permitted' : null
}

const recordRefusal = ({ grantedOn, until, uses, electronic }: PermissionRecord, drawing: Drawing): Refusal | null => {
  const { on } = drawing
  if (on === undefined || on < grantedOn || (until !== undefined && on > until)) return 'permission-not-in-force'
  if (!uses.includes(drawing.use)) return 'permission-for-other-uses'
  return drawing.electronic && !electronic ? 'permission-for-paper-only' : null
}

/**
 * Whether this version may be shown for a use, and in which words. A permission stands in for terms that do not allow the use; it counts
 * for its own instrument and version, from the day it was granted to its last day. Not legal advice: it holds what was recorded.
 */
export const mayDraw = (definition: Definition, drawing: Drawing): MayDraw => {
  const own = ownRefusal(definition, drawing)
  if (own === null) return drawn(definition, Object.values(definition.texts))
  const records = drawing.permissions.filter(({ instrument, version }) => instrument === definition.id && version === definition.version)
  const refusals = records.map((record) => recordRefusal(record, drawing))
  const holding = records[refusals.indexOf(null)]
  if (holding) return drawn(definition, [...Object.values(definition.texts), ...holding.texts])
  return { allowed: false, reason: refusals[0] ?? own }
}
