// All SQL of a roster that comes from a file. Many rows go as one JSON value: a hundred thousand parameters are more than a statement takes.
import { sql } from 'kysely'
import { asIdentity, type Trx } from '../../db/scope.ts'
import type { Registered } from './compare.ts'

/** One roster at a time in a county: what was compared still holds when it is written. */
export const lockRosters = (trx: Trx, countyId: string) =>
  sql`select pg_advisory_xact_lock(hashtext('tongxing roster'), hashtext(${countyId}))`.execute(trx)

type Pseudonym = Omit<Registered, 'name' | 'studentNumber' | 'birthDate'>
type Person = Pick<Registered, 'participantId' | 'name' | 'studentNumber' | 'birthDate'>

const joined = (pseudonyms: readonly Pseudonym[], people: readonly Person[]): readonly Registered[] => {
  const byId = new Map(people.map((person) => [person.participantId, person]))
  return pseudonyms.flatMap((own) => {
    const person = byId.get(own.participantId)
    return person ? [{ ...own, ...person }] : []
  })
}

const pseudonyms = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('screening.participant')
    .select((own) => [
      'id as participantId',
      'school_id as schoolId',
      'class_id as classId',
      'sex',
      'left_behind as leftBehind',
      own('left_at', 'is not', null).$castTo<boolean>().as('left'),
    ])
    .where('county_id', '=', countyId)
    .orderBy('id')

const people = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('identity.person')
    .select(['participant_id as participantId', 'name', 'student_number as studentNumber', 'birth_date as birthDate'])
    .where('county_id', '=', countyId)

const schoolsAtOnce = 10 // the answers of all schools of a county together are more than what is made of them

/** Everybody whom these schools have or had. The caller records the look. */
export const registerOf = async (trx: Trx, countyId: string, schoolIds: readonly string[]): Promise<readonly Registered[]> => {
  const register: Registered[] = []
  for (let from = 0; from < schoolIds.length; from += schoolsAtOnce) {
    const some = sql<string>`any (${schoolIds.slice(from, from + schoolsAtOnce)}::uuid[])`
    const known = await pseudonyms(trx, countyId).where('school_id', '=', some).execute()
    const named = await asIdentity(trx, () => people(trx, countyId).where('school_id', '=', some).execute())
    for (const pupil of joined(known, named)) register.push(pupil)
  }
  return register
}

export type Sought = { readonly name: string; readonly studentNumber: string | null; readonly birthDate: string | null }

/** Pupils of other schools in the scope who have the number, or the name and birth date, of one who is sought. */
export const alikeElsewhere = async (
  trx: Trx,
  countyId: string,
  schoolIds: readonly string[],
  sought: readonly Sought[],
): Promise<readonly Registered[]> => {
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(sought)}::jsonb) as w(name text, "studentNumber" text, "birthDate" date)`
  const found = await asIdentity(trx, () =>
    people(trx, countyId)
      .where('school_id', '<>', sql<string>`all (${[...schoolIds]}::uuid[])`)
      .where(
        sql<boolean>`(student_number in (select w."studentNumber" from ${wanted} where w."studentNumber" is not null)
          or (name, birth_date) in (select w.name, w."birthDate" from ${wanted} where w."birthDate" is not null))`,
      )
      .orderBy('participant_id')
      .execute(),
  )
  if (found.length === 0) return []
  const ids = sql<string>`any (${found.map((person) => person.participantId)}::uuid[])`
  return joined(await pseudonyms(trx, countyId).where('id', '=', ids).execute(), found)
}

/** The last file that changed these schools: a plan that was made before it is another plan. */
export const latestImport = async (trx: Trx, countyId: string, schoolIds: readonly string[]): Promise<string | null> => {
  const row = await trx
    .selectFrom('screening.roster_import')
    .select('id')
    .where('county_id', '=', countyId)
    .where((own) => own.or([own('school_id', 'is', null), own('school_id', '=', sql<string>`any (${[...schoolIds]}::uuid[])`)]))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? null
}

export type Counts = Readonly<Record<'created' | 'changed' | 'unchanged' | 'leftOut' | 'transferred' | 'left' | 'classes', number>>

export const importDone = async (trx: Trx, countyId: string, requestHash: string): Promise<Counts | null> => {
  const row = await trx
    .selectFrom('screening.roster_import')
    .select('counts')
    .where('county_id', '=', countyId)
    .where('request_hash', '=', requestHash)
    .executeTakeFirst()
  return row?.counts ?? null
}

export type Import = {
  readonly id: string
  readonly schoolId: string | null
  readonly unitId: string
  readonly fileHash: string
  readonly planHash: string
  readonly requestHash: string
  readonly counts: Counts
  readonly createdBy: string
  readonly now: Date
}
export const insertImport = (trx: Trx, countyId: string, done: Import) =>
  trx
    .insertInto('screening.roster_import')
    .values({
      county_id: countyId,
      id: done.id,
      school_id: done.schoolId,
      unit_id: done.unitId,
      file_hash: done.fileHash,
      plan_hash: done.planHash,
      request_hash: done.requestHash,
      counts: JSON.stringify(done.counts),
      created_by: done.createdBy,
      created_at: done.now,
    })
    .execute()

export type Enrolment = {
  readonly participantId: string
  readonly personId: string
  readonly schoolId: string
  readonly classId: string
  readonly name: string
  readonly studentNumber: string | null
  readonly birthDate: string
  readonly birthMonth: string
  readonly sex: 'female' | 'male'
  readonly leftBehind: boolean | null
  readonly transferredFrom: string | null
}

const atOnce = 5_000

/** A few rows at a time, made of the items only when their turn comes. */
const inPieces = async <Item>(items: readonly Item[], rowOf: (item: Item) => object, work: (rows: string) => Promise<unknown>) => {
  for (let from = 0; from < items.length; from += atOnce) await work(JSON.stringify(items.slice(from, from + atOnce).map(rowOf)))
}

const enrolSome = async (trx: Trx, countyId: string, rows: string, now: Date) => {
  await sql`insert into screening.participant (county_id, id, school_id, class_id, sex, birth_month, left_behind, transferred_from, created_at)
    select ${countyId}::uuid, e."participantId", e."schoolId", e."classId", e.sex, e."birthMonth", e."leftBehind", e."transferredFrom", ${now}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as e("participantId" uuid, "schoolId" uuid, "classId" uuid, sex text, "birthMonth" date,
      "leftBehind" boolean, "transferredFrom" uuid)`.execute(trx)
  await asIdentity(trx, () =>
    sql`insert into identity.person (county_id, id, school_id, participant_id, name, student_number, birth_date, created_at)
      select ${countyId}::uuid, e."personId", e."schoolId", e."participantId", e.name, e."studentNumber", e."birthDate", ${now}::timestamptz
      from jsonb_to_recordset(${rows}::jsonb) as e("personId" uuid, "schoolId" uuid, "participantId" uuid, name text, "studentNumber" text,
        "birthDate" date)`.execute(trx),
  )
}

export const enrol = <Item>(trx: Trx, countyId: string, items: readonly Item[], enrolmentOf: (item: Item) => Enrolment, now: Date) =>
  inPieces(items, enrolmentOf, (rows) => enrolSome(trx, countyId, rows, now))

export type Correction = Omit<Enrolment, 'personId' | 'transferredFrom' | 'schoolId'>

const correctSome = async (trx: Trx, countyId: string, rows: string) => {
  await sql`update screening.participant p
    set class_id = c."classId", sex = c.sex, birth_month = c."birthMonth", left_behind = c."leftBehind", left_at = null
    from jsonb_to_recordset(${rows}::jsonb) as c("participantId" uuid, "classId" uuid, sex text, "birthMonth" date, "leftBehind" boolean)
    where p.county_id = ${countyId}::uuid and p.id = c."participantId"`.execute(trx)
  await asIdentity(trx, () =>
    sql`update identity.person p set name = c.name, student_number = c."studentNumber", birth_date = c."birthDate"
      from jsonb_to_recordset(${rows}::jsonb) as c("participantId" uuid, name text, "studentNumber" text, "birthDate" date)
      where p.county_id = ${countyId}::uuid and p.participant_id = c."participantId"`.execute(trx),
  )
}

/** The whole of what is known now, of pupils who are already there. Whoever is in a file is at the school. */
export const correct = <Item>(trx: Trx, countyId: string, items: readonly Item[], correctionOf: (item: Item) => Correction) =>
  inPieces(items, correctionOf, (rows) => correctSome(trx, countyId, rows))

export const markLeft = async (trx: Trx, countyId: string, participantIds: readonly string[], now: Date) => {
  if (participantIds.length === 0) return
  await trx
    .updateTable('screening.participant')
    .set({ left_at: now })
    .where('county_id', '=', countyId)
    .where('id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .execute()
}
