// The only room that reads names. Every reading leaves an audit row in the same transaction.
import { sql } from 'kysely'
import { record } from '../audit/record.ts'
import { asIdentity, type Scope, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'

type Clerk = { readonly ids: () => string; readonly clock: () => Date }

export type NewParticipant = {
  readonly participantId: string
  readonly personId: string
  readonly name: string
  readonly studentNumber: string | null
  readonly birthDate: string
  readonly birthMonth: string
  readonly sex: 'female' | 'male'
  readonly leftBehind: boolean | null
}
type Place = { readonly countyId: string; readonly schoolId: string; readonly classId: string }

export const insertParticipants = async (trx: Trx, place: Place, participants: readonly NewParticipant[], now: Date) => {
  const { countyId: county_id, schoolId: school_id, classId: class_id } = place
  const rows = participants.map((p) => ({
    county_id,
    id: p.participantId,
    school_id,
    class_id,
    sex: p.sex,
    birth_month: p.birthMonth,
    left_behind: p.leftBehind,
    created_at: now,
  }))
  await trx.insertInto('screening.participant').values(rows).execute()
  const people = participants.map((p) => ({
    county_id,
    id: p.personId,
    school_id,
    participant_id: p.participantId,
    name: p.name,
    student_number: p.studentNumber,
    birth_date: p.birthDate,
    created_at: now,
  }))
  await asIdentity(trx, async () => {
    const inserted = await trx
      .insertInto('identity.person')
      .values(people)
      .onConflict((conflict) =>
        conflict.columns(['county_id', 'school_id', 'student_number']).where('student_number', 'is not', null).doNothing(),
      )
      .returning('participant_id')
      .execute()
    const kept = inserted.map((row) => row.participant_id)
    const refused = people.findIndex((person) => !kept.includes(person.participant_id))
    if (refused >= 0) throw new Problem('participant.student-number-taken', { row: refused + 1 })
  })
}

export type Participant = {
  readonly id: string
  readonly schoolId: string
  readonly sex: 'female' | 'male'
  readonly birthMonth: string
  readonly leftBehind: boolean | null
}

/** The pupils of a class by pseudonym, in the order of the roster. */
export const participantsOfClass = (trx: Trx, countyId: string, classId: string): Promise<Participant[]> =>
  trx
    .selectFrom('screening.participant')
    .select(['id', 'school_id as schoolId', 'sex', 'birth_month as birthMonth', 'left_behind as leftBehind'])
    .where('county_id', '=', countyId)
    .where('class_id', '=', classId)
    .where('left_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

export const participantById = async (trx: Trx, countyId: string, id: string) => {
  const row = await trx
    .selectFrom('screening.participant as p')
    .innerJoin('screening.unit as c', (join) => join.onRef('c.county_id', '=', 'p.county_id').onRef('c.id', '=', 'p.class_id'))
    .innerJoin('screening.unit as s', (join) => join.onRef('s.county_id', '=', 'p.county_id').onRef('s.id', '=', 'p.school_id'))
    .select([
      'p.id',
      'p.school_id as schoolId',
      'p.sex',
      'p.birth_month as birthMonth',
      'p.left_behind as leftBehind',
      'c.name as className',
      's.name as schoolName',
    ])
    .where('p.county_id', '=', countyId)
    .where('p.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('participant.not-found', { participantId: id })
  return row
}

export type NamedPerson = {
  readonly participantId: string
  readonly name: string
  readonly studentNumber: string | null
  readonly birthDate: string
}

/** Reads names for a stated reason; the audit row is written first, in the same transaction (SAF-20, PRIV-07). */
export const readNames = async (
  trx: Trx,
  scope: Scope,
  clerk: Clerk,
  look: { readonly schoolId: string; readonly participantIds: readonly string[]; readonly reason: string },
) => {
  const { participantIds, schoolId, reason } = look
  if (participantIds.length === 0) return new Map<string, NamedPerson>()
  await record(trx, scope, clerk, [
    { action: 'participant.names-read', subject: 'participant', subjectIds: participantIds, schoolId, details: { reason } },
  ])
  const people = await asIdentity(trx, () =>
    trx
      .selectFrom('identity.person')
      .select(['participant_id as participantId', 'name', 'student_number as studentNumber', 'birth_date as birthDate'])
      .where('county_id', '=', scope.countyId)
      .where('participant_id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
      .execute(),
  )
  return new Map(people.map((person) => [person.participantId, person]))
}
