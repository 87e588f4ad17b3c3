import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { displayNames } from '../accounts/queries.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { flagForReview, flagsOfCases, insertReview } from '../flags/queries.ts'
import { participantById, readNames } from '../participants/queries.ts'
import { ageOn } from '../participants/rules.ts'
import { historyOf } from '../participants/school-year/queries.ts'
import { tellStay } from '../participants/school-year/telling.ts'
import { Problem } from '../problem.ts'
import { id } from '../shapes.ts'
import { caseById, closeIfReviewed, lockCase, otherReviews, queueMark, sheetsOfParticipant } from './queries.ts'
import { queue } from './queue.ts'
import { flagsAsJudged } from './rules.ts'
import { caseShape, decision, flagShape, queued, state } from './shapes.ts'
import { sittingsOut } from './sittings.ts'
import { type Around, flagOut, scoresOut } from './wording.ts'

const counsellor = { access: staff('counsellor') }

/** The flags of a case, what else was decided of them, and who decided. */
const aroundCase = async (
  trx: Trx,
  countyId: string,
  { id: caseId, participantId }: { id: string; participantId: string },
): Promise<Around> => {
  const flags = await flagsOfCases(trx, countyId, [caseId])
  const others = await otherReviews(trx, countyId, participantId)
  const people = [...flags.flatMap(({ reviewedBy }) => reviewedBy ?? []), ...others.flatMap(({ reviews }) => reviews.map(({ by }) => by))]
  return { flags, others, names: await displayNames(trx, people) }
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

    // asked every few seconds by an open queue (SAF-03): it names nobody, so that only a queue that has changed is read and audited again
    app.get('/cases/mark', { config: counsellor, schema: { response: { 200: z.strictObject({ mark: z.string() }) } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      return { mark: await inScope(context.db, scope, 'app', (trx) => queueMark(trx, countyId)) }
    })

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
          const around = await aroundCase(trx, countyId, found)
          const sheets = await sheetsOfParticipant(trx, countyId, participantId)
          const stays = await historyOf(trx, countyId, participantId)
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
            flags: flagsAsJudged(around.flags).map((flag) => flagOut(context, flag, around)),
            scores: scoresOut(context, sheets),
            sittings: sittingsOut(context, sheets),
            whereabouts: stays.map(tellStay),
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
          const around = await aroundCase(trx, countyId, { id: caseId, participantId: flag.participantId })
          return flagOut(context, around.flags.find(({ flagId }) => flagId === flag.flagId)!, around)
        })
        return reply.code(201).send(made)
      },
    )
  }
