import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { id } from '../shapes.ts'
import { classById, requireCurrent } from '../units/queries.ts'
import { insertParticipants } from './queries.ts'
import { lockRosters } from './roster/queries.ts'
import { birthMonth, requireBirthDate } from './rules.ts'

const newParticipant = z.strictObject({
  name: z.string().trim().min(1).max(60),
  studentNumber: z.string().trim().min(1).max(40).optional(),
  sex: z.enum(['female', 'male']),
  birthDate: z.iso.date(),
  leftBehind: z.boolean().optional(),
})

export const participantRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/classes/:classId/participants',
      {
        config: { access: staff('administrator', 'proctor') },
        schema: {
          params: z.strictObject({ classId: id }),
          body: z.strictObject({ participants: z.array(newParticipant).min(1).max(200) }),
          response: { 201: z.strictObject({ participantIds: z.array(id) }) },
        },
      },
      async (request, reply) => {
        const { scope, countyId } = staffActor(request)
        const now = context.clock()
        const made = request.body.participants.map((p, position) => {
          requireBirthDate(p.birthDate, now, position + 1)
          return {
            ...p,
            participantId: context.ids(),
            personId: context.ids(),
            studentNumber: p.studentNumber ?? null,
            birthMonth: birthMonth(p.birthDate),
            leftBehind: p.leftBehind ?? null,
          }
        })
        const participantIds = made.map((p) => p.participantId)
        await inScope(context.db, scope, 'app', async (trx) => {
          await lockRosters(trx, countyId)
          const place = requireCurrent(await classById(trx, countyId, scope.schoolIds, request.params.classId))
          await insertParticipants(trx, { countyId, schoolId: place.schoolId, classId: place.id }, made, now)
          await record(trx, scope, context, [
            { action: 'participant.created', subject: 'participant', subjectIds: participantIds, schoolId: place.schoolId },
          ])
        })
        return reply.code(201).send({ participantIds })
      },
    )
  }
