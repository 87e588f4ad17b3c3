import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { isTrial, studyProtocolSchema } from '@tongxing/instruments'
import { z } from 'zod'
import { countyStaff, staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { at, bilingual, id } from '../shapes.ts'
import { unitById } from '../units/queries.ts'
import * as queries from './queries.ts'
import { allocate, protocolHash, requireProtocol } from './rules.ts'

const inStudy = z.strictObject({ schoolId: id, name: z.string(), arm: z.string().nullable() })
export const listed = z.strictObject({
  id,
  kind: z.enum(['trial', 'screening']),
  protocolId: z.string(),
  title: bilingual,
  simulated: z.boolean(),
  waves: z.array(
    z.strictObject({ id: z.string(), label: bilingual, battery: z.array(z.strictObject({ instrument: z.string(), version: z.string() })) }),
  ),
  allocated: z.boolean(),
  createdAt: at,
})
const studyShape = z.strictObject({
  id,
  title: bilingual,
  protocol: studyProtocolSchema,
  schools: z.array(inStudy),
  allocation: z.strictObject({ seed: z.int(), allocatedAt: at }).nullable(),
  waves: z.array(z.strictObject({ id: z.string(), label: bilingual, sessions: z.int(), seats: z.int(), submitted: z.int() })),
  exports: z.array(z.strictObject({ id, createdAt: at, rows: z.int(), participants: z.int(), hash: z.string() })),
  reports: z.array(z.strictObject({ id, exportId: id, createdAt: at })),
})
const byId = z.strictObject({ studyId: id })
const researcher = { access: countyStaff('researcher', 'administrator') }

export const listing = (study: queries.Study): z.infer<typeof listed> => ({
  id: study.id,
  kind: isTrial(study.protocol) ? 'trial' : 'screening',
  protocolId: study.protocol.id,
  title: study.protocol.title,
  simulated: study.protocol.simulated,
  waves: study.protocol.waves.map(({ id: wave, label, battery }) => ({
    id: wave,
    label,
    battery: battery.map(({ instrument, version }) => ({ instrument, version })),
  })),
  allocated: study.allocatedAt !== null,
  createdAt: study.createdAt.toISOString(),
})

const iso = <T extends { createdAt: Date }>(row: T) => ({ ...row, createdAt: row.createdAt.toISOString() })

export const studyRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/studies',
      { config: researcher, schema: { body: z.strictObject({ protocol: studyProtocolSchema }), response: { 201: listed } } },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { protocol } = request.body
        requireProtocol(protocol, context.library)
        const studyId = context.ids()
        const study = await inScope(context.db, scope, 'app', async (trx) => {
          await queries.insertStudy(trx, countyId, {
            id: studyId,
            protocol,
            hash: protocolHash(protocol),
            createdBy: accountId,
            now: context.clock(),
          })
          await record(trx, scope, context, [
            { action: 'study.created', subject: 'study', subjectIds: [studyId], details: { protocol: protocol.id } },
          ])
          return queries.studyById(trx, countyId, studyId)
        })
        return reply.code(201).send(listing(study))
      },
    )

    const anyone = { access: staff('researcher', 'administrator', 'proctor', 'principal', 'counsellor') }
    app.get(
      '/studies',
      { config: anyone, schema: { response: { 200: z.strictObject({ studies: z.array(listed) }) } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const studies = await inScope(context.db, scope, 'app', (trx) => queries.allStudies(trx, countyId))
        return { studies: studies.map(listing) }
      },
    )

    app.get('/studies/:studyId', { config: researcher, schema: { params: byId, response: { 200: studyShape } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      const { studyId } = request.params
      return inScope(context.db, scope, 'app', async (trx) => {
        const { protocol, allocationSeed, allocatedAt } = await queries.studyById(trx, countyId, studyId)
        const counts = new Map((await queries.waveCounts(trx, countyId, studyId)).map((row) => [row.wave, row]))
        const made = await queries.madeOfStudy(trx, countyId, studyId)
        return {
          id: studyId,
          title: protocol.title,
          protocol,
          schools: await queries.schoolsOfStudy(trx, countyId, studyId),
          allocation: allocatedAt && allocationSeed !== null ? { seed: allocationSeed, allocatedAt: allocatedAt.toISOString() } : null,
          waves: protocol.waves.map(({ id: wave, label }) => {
            const count = counts.get(wave)
            return {
              id: wave,
              label,
              sessions: Number(count?.sessions ?? 0),
              seats: Number(count?.seats ?? 0),
              submitted: Number(count?.submitted ?? 0),
            }
          }),
          exports: made.exports.map(iso),
          reports: made.reports.map(iso),
        }
      })
    })

    app.post(
      '/studies/:studyId/schools',
      {
        config: researcher,
        schema: {
          params: byId,
          body: z.strictObject({ schoolIds: z.array(id).min(1).max(1000) }),
          response: { 200: z.strictObject({ schools: z.array(inStudy) }) },
        },
      },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const { studyId } = request.params
        const schoolIds = [...new Set(request.body.schoolIds)]
        return inScope(context.db, scope, 'app', async (trx) => {
          await queries.studyById(trx, countyId, studyId)
          if (await queries.lockAllocation(trx, countyId, studyId)) throw new Problem('study.already-allocated')
          for (const schoolId of schoolIds)
            if ((await unitById(trx, countyId, schoolId)).kind !== 'school' || !scope.schoolIds.includes(schoolId))
              throw new Problem('unit.not-found')
          await queries.insertStudySchools(trx, countyId, studyId, schoolIds)
          await record(trx, scope, context, [
            { action: 'study.schools-added', subject: 'study', subjectIds: [studyId], details: { schools: schoolIds.length } },
          ])
          return { schools: await queries.schoolsOfStudy(trx, countyId, studyId) }
        })
      },
    )

    app.post(
      '/studies/:studyId/allocation',
      {
        config: researcher,
        schema: {
          params: byId,
          body: z.strictObject({ seed: z.int().min(0).max(4_294_967_295) }),
          response: { 200: z.strictObject({ schools: z.array(inStudy) }) },
        },
      },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const { studyId } = request.params
        const { seed } = request.body
        return inScope(context.db, scope, 'app', async (trx) => {
          const { protocol } = await queries.studyById(trx, countyId, studyId)
          if (!isTrial(protocol)) throw new Problem('study.no-arms')
          if (await queries.lockAllocation(trx, countyId, studyId)) throw new Problem('study.already-allocated')
          const schools = await queries.schoolsOfStudy(trx, countyId, studyId)
          const arms = allocate(
            schools.map((school) => school.schoolId),
            protocol.arms.map((arm) => arm.id),
            seed,
          )
          await queries.setAllocation(trx, countyId, studyId, seed, arms, context.clock())
          await record(trx, scope, context, [{ action: 'study.allocated', subject: 'study', subjectIds: [studyId], details: { seed } }])
          return { schools: await queries.schoolsOfStudy(trx, countyId, studyId) }
        })
      },
    )
  }
