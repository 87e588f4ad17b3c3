// A school that only wants to screen: what is asked and where, without a file. The protocol is made here and never changes afterwards.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { battery, id } from '../shapes.ts'
import { unitById } from '../units/queries.ts'
import * as queries from './queries.ts'
import { listed, listing } from './routes.ts'
import { protocolHash, requireProtocol, screeningOf } from './rules.ts'

const wish = z.strictObject({
  title: z.string().trim().min(1).max(100),
  wave: z.string().trim().min(1).max(60),
  language: z.string().min(2).max(20),
  instruments: battery.min(1).max(20),
  schoolIds: z.array(id).min(1).max(1000),
})

export const screeningRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/screenings',
      { config: { access: staff('administrator') }, schema: { body: wish, response: { 201: listed } } },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { title, wave, language, instruments } = request.body
        const schoolIds = [...new Set(request.body.schoolIds)]
        const [studyId, now] = [context.ids(), context.clock()]
        const name = `screening-${now.toISOString().slice(0, 10)}-${studyId.slice(-6)}`
        const protocol = screeningOf({ id: name, title, wave, language, instruments, simulated: context.simulated }, context.library)
        requireProtocol(protocol, context.library)
        const study = await inScope(context.db, scope, 'app', async (trx) => {
          for (const schoolId of schoolIds)
            if (!scope.schoolIds.includes(schoolId) || (await unitById(trx, countyId, schoolId)).kind !== 'school')
              throw new Problem('unit.not-found')
          await queries.insertStudy(trx, countyId, { id: studyId, protocol, hash: protocolHash(protocol), createdBy: accountId, now })
          await queries.insertStudySchools(trx, countyId, studyId, schoolIds)
          await record(trx, scope, context, [
            { action: 'study.created', subject: 'study', subjectIds: [studyId], details: { protocol: name } },
            { action: 'study.schools-added', subject: 'study', subjectIds: [studyId], details: { schools: schoolIds.length } },
          ])
          return queries.studyById(trx, countyId, studyId)
        })
        return reply.code(201).send(listing(study))
      },
    )
  }
