import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { reaches } from '../accounts/rules.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, withSchool } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { id } from '../shapes.ts'
import { provinceOf, requireCode } from './codes.ts'
import { allUnits, changeUnit, insertUnit, requireCurrent, type Unit, unitById } from './queries.ts'
import { parentsOf, schoolIdFor } from './rules.ts'

const unitShape = z.strictObject({
  id,
  parentId: id.nullable(),
  kind: z.enum(['county', 'township', 'village', 'school', 'grade', 'class']),
  name: z.string(),
  code: z.string().nullable(),
  schoolId: id.nullable(),
  province: z.string().nullable().describe('of a county, read from its code'),
  prefecture: z.string().nullable().describe('of a county: the prefecture or city above it'),
})
const name = z.string().trim().min(1).max(60)
const code = z.string().trim().max(40)
const newUnit = z.strictObject({
  kind: z.enum(['township', 'village', 'school', 'grade', 'class']),
  parentId: id,
  name,
  code: code.optional(),
})
const change = z.strictObject({ name, code: code.nullable(), prefecture: name.nullable().optional() })

const told = ({ id, parentId, kind, name, code, schoolId, prefecture }: Unit): z.infer<typeof unitShape> => ({
  id,
  parentId,
  kind,
  name,
  code,
  schoolId,
  province: kind === 'county' ? provinceOf(code) : null,
  prefecture: prefecture ?? null,
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
        return { units: units.map(told) }
      },
    )

    app.post(
      '/units',
      { config: { access: staff('administrator') }, schema: { body: newUnit, response: { 201: unitShape } } },
      async (request, reply) => {
        const { scope, countyId, grants } = staffActor(request)
        const { kind, parentId, name } = request.body
        const unit = await inScope(context.db, scope, 'app', async (trx): Promise<Unit> => {
          const parent = requireCurrent(await unitById(trx, countyId, parentId))
          if (!reaches(grants, countyId, parent)) throw new Problem('unit.not-found')
          const allowed = parentsOf[kind]
          if (!allowed.includes(parent.kind))
            throw new Problem('unit.wrong-kind', { kind, parentKind: parent.kind, kinds: allowed.join(', ') })
          const ownId = context.ids()
          const schoolId = schoolIdFor(kind, ownId, parent.schoolId)
          const made: Unit = { id: ownId, parentId, kind, name, code: request.body.code || null, schoolId }
          requireCode(made, await allUnits(trx, countyId))
          const wider = kind === 'school' ? await withSchool(trx, scope, ownId) : scope
          if (!(await insertUnit(trx, countyId, made, context.clock()))) throw new Problem('unit.name-taken', { name })
          await record(trx, wider, context, [{ action: 'unit.created', subject: 'unit', subjectIds: [ownId], schoolId, details: { kind } }])
          return made
        })
        return reply.code(201).send(told(unit))
      },
    )

    app.post(
      '/units/:unitId',
      {
        config: { access: staff('administrator') },
        schema: { params: z.strictObject({ unitId: id }), body: change, response: { 200: unitShape } },
      },
      async (request) => {
        const { scope, countyId, grants } = staffActor(request)
        const { prefecture, name } = request.body
        return inScope(context.db, scope, 'app', async (trx) => {
          const unit = requireCurrent(await unitById(trx, countyId, request.params.unitId))
          if (!reaches(grants, countyId, unit)) throw new Problem('unit.not-found')
          if (prefecture && unit.kind !== 'county') throw new Problem('unit.prefecture-misplaced')
          const changed: Unit = {
            ...unit,
            name,
            code: request.body.code || null,
            prefecture: prefecture === undefined ? (unit.prefecture ?? null) : prefecture,
          }
          if (changed.code !== unit.code) requireCode(changed, await allUnits(trx, countyId)) // an old code that nobody touches is left alone
          if (!(await changeUnit(trx, countyId, changed))) throw new Problem('unit.name-taken', { name })
          const fields = (['name', 'code', 'prefecture'] as const).filter((field) => changed[field] !== (unit[field] ?? null)).join(' ')
          const { id: unitId, schoolId, kind } = changed
          await record(trx, scope, context, [
            { action: 'unit.changed', subject: 'unit', subjectIds: [unitId], schoolId, details: { kind, fields } },
          ])
          return told(changed)
        })
      },
    )
  }
