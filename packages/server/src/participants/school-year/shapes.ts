import { z } from 'zod'
import { at, id } from '../../shapes.ts'
import { becomings, doings } from './rules.ts'

const name = z.string().trim().min(1).max(60)
export const wish = z.strictObject({
  label: z.string().max(9).describe('the new school year, 2026-2027'),
  lastGrade: z.int().min(1).max(12),
  classes: z.array(z.strictObject({ classId: id, becomes: z.enum(becomings), name: name.optional(), gradeName: name.optional() })).max(500),
  pupils: z.array(z.strictObject({ participantId: id, does: z.enum(doings), classId: id.optional() })).max(5000),
})
export const confirmed = wish.extend({ planHash: z.string().regex(/^[0-9a-f]{64}$/), confirm: z.string().max(20) })

const counts = z.strictObject({
  promoted: z.int(),
  graduated: z.int(),
  repeated: z.int(),
  moved: z.int(),
  transferred: z.int(),
  left: z.int(),
})
export const plan = z.strictObject({
  planHash: z.string(),
  label: z.string(),
  counts,
  classes: z.array(
    z.strictObject({
      classId: id,
      name: z.string(),
      gradeName: z.string().nullable(),
      grade: z.int().nullable(),
      becomes: z.enum(becomings),
      newName: z.string().nullable(),
      newGradeName: z.string().nullable(),
      unsure: z.boolean().describe('its name does not say what becomes of it'),
      pupils: z.int(),
      counts,
    }),
  ),
  made: z.array(z.strictObject({ name: z.string(), gradeName: z.string().nullable(), pupils: z.int() })),
  undecided: z.int(),
})

export const state = z.strictObject({
  label: z.string().describe('the school year that would come next'),
  lastGrade: z.int(),
  classes: z.int(),
  years: z.array(z.strictObject({ id, label: z.string(), madeAt: at, undoneAt: at.nullable(), counts, mayUndo: z.boolean() })),
  past: z.array(z.strictObject({ classId: id, name: z.string(), until: z.string() })),
})
export const turned = z.strictObject({ yearId: id, counts })

const came = z.enum(['enrolled', 'promoted', 'repeated', 'moved', 'transferred', 'returned', 'taken-back'])
const went = z.enum(['promoted', 'repeated', 'moved', 'left', 'graduated', 'transferred', 'taken-back'])
export const stay = z.strictObject({
  className: z.string(),
  gradeName: z.string().nullable(),
  from: at,
  came,
  cameFrom: z.string().nullable().describe('the school from which she was transferred'),
  to: at.nullable(),
  went: went.nullable(),
  wentTo: z.string().nullable().describe('the school to which she was transferred'),
})
export const pastClass = z.strictObject({
  name: z.string(),
  schoolName: z.string(),
  retired: z.boolean(),
  pupils: z.array(stay.omit({ className: true, gradeName: true }).extend({ participantId: id, name: z.string() })),
})
