// A school year turns: looked at, confirmed, taken back; and the classes of earlier years with those who were in them.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../../access.ts'
import type { Context } from '../../context.ts'
import { inScope } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { id } from '../../shapes.ts'
import { classById, unitById } from '../../units/queries.ts'
import { readNames } from '../queries.ts'
import { lockRosters } from '../roster/queries.ts'
import { labelFor, lastGradeOf, standingOf } from './grades.ts'
import { schoolNow, yearPlan } from './plan.ts'
import { everIn, openSessionsOf, retiredClasses, yearsOf } from './queries.ts'
import { confirmed, pastClass, plan, state, turned, wish } from './shapes.ts'
import { tellPlan, tellStay, tellYears } from './telling.ts'
import { turnYear, undoYear } from './turn.ts'

const ofUnit = z.strictObject({ unitId: id })
const ofClass = z.strictObject({ classId: id })
const administrator = { access: staff('administrator') }

const gradeOf = (name: string) => standingOf(name, null).grade ?? 99

/** The year after the one that stands, else the one that begins about now. */
const nextLabel = (standing: string | undefined, now: Date) => {
  if (standing === undefined) return labelFor(now)
  const year = Number(standing.slice(0, 4)) + 1
  return `${year}-${year + 1}`
}

export const schoolYearRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/units/:unitId/school-year',
      { config: administrator, schema: { params: ofUnit, response: { 200: state } } },
      async (request) => {
        const actor = staffActor(request)
        const { unitId } = request.params
        return inScope(context.db, actor.scope, 'app', async (trx) => {
          const { classes } = await schoolNow(trx, actor, unitId)
          const years = await yearsOf(trx, actor.countyId, unitId)
          const standing = years.find(({ undoneAt }) => undoneAt === null)
          const past = await retiredClasses(trx, actor.countyId, unitId)
          return {
            label: nextLabel(standing?.label, context.clock()),
            lastGrade: lastGradeOf(classes.map(({ name, gradeName }) => standingOf(name, gradeName).grade)),
            classes: classes.length,
            years: tellYears(years),
            past: past
              .toSorted((one, other) => other.until.localeCompare(one.until) || gradeOf(one.name) - gradeOf(other.name))
              .map(({ classId, name, until }) => ({ classId, name, until })),
          }
        })
      },
    )

    app.post(
      '/units/:unitId/school-year/plan',
      { config: administrator, schema: { params: ofUnit, body: wish, response: { 200: plan } } },
      async (request) => {
        const actor = staffActor(request)
        return inScope(context.db, actor.scope, 'app', async (trx) =>
          tellPlan(await yearPlan(trx, actor, request.params.unitId, request.body), request.body.label),
        )
      },
    )

    app.post(
      '/units/:unitId/school-year',
      { config: administrator, schema: { params: ofUnit, body: confirmed, response: { 201: turned } } },
      async (request, reply) => {
        const actor = staffActor(request)
        const { planHash, confirm, ...wished } = request.body
        const made = await inScope(context.db, actor.scope, 'app', async (trx) => {
          await lockRosters(trx, actor.countyId)
          const fresh = await yearPlan(trx, actor, request.params.unitId, wished)
          if (confirm.trim() !== wished.label) throw new Problem('year.not-confirmed', { label: wished.label })
          if (fresh.hash !== planHash) throw new Problem('year.changed-since')
          const undecided = fresh.turn.fates.filter(({ unsure }) => unsure).length
          if (undecided > 0) throw new Problem('year.class-undecided', { count: undecided })
          const [open] = await openSessionsOf(trx, actor.countyId, fresh.school.id)
          if (open) throw new Problem('year.session-open', { name: open.name })
          return { yearId: await turnYear(trx, actor, context, fresh, wished.label), counts: fresh.counts }
        })
        return reply.code(201).send(made)
      },
    )

    app.post(
      '/units/:unitId/school-year/undo',
      {
        config: administrator,
        schema: {
          params: ofUnit,
          body: z.strictObject({ label: z.string().max(9) }),
          response: { 200: z.strictObject({ undone: z.literal(true) }) },
        },
      },
      async (request) => {
        const actor = staffActor(request)
        return inScope(context.db, actor.scope, 'app', async (trx) => {
          await lockRosters(trx, actor.countyId)
          const { school } = await schoolNow(trx, actor, request.params.unitId)
          const years = await yearsOf(trx, actor.countyId, school.id)
          const year = years.find(({ undoneAt }) => undoneAt === null)
          if (!year || year.label !== request.body.label) throw new Problem('year.not-the-latest')
          await undoYear(trx, actor, context, year)
          return { undone: true as const }
        })
      },
    )

    app.get(
      '/classes/:classId/enrolments',
      { config: administrator, schema: { params: ofClass, response: { 200: pastClass } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const own = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          const stays = await everIn(trx, countyId, own.id)
          const participantIds = [...new Set(stays.map((stay) => stay.participantId))]
          const look = { schoolId: own.schoolId, participantIds, reason: 'who was in a class' }
          const names = await readNames(trx, scope, context, look)
          return {
            name: own.name,
            schoolName: (await unitById(trx, countyId, own.schoolId)).name,
            retired: Boolean(own.retiredAt),
            pupils: stays.map((stay) => {
              const { className: _, gradeName: _grade, ...told } = tellStay(stay)
              return { participantId: stay.participantId, name: names.get(stay.participantId)?.name ?? '', ...told }
            }),
          }
        })
      },
    )
  }
