// What of a case goes over the wire.
import { z } from 'zod'
import { stay } from '../participants/school-year/shapes.ts'
import { aids } from '../sessions/sitting.ts'
import { at, id } from '../shapes.ts'

const urgency = z.enum(['immediate', 'prompt', 'routine'])
const sentence = z.record(z.string(), z.string())
export const decision = z.enum(['confirmed', 'dismissed'])
export const state = z.enum(['open', 'reviewed'])

export const queued = z.strictObject({
  caseId: id,
  state,
  participantId: id,
  schoolName: z.string(),
  className: z.string(),
  initial: z.string(),
  urgency,
  dueAt: at,
  overdue: z.boolean(),
  openedAt: at,
  flags: z.strictObject({ open: z.int(), total: z.int() }),
  reasons: z.array(sentence),
  owner: z.string().nullable().describe('who was on duty when the oldest open flag was raised'),
  deputy: z.string().nullable(),
})
const review = z.strictObject({ decision, reason: z.string(), by: z.string(), at })
export const flagShape = z.strictObject({
  flagId: id,
  instrument: z.string(),
  version: z.string(),
  rule: z.string(),
  kind: z.enum(['item', 'unanswered', 'scale', 'request']),
  urgency,
  subject: z.string(),
  subjectText: sentence,
  value: z.string(),
  valueText: sentence,
  reason: sentence,
  wave: z.string(),
  answeredAt: at,
  raisedAt: at,
  dueAt: at,
  before: z
    .strictObject({ value: z.string(), valueText: sentence })
    .nullable()
    .describe(
      'the answer for which the same rule was raised before at the same seat: the pupil changed it, or the sheet was corrected or read again',
    ),
  unfinished: z.boolean().describe('raised by answers so far: their sheet is not handed in yet'),
  review: review.nullable(),
  otherReviews: z.array(review).describe('what others decided of the same flag on an offline laptop, or here before it came home'),
})
export const scoreShape = z.strictObject({
  instrument: z.string(),
  scale: z.string(),
  scaleText: sentence,
  value: z.number().nullable(),
  band: z.string().nullable(),
  bandText: sentence,
  direction: z.enum(['higher-is-worse', 'higher-is-better']).nullable().describe('what a higher score of the scale means'),
  prorated: z.boolean(),
  unscorableReason: z.string().nullable(),
  answered: z.int(),
  of: z.int(),
  wave: z.string(),
  at,
})
export const sittingShape = z.strictObject({
  instrument: z.string(),
  wave: z.string(),
  at,
  aids: z.array(z.enum(aids)),
  answered: z.int(),
  of: z.int(),
  longString: z.int().nullable(),
  secondsPerItem: z.number().nullable(),
  fastShare: z.number().nullable(),
  bothWays: z.boolean().describe('whether the form asks some of its items the other way round'),
})
export const caseShape = z.strictObject({
  caseId: id,
  state,
  participant: z.strictObject({
    name: z.string(),
    sex: z.enum(['female', 'male']),
    age: z.int(),
    className: z.string(),
    schoolName: z.string(),
    leftBehind: z.boolean().nullable(),
  }),
  flags: z.array(flagShape),
  scores: z.array(scoreShape),
  sittings: z.array(sittingShape),
  whereabouts: z.array(stay).describe('in which classes the pupil was, oldest first, and where she went'),
})
