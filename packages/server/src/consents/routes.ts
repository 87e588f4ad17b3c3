import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { participantsOfClass, readNames } from '../participants/queries.ts'
import { id } from '../shapes.ts'
import { classById } from '../units/queries.ts'
import { guardianDecisions, insertConsents } from './queries.ts'

const decision = z.enum(['given', 'refused', 'withdrawn'])
const newConsent = z.strictObject({
  purpose: z.enum(['screening', 'follow-up', 'research']),
  givenBy: z.enum(['guardian', 'pupil']),
  decision,
  notice: z.strictObject({ id: z.string().min(1).max(80), version: z.string().min(1).max(40), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  participantIds: z.array(id).min(1).max(200),
})
const onRoster = z.strictObject({
  participantId: id,
  name: z.string(),
  studentNumber: z.string().nullable(),
  sex: z.enum(['female', 'male']),
  birthDate: z.iso.date(),
  leftBehind: z.boolean().nullable(),
  /** Null for a proctor: who refused is not a class teacher's business (PRIV-04). */
  consent: z.strictObject({ screening: decision.nullable(), research: decision.nullable() }).nullable(),
})
const ofClass = z.strictObject({ classId: id })

export const consentRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const rosterResponse = z.strictObject({ className: z.string(), participants: z.array(onRoster) })
    app.get(
      '/classes/:classId/participants',
      {
        config: { access: staff('administrator', 'proctor', 'counsellor') },
        schema: { params: ofClass, response: { 200: rosterResponse } },
      },
      async (request) => {
        const { scope, countyId, grants } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const place = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          const seesConsent = grants.some((grant) => grant.role !== 'proctor' && grant.schoolIds.includes(place.schoolId))
          const roster = await participantsOfClass(trx, countyId, place.id)
          const participantIds = roster.map((p) => p.id)
          const names = await readNames(trx, scope, context, { schoolId: place.schoolId, participantIds, reason: 'roster of a class' })
          const [screening, research] = [
            await guardianDecisions(trx, countyId, 'screening', participantIds),
            await guardianDecisions(trx, countyId, 'research', participantIds),
          ]
          const participants = roster.map((p) => {
            const person = names.get(p.id)
            return {
              participantId: p.id,
              name: person?.name ?? '',
              studentNumber: person?.studentNumber ?? null,
              sex: p.sex,
              birthDate: person?.birthDate ?? p.birthMonth,
              leftBehind: p.leftBehind,
              consent: seesConsent ? { screening: screening.get(p.id) ?? null, research: research.get(p.id) ?? null } : null,
            }
          })
          return { className: place.name, participants }
        })
      },
    )

    app.post(
      '/classes/:classId/consents',
      {
        config: { access: staff('administrator', 'counsellor') },
        schema: { params: ofClass, body: newConsent, response: { 201: z.strictObject({ recorded: z.int() }) } },
      },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { participantIds, ...consent } = request.body
        const unique = [...new Set(participantIds)]
        await inScope(context.db, scope, 'app', async (trx) => {
          const place = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          await insertConsents(trx, { countyId, schoolId: place.schoolId, classId: place.id }, consent, unique, {
            ids: context.ids,
            accountId,
            now: context.clock(),
          })
          const details = {
            purpose: consent.purpose,
            givenBy: consent.givenBy,
            decision: consent.decision,
            notice: `${consent.notice.id}@${consent.notice.version}`,
          }
          await record(trx, scope, context, [
            { action: 'consent.recorded', subject: 'participant', subjectIds: unique, schoolId: place.schoolId, details },
          ])
        })
        return reply.code(201).send({ recorded: unique.length })
      },
    )
  }
