import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { reaches } from '../accounts/rules.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, withSchool } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { id } from '../shapes.ts'
import { allUnits, insertUnit, type Unit, unitById } from './queries.ts'
import { parentsOf, schoolIdFor } from './rules.ts'

const unitShape = z.strictObject({
  id,
  parentId: id.nullable(),
  kind: z.enum(['county', 'township', 'village', 'school', 'grade', 'class']),
  name: z.string(),
  code: z.string().nullable(),
  schoolId: id.nullable(),
})
const newUnit = z.strictObject({
  kind: z.enum(['township', 'village', 'school', 'grade', 'class']),
  parentId: id,
  name: z.string().trim().min(1).max(60),
  code: z.string().trim().max(40).optional(),
})

export const unitRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/units',
      { config: { access: staff() }, schema: { response: { 200: z.strictObject({ units: z.array(unitShape) }) } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const units = await inScope(context.db, scope, 'app', (trx) => allUnits(trx, countyId)) // row-level security leaves the own schools
        return { units }
      },
    )

    app.post(
      '/units',
      { config: { access: staff('administrator') }, schema: { body: newUnit, response: { 201: unitShape } } },
      async (request, reply) => {
        const { scope, countyId, grants } = staffActor(request)
        const { kind, parentId, name, code } = request.body
        const unit = await inScope(context.db, scope, 'app', async (trx): Promise<Unit> => {
          const parent = await unitById(trx, countyId, parentId)
          if (!reaches(grants, countyId, parent)) throw new Problem('unit.not-found')
          const allowed = parentsOf[kind]
          if (!allowed.includes(parent.kind))
            throw new Problem('unit.wrong-kind', { kind, parentKind: parent.kind, kinds: allowed.join(', ') })
          const ownId = context.ids()
          const made: Unit = { id: ownId, parentId, kind, name, code: code ?? null, schoolId: schoolIdFor(kind, ownId, parent.schoolId) }
          const wider = kind === 'school' ? await withSchool(trx, scope, ownId) : scope
          if (!(await insertUnit(trx, countyId, made, context.clock()))) throw new Problem('unit.name-taken', { name })
          const { schoolId } = made
          await record(trx, wider, context, [{ action: 'unit.created', subject: 'unit', subjectIds: [ownId], schoolId, details: { kind } }])
          return made
        })
        return reply.code(201).send(unit)
      },
    )
  }
