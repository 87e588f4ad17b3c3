// All of a plan or nothing of it, in the transaction in which it was made again and found to be the same.
import type { StaffActor } from '../../access.ts'
import { type AuditEntry, record } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import type { Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { insertUnit } from '../../units/queries.ts'
import { birthMonth } from '../rules.ts'
import type { Decision, Registered } from './compare.ts'
import { type Deeds, deedsOf } from './deeds.ts'
import type { Target } from './drafts.ts'
import type { NewClass } from './places.ts'
import type { Plan } from './plan.ts'
import { type Counts, correct, type Enrolment, enrol, insertImport, markLeft } from './queries.ts'
import type { ImportBody } from './shapes.ts'

const classKey = ({ schoolId, gradeId, name }: NewClass) => `${gradeId ?? schoolId}|${name}`

const makeClasses = async (trx: Trx, { countyId, scope }: StaffActor, context: Context, deeds: Deeds) => {
  const wanted = new Map<string, NewClass>()
  for (const { target } of [...deeds.enrolled, ...deeds.corrected]) if (target.made) wanted.set(classKey(target.made), target.made)
  const made = new Map<string, string>()
  const entries: AuditEntry[] = []
  for (const [key, { schoolId, gradeId, name }] of wanted) {
    const id = context.ids()
    const unit = { id, parentId: gradeId ?? schoolId, kind: 'class' as const, name, code: null, schoolId }
    if (!(await insertUnit(trx, countyId, unit, context.clock()))) throw new Problem('unit.name-taken', { name })
    made.set(key, id)
    entries.push({ action: 'unit.created', subject: 'unit', subjectIds: [id], schoolId, details: { kind: 'class' } })
  }
  await record(trx, scope, context, entries)
  const classOf = (target: Target): string => {
    const id = target.classId ?? (target.made && made.get(classKey(target.made)))
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
  const enrolments = deeds.enrolled.map(
    ({ row, target, from }): Enrolment => ({
      participantId: context.ids(),
      personId: context.ids(),
      schoolId: target.schoolId,
      classId: classOf(target),
      transferredFrom: from?.participantId ?? null,
      ...merged(row, from),
    }),
  )
  await markLeft(
    trx,
    countyId,
    [...deeds.left, ...deeds.enrolled.flatMap(({ from }) => from ?? [])].map((own) => own.participantId),
    now,
  )
  await enrol(trx, countyId, enrolments, now)
  await correct(
    trx,
    countyId,
    deeds.corrected.map(({ row, target, of }) => ({ participantId: of.participantId, classId: classOf(target), ...merged(row, of) })),
  )
  await record(trx, scope, context, [
    ...bySchool('participant.created', enrolments),
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
