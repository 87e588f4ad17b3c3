// All of a school year's turn or nothing of it, in the transaction in which it was planned again and found to be the same.
import type { StaffActor } from '../../access.ts'
import { type AuditEntry, record } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import { asIdentity, type Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { insertUnits, type Unit } from '../../units/queries.ts'
import { readNames } from '../queries.ts'
import { gradeKey } from '../roster/places.ts'
import { enrol, markLeft } from '../roster/queries.ts'
import { type Enrolment, written } from '../roster/writing.ts'
import type { YearPlan } from './plan.ts'
import * as queries from './queries.ts'
import type { Deed, NewClass, Place } from './rules.ts'

const acts: Readonly<Record<Deed, AuditEntry['action']>> = {
  promoted: 'participant.promoted',
  repeated: 'participant.promoted',
  moved: 'participant.promoted',
  graduated: 'participant.left',
  left: 'participant.left',
  transferred: 'participant.transferred',
}

/** The grades and classes of the new year, once the old classes have given up their names. Returns the class of each key. */
const makeClasses = async (trx: Trx, countyId: string, plan: YearPlan, yearId: string, context: Context) => {
  const { school, units, turn } = plan
  const grades = units.filter((unit) => unit.kind === 'grade' && unit.parentId === school.id)
  const madeGrades = new Map<string, Unit>()
  const own = { schoolId: school.id, code: null }
  const parentOf = ({ gradeName }: NewClass): string => {
    if (gradeName === null) return school.id
    const known = grades.find((unit) => unit.name === gradeName || gradeKey(unit.name) === gradeKey(gradeName))
    if (known) return known.id
    const made = madeGrades.get(gradeName) ?? { ...own, id: context.ids(), parentId: school.id, kind: 'grade', name: gradeName }
    madeGrades.set(gradeName, made)
    return made.id
  }
  const made = turn.made.map((one) => ({
    key: one.key,
    unit: { ...own, id: context.ids(), parentId: parentOf(one), kind: 'class', name: one.name } satisfies Unit,
  }))
  for (const batch of [[...madeGrades.values()], made.map(({ unit }) => unit)]) {
    const inserted = new Set(batch.length > 0 ? await insertUnits(trx, countyId, batch, context.clock(), yearId) : [])
    const taken = batch.find(({ id }) => !inserted.has(id))
    if (taken) throw new Problem('year.name-twice', { name: taken.name })
  }
  return new Map(made.map(({ key, unit }) => [key, unit.id]))
}

/** As a roster takes over who came from another school: a new entry there that names the old one, which keeps its records and cases. */
const transfer = async (trx: Trx, actor: StaffActor, plan: YearPlan, yearId: string, context: Context) => {
  const { countyId, scope } = actor
  const now = context.clock()
  const going = plan.turn.places.filter((place) => place.deed === 'transferred')
  const participantIds = going.map((place) => place.participantId)
  const look = { schoolId: plan.school.id, participantIds, reason: 'transfer to another school' }
  const names = await readNames(trx, scope, context, look)
  const facts = new Map((await queries.factsOf(trx, countyId, participantIds)).map((own) => [own.id, own]))
  const placed = Map.groupBy(going, ({ classId }) => plan.units.find((unit) => unit.id === classId)!.schoolId!)
  for (const [schoolId, places] of placed) {
    const numbers = places.flatMap(({ participantId }) => names.get(participantId)?.studentNumber ?? [])
    const known = await asIdentity(trx, () => queries.numbersIn(trx, countyId, schoolId, numbers))
    if (known.length > 0) throw new Problem('year.known-there', { count: known.length })
    const schoolName = plan.units.find((unit) => unit.id === schoolId)!.name
    await queries.tell(trx, 'transferred', yearId, now, schoolName)
    await markLeft(
      trx,
      countyId,
      places.map((place) => place.participantId),
      now,
    )
    await queries.tell(trx, 'transferred', yearId, now, plan.school.name)
    const enrolments = places.map(({ participantId, classId }): Enrolment => {
      const [person, own] = [names.get(participantId)!, facts.get(participantId)!]
      const { name, studentNumber, birthDate } = person
      const { sex, birthMonth, leftBehind } = own
      const ids = { participantId: context.ids(), personId: context.ids(), schoolId, classId: classId!, transferredFrom: participantId }
      return { ...ids, name, studentNumber, birthDate, birthMonth, sex, leftBehind }
    })
    await enrol(trx, countyId, written(enrolments), now)
    const came = enrolments.map((own) => own.participantId)
    await record(trx, scope, context, [{ action: 'participant.created', subject: 'participant', subjectIds: came, schoolId }])
  }
}

const deedsOf = (places: readonly Place[], deed: Deed) => places.filter((place) => place.deed === deed)

/** Retires the old classes, makes the new ones, and puts every pupil where the plan says. Returns the year's id. */
export const turnYear = async (trx: Trx, actor: StaffActor, context: Context, plan: YearPlan, label: string): Promise<string> => {
  const { countyId, scope, accountId } = actor
  const { school, turn, counts } = plan
  const [yearId, now] = [context.ids(), context.clock()]
  await queries.insertYear(trx, countyId, { id: yearId, schoolId: school.id, label, counts, madeAt: now, madeBy: accountId })
  await queries.retire(
    trx,
    countyId,
    plan.classes.map(({ id }) => id),
    yearId,
    now,
  )
  const classOf = await makeClasses(trx, countyId, plan, yearId, context)
  for (const deed of ['promoted', 'repeated', 'moved'] as const) {
    await queries.tell(trx, deed, yearId, now)
    const moves = deedsOf(turn.places, deed).map(({ participantId, key }) => ({ participantId, classId: classOf.get(key!)! }))
    await queries.seatIn(trx, countyId, moves)
  }
  for (const deed of ['graduated', 'left'] as const) {
    await queries.tell(trx, deed, yearId, now)
    await markLeft(
      trx,
      countyId,
      deedsOf(turn.places, deed).map((place) => place.participantId),
      now,
    )
  }
  await transfer(trx, actor, plan, yearId, context)
  await queries.tell(trx, '', '', now)
  const told = (Object.keys(acts) as Deed[]).flatMap((deed): AuditEntry[] => {
    const subjectIds = deedsOf(turn.places, deed).map((place) => place.participantId)
    return subjectIds.length > 0 ? [{ action: acts[deed], subject: 'participant', subjectIds, schoolId: school.id, details: { deed } }] : []
  })
  await record(trx, scope, context, [
    { action: 'year.turned', subject: 'unit', subjectIds: [school.id], schoolId: school.id, details: { label, ...counts } },
    ...told,
  ])
  return yearId
}

/** As long as nothing was done in the new year: everybody back to where she was, the old classes back, the new ones put away. */
export const undoYear = async (trx: Trx, actor: StaffActor, context: Context, year: queries.Year) => {
  const { countyId, scope, accountId } = actor
  const now = context.clock()
  const since = await queries.doneSince(trx, countyId, year.id)
  if (since === 'session') throw new Problem('year.session-planned')
  if (since === 'pupil') throw new Problem('year.pupils-changed')
  const before = await queries.placesBefore(trx, countyId, year.id)
  const newcomers = await queries.newcomersOf(trx, countyId, year.id)
  if (newcomers.length !== (year.counts.transferred ?? 0)) throw new Problem('year.other-school-needed')
  await queries.tell(trx, 'taken-back', year.id, now)
  await markLeft(
    trx,
    countyId,
    newcomers.map((own) => own.participantId),
    now,
  )
  await queries.seatIn(trx, countyId, before)
  await queries.swapBack(trx, countyId, year.id, now)
  await queries.markUndone(trx, countyId, year.id, accountId, now)
  await queries.tell(trx, '', '', now)
  const { schoolId, label } = year
  const subjectIds = before.map((own) => own.participantId)
  await record(trx, scope, context, [
    { action: 'year.undone', subject: 'unit', subjectIds: [schoolId], schoolId, details: { label } },
    { action: 'participant.changed', subject: 'participant', subjectIds, schoolId, details: { deed: 'taken-back' } },
  ])
}
