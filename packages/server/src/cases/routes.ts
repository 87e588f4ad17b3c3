import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { type StaffActor, staff, staffActor } from '../access.ts'
import { displayNames } from '../accounts/queries.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { type FlagRow, flagForReview, flagsOfCases, insertReview } from '../flags/queries.ts'
import { participantById, readNames } from '../participants/queries.ts'
import { ageOn, initialOf } from '../participants/rules.ts'
import { Problem } from '../problem.ts'
import type { StoredScore } from '../sessions/intake.ts'
import { at, id } from '../shapes.ts'
import { caseById, casesInState, closeIfReviewed, lockCase, sheetsOfParticipant } from './queries.ts'
import { byUrgencyThenAge, standingOf } from './rules.ts'

const urgency = z.enum(['immediate', 'prompt', 'routine'])
const sentence = z.record(z.string(), z.string())
const decision = z.enum(['confirmed', 'dismissed'])
const state = z.enum(['open', 'reviewed'])

const queued = z.strictObject({
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
})
const flagShape = z.strictObject({
  flagId: id,
  instrument: z.string(),
  version: z.string(),
  rule: z.string(),
  kind: z.enum(['item', 'unanswered', 'scale']),
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
  review: z.strictObject({ decision, reason: z.string(), by: z.string(), at }).nullable(),
})
const scoreShape = z.strictObject({
  instrument: z.string(),
  scale: z.string(),
  scaleText: sentence,
  value: z.number().nullable(),
  band: z.string().nullable(),
  bandText: sentence,
  prorated: z.boolean(),
  unscorableReason: z.string().nullable(),
  answered: z.int(),
  of: z.int(),
  wave: z.string(),
  at,
})
const caseShape = z.strictObject({
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
})

const counsellor = { access: staff('counsellor') }

/** The words of an instrument, in every language it has. */
const wording = (context: Context, instrument: string, version: string) => {
  const definition = context.library.get(instrument, version)
  const texts = Object.entries(definition?.texts ?? {})
  const say = (pick: (text: (typeof texts)[number][1]) => string | undefined) =>
    Object.fromEntries(texts.flatMap(([language, text]) => (pick(text) === undefined ? [] : [[language, pick(text)!]])))
  return {
    rule: (rule: string) => say((text) => text.riskRules[rule]),
    subject: (subject: string) => say((text) => text.items[subject] ?? text.scales[subject]),
    scale: (scale: string) => say((text) => text.scales[scale]),
    band: (scale: string, band: string | null) => (band === null ? {} : say((text) => text.bands[scale]?.[band])),
    value: (item: string, value: string) => {
      const set = definition?.items.find((candidate) => candidate.id === item)?.options
      const option = set ? definition?.optionSets[set]?.find((candidate) => String(candidate.value) === value) : undefined
      return set && option ? say((text) => text.options[set]?.[option.id]) : {}
    },
  }
}

const flagOut = (context: Context, flag: FlagRow, names: ReadonlyMap<string, string>): z.infer<typeof flagShape> => {
  const words = wording(context, flag.instrument, flag.version)
  const { decision: decided, reviewReason, reviewedBy, reviewedAt } = flag
  return {
    flagId: flag.flagId,
    instrument: flag.instrument,
    version: flag.version,
    rule: flag.rule,
    kind: flag.kind,
    urgency: flag.urgency,
    subject: flag.subject,
    subjectText: words.subject(flag.subject),
    value: flag.value,
    valueText: words.value(flag.subject, flag.value),
    reason: words.rule(flag.rule),
    wave: flag.wave,
    answeredAt: flag.answeredAt.toISOString(),
    raisedAt: flag.raisedAt.toISOString(),
    dueAt: flag.dueAt.toISOString(),
    review:
      decided && reviewedBy && reviewedAt
        ? { decision: decided, reason: reviewReason ?? '', by: names.get(reviewedBy) ?? '', at: reviewedAt.toISOString() }
        : null,
  }
}

const scoresOut = (context: Context, sheets: Awaited<ReturnType<typeof sheetsOfParticipant>>): z.infer<typeof scoreShape>[] =>
  sheets.flatMap((sheet) =>
    // written by sessions/intake.ts
    (sheet.scores as readonly StoredScore[]).map((score) => {
      const words = wording(context, score.instrument, score.version)
      const band = score.kind === 'scored' ? score.band : null
      return {
        instrument: score.instrument,
        scale: score.scale,
        scaleText: words.scale(score.scale),
        value: score.kind === 'scored' ? score.value : null,
        band,
        bandText: words.band(score.scale, band),
        prorated: score.kind === 'scored' && score.prorated,
        unscorableReason: score.kind === 'unscorable' ? score.reason : null,
        answered: score.answered,
        of: score.of,
        wave: sheet.wave,
        at: sheet.finishedAt.toISOString(),
      }
    }),
  )

const queue = async (
  context: Context,
  trx: Trx,
  { scope, countyId }: StaffActor,
  wanted: 'open' | 'reviewed',
): Promise<z.infer<typeof queued>[]> => {
  const cases = await casesInState(trx, countyId, wanted)
  const flags = Map.groupBy(
    await flagsOfCases(
      trx,
      countyId,
      cases.map((row) => row.id),
    ),
    (flag) => flag.caseId ?? '',
  )
  const bySchool = Map.groupBy(cases, (row) => row.schoolId)
  const names = new Map<string, string>()
  for (const [schoolId, rows] of bySchool) {
    await record(trx, scope, context, [{ action: 'case.listed', subject: 'case', subjectIds: rows.map((row) => row.id), schoolId }])
    const people = await readNames(trx, scope, context, {
      schoolId,
      participantIds: rows.map((row) => row.participantId),
      reason: 'queue of cases',
    })
    for (const [participantId, person] of people) names.set(participantId, person.name)
  }
  const now = context.clock()
  const rows = cases.flatMap((row) => {
    const own = flags.get(row.id) ?? []
    if (own.length === 0) return []
    const standing = standingOf(own)
    const reasons = standing.reasons.map((reason) => {
      const [instrument = '', rule = ''] = reason.split('/')
      return wording(context, instrument, own.find((flag) => flag.instrument === instrument)?.version ?? '').rule(rule)
    })
    return {
      caseId: row.id,
      state: row.state,
      participantId: row.participantId,
      schoolName: row.schoolName,
      className: row.className,
      initial: initialOf(names.get(row.participantId) ?? ''),
      urgency: standing.urgency,
      dueAt: standing.dueAt.toISOString(),
      overdue: standing.open > 0 && standing.dueAt < now,
      openedAt: row.openedAt.toISOString(),
      flags: { open: standing.open, total: own.length },
      reasons,
    }
  })
  return rows.toSorted(byUrgencyThenAge)
}

export const caseRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/cases',
      {
        config: counsellor,
        schema: {
          querystring: z.strictObject({ state: state.default('open') }),
          response: { 200: z.strictObject({ cases: z.array(queued) }) },
        },
      },
      async (request) => {
        const actor = staffActor(request)
        return inScope(context.db, actor.scope, 'app', async (trx) => ({ cases: await queue(context, trx, actor, request.query.state) }))
      },
    )

    app.get(
      '/cases/:caseId',
      { config: counsellor, schema: { params: z.strictObject({ caseId: id }), response: { 200: caseShape } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const found = await caseById(trx, countyId, request.params.caseId)
          const { participantId, schoolId } = found
          await record(trx, scope, context, [{ action: 'case.read', subject: 'case', subjectIds: [found.id], schoolId }])
          const participant = await participantById(trx, countyId, participantId)
          const person = (
            await readNames(trx, scope, context, { schoolId, participantIds: [participantId], reason: 'review of a case' })
          ).get(participantId)
          const flags = await flagsOfCases(trx, countyId, [found.id])
          const reviewers = await displayNames(
            trx,
            flags.flatMap((flag) => (flag.reviewedBy ? [flag.reviewedBy] : [])),
          )
          const sheets = await sheetsOfParticipant(trx, countyId, participantId)
          return {
            caseId: found.id,
            state: found.state,
            participant: {
              name: person?.name ?? '',
              sex: participant.sex,
              age: ageOn(person?.birthDate ?? participant.birthMonth, context.clock()),
              className: participant.className,
              schoolName: participant.schoolName,
              leftBehind: participant.leftBehind,
            },
            flags: flags.map((flag) => flagOut(context, flag, reviewers)),
            scores: scoresOut(context, sheets),
          }
        })
      },
    )

    const review = z.strictObject({ decision, reason: z.string().trim().min(5).max(2000) })
    app.post(
      '/flags/:flagId/review',
      { config: counsellor, schema: { params: z.strictObject({ flagId: id }), body: review, response: { 201: flagShape } } },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const made = await inScope(context.db, scope, 'app', async (trx) => {
          const flag = await flagForReview(trx, countyId, request.params.flagId)
          const { caseId } = flag
          if (!caseId) throw new Error('a flag without a case was to be reviewed')
          if (flag.reviewedBy)
            throw new Problem('flag.already-reviewed', { by: (await displayNames(trx, [flag.reviewedBy])).get(flag.reviewedBy) ?? '' })
          await lockCase(trx, countyId, caseId)
          const now = context.clock()
          await insertReview(trx, countyId, {
            id: context.ids(),
            schoolId: flag.schoolId,
            flagId: flag.flagId,
            ...request.body,
            accountId,
            now,
          })
          await closeIfReviewed(trx, countyId, caseId, now)
          await record(trx, scope, context, [
            {
              action: 'flag.reviewed',
              subject: 'flag',
              subjectIds: [flag.flagId],
              schoolId: flag.schoolId,
              details: { decision: request.body.decision },
            },
          ])
          const row = (await flagsOfCases(trx, countyId, [caseId])).find((candidate) => candidate.flagId === flag.flagId)!
          return flagOut(context, row, await displayNames(trx, [accountId]))
        })
        return reply.code(201).send(made)
      },
    )
  }
