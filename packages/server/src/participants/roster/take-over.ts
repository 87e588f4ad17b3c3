// All of a plan or nothing of it, in the transaction in which it was made again and found to be the same.
import type { StaffActor } from '../../access.ts'
import { type AuditEntry, record } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import type { Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { insertUnits, type Unit } from '../../units/queries.ts'
import { birthMonth } from '../rules.ts'
import type { Decision, Registered } from './compare.ts'
import { type Deeds, deedsOf } from './deeds.ts'
import type { Target } from './drafts.ts'
import type { NewClass } from './places.ts'
import type { Plan } from './plan.ts'
import { type Counts, correct, type Enrolment, enrol, insertImport, markLeft } from './queries.ts'
import type { ImportBody } from './shapes.ts'

const classKey = ({ schoolId, gradeId, name }: NewClass) => `${gradeId ?? schoolId}|${name}`

type NewUnit = Unit & { readonly schoolId: string }

/** The classes that do not exist yet, each once, by what is said of them. */
const unitsFor = (deeds: Deeds, ids: Context['ids']): ReadonlyMap<string, NewUnit> => {
  const units = new Map<string, NewUnit>()
  for (const { target } of [...deeds.enrolled, ...deeds.corrected]) {
    if (!target.made || units.has(classKey(target.made))) continue
    const { schoolId, gradeId, name } = target.made
    units.set(classKey(target.made), { id: ids(), parentId: gradeId ?? schoolId, kind: 'class', name, code: null, schoolId })
  }
  return units
}

const makeClasses = async (trx: Trx, { countyId, scope }: StaffActor, context: Context, deeds: Deeds) => {
  const made = unitsFor(deeds, context.ids)
  const units = [...made.values()]
  const inserted = new Set(await insertUnits(trx, countyId, units, context.clock()))
  const taken = units.find((unit) => !inserted.has(unit.id))
  if (taken) throw new Problem('unit.name-taken', { name: taken.name })
  const ofSchool = (schoolId: string) => units.filter((unit) => unit.schoolId === schoolId).map((unit) => unit.id)
  const entryOf = (schoolId: string): AuditEntry => ({
    action: 'unit.created',
    subject: 'unit',
    subjectIds: ofSchool(schoolId),
    schoolId,
    details: { kind: 'class' },
  })
  await record(trx, scope, context, [...new Set(units.map((unit) => unit.schoolId))].map(entryOf))
  const classOf = (target: Target): string => {
    const id = target.classId ?? (target.made && made.get(classKey(target.made))?.id)
    if (!id) throw new Error('a pupil of a plan has no class')
    return id
  }
  return { classOf, count: made.size }
}

const known = (given: string | null | undefined): string => {
  if (!given) throw new Error('a pupil of a plan has no birth date')
  return given
}

const bySchool = (
  action: AuditEntry['action'],
  pupils: readonly { readonly participantId: string; readonly schoolId: string }[],
): AuditEntry[] =>
  [...new Set(pupils.map((own) => own.schoolId))].map((schoolId) => ({
    action,
    subject: 'participant',
    subjectIds: pupils.filter((own) => own.schoolId === schoolId).map((own) => own.participantId),
    schoolId,
  }))

const write = async (trx: Trx, actor: StaffActor, context: Context, deeds: Deeds): Promise<number> => {
  const { countyId, scope } = actor
  const now = context.clock()
  const { classOf, count } = await makeClasses(trx, actor, context, deeds)
  const merged = (row: (typeof deeds.enrolled)[number]['row'], of: Registered | null) => {
    const birthDate = known(row.birthDate ?? of?.birthDate)
    const sex = row.sex ?? of?.sex
    if (!sex) throw new Error('a pupil of a plan has no sex')
    return {
      name: row.name,
      studentNumber: row.studentNumber ?? of?.studentNumber ?? null,
      birthDate,
      birthMonth: birthMonth(birthDate),
      sex,
      leftBehind: row.leftBehind ?? of?.leftBehind ?? null,
    }
  }
  const created: { readonly participantId: string; readonly schoolId: string }[] = []
  const enrolmentOf = ({ row, target, from }: Deeds['enrolled'][number]): Enrolment => {
    const own = { participantId: context.ids(), schoolId: target.schoolId }
    created.push(own)
    return { ...own, personId: context.ids(), classId: classOf(target), transferredFrom: from?.participantId ?? null, ...merged(row, from) }
  }
  await markLeft(
    trx,
    countyId,
    [...deeds.left, ...deeds.enrolled.flatMap(({ from }) => from ?? [])].map((own) => own.participantId),
    now,
  )
  await enrol(trx, countyId, deeds.enrolled, enrolmentOf, now)
  await correct(trx, countyId, deeds.corrected, ({ row, target, of }) => ({
    participantId: of.participantId,
    classId: classOf(target),
    ...merged(row, of),
  }))
  await record(trx, scope, context, [
    ...bySchool('participant.created', created),
    ...bySchool(
      'participant.changed',
      deeds.corrected.map(({ of }) => of),
    ),
    ...bySchool(
      'participant.transferred',
      deeds.enrolled.flatMap(({ from }) => from ?? []),
    ),
    ...bySchool('participant.left', deeds.left),
  ])
  return count
}

export const takeOver = async (
  trx: Trx,
  actor: StaffActor,
  context: Context,
  plan: Plan,
  body: ImportBody,
  requestHash: string,
): Promise<Counts> => {
  const decisions = new Map(body.decisions.map(({ sheet, row, decision }): [string, Decision] => [`${sheet}|${row}`, decision]))
  const deeds = deedsOf(plan, { decisions, left: body.left, leaveOutInvalid: body.leaveOutInvalid })
  const classes = await write(trx, actor, context, deeds)
  const transferred = deeds.enrolled.filter(({ from }) => from).length
  const counts: Counts = {
    created: deeds.enrolled.length - transferred,
    changed: deeds.corrected.length,
    unchanged: deeds.unchanged,
    leftOut: deeds.leftOut,
    transferred,
    left: deeds.left.length,
    classes,
  }
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
