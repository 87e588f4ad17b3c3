// All of a plan or nothing of it, in the transaction in which it was made again and found to be the same.
import type { StaffActor } from '../../access.ts'
import { type AuditEntry, record } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import type { Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { insertUnits, type Unit } from '../../units/queries.ts'
import type { Decision } from './compare.ts'
import type { Ask } from './in-worker.ts'
import { atOnce } from './limits.ts'
import type { NewClass } from './places.ts'
import type { Plan } from './plan.ts'
import { type Counts, correct, enrol, insertImport, markLeft } from './queries.ts'
import type { ImportBody } from './shapes.ts'
import { classKey, type OfSchool } from './writing.ts'

type NewUnit = Unit & { readonly schoolId: string }

/** The ids of the classes that were made, by what was said of them. */
const makeClasses = async (trx: Trx, { countyId, scope }: StaffActor, context: Context, classes: readonly NewClass[]) => {
  const units = classes.map(
    ({ schoolId, gradeId, name }): NewUnit => ({
      id: context.ids(),
      parentId: gradeId ?? schoolId,
      kind: 'class',
      name,
      code: null,
      schoolId,
    }),
  )
  const inserted = new Set(await insertUnits(trx, countyId, units, context.clock()))
  const taken = units.find((unit) => !inserted.has(unit.id))
  if (taken) throw new Problem('unit.name-taken', { name: taken.name })
  const made = [...Map.groupBy(units, (unit) => unit.schoolId)].map(
    ([schoolId, own]): AuditEntry => ({
      action: 'unit.created',
      subject: 'unit',
      subjectIds: own.map((unit) => unit.id),
      schoolId,
      details: { kind: 'class' },
    }),
  )
  await record(trx, scope, context, made)
  return new Map(classes.map((own, place) => [classKey(own), units[place]!.id]))
}

const entriesOf = (action: AuditEntry['action'], pupils: readonly OfSchool[]): readonly AuditEntry[] =>
  pupils.map(({ schoolId, participantIds }) => ({ action, subject: 'participant', subjectIds: participantIds, schoolId }))

type Sizes = { readonly enrolled: number; readonly changed: number }

const write = async (trx: Trx, { countyId, scope }: StaffActor, context: Context, { enrolled, changed }: Sizes, ask: Ask) => {
  const now = context.clock()
  for (let from = 0; from < enrolled; from += atOnce) await enrol(trx, countyId, await ask('enrolments', from), now)
  for (let from = 0; from < changed; from += atOnce) await correct(trx, countyId, await ask('corrections', from))
  const done = await ask('done')
  await record(trx, scope, context, [
    ...entriesOf('participant.created', done.created),
    ...entriesOf('participant.changed', done.changed),
    ...entriesOf('participant.transferred', done.transferred),
    ...entriesOf('participant.left', done.left),
  ])
}

export const takeOver = async (
  trx: Trx,
  actor: StaffActor,
  context: Context,
  plan: Plan,
  body: ImportBody,
  requestHash: string,
  ask: Ask,
): Promise<Counts> => {
  const decisions = new Map(body.decisions.map(({ sheet, row, decision }): [string, Decision] => [`${sheet}|${row}`, decision]))
  const { counts: sizes, leaving, classes } = await ask('decide', { decisions, left: body.left, leaveOutInvalid: body.leaveOutInvalid })
  await ask('make', await makeClasses(trx, actor, context, classes))
  await markLeft(trx, actor.countyId, leaving, context.clock())
  await write(trx, actor, context, sizes, ask)
  const { enrolled, transferred, changed, unchanged, leftOut, left } = sizes
  const counts: Counts = { created: enrolled - transferred, changed, unchanged, leftOut, transferred, left, classes: classes.length }
  const { target, schoolIds, hash, fileHash } = plan
  const schoolId = target.schoolId ?? (schoolIds.length === 1 ? schoolIds[0]! : null)
  const own = {
    id: context.ids(),
    schoolId,
    unitId: target.id,
    fileHash,
    planHash: hash,
    requestHash,
    counts,
    createdBy: actor.accountId,
    now: context.clock(),
  }
  await insertImport(trx, actor.countyId, own)
  await record(trx, actor.scope, context, [
    { action: 'roster.imported', subject: 'unit', subjectIds: [target.id], schoolId, details: { ...counts, fileHash } },
  ])
  return counts
}
