// All SQL of a roster that comes from a file. Many rows go as one JSON value: a hundred thousand parameters are more than a statement takes.
// It comes from the thread as bytes and goes on as bytes: as text it would fill the server's memory as fast as it is thrown away.
import { type RawBuilder, sql } from 'kysely'
import { asIdentity, type Trx } from '../../db/scope.ts'
import type { RegisterText } from './register.ts'
import type { Written } from './writing.ts'

/** One roster at a time in a county: what was compared still holds when it is written. */
export const lockRosters = (trx: Trx, countyId: string) =>
  sql`select pg_advisory_xact_lock(hashtext('tongxing roster'), hashtext(${countyId}))`.execute(trx)

const schoolsAtOnce = 2 // the answers of all schools of a county together are more than what is made of them
export const inSome = (schoolIds: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(schoolIds.length / schoolsAtOnce) }, (_, place) =>
    schoolIds.slice(place * schoolsAtOnce, (place + 1) * schoolsAtOnce),
  )

const asText = (columns: RawBuilder<unknown>) => sql<string>`coalesce(json_agg(json_build_array(${columns})), '[]')::text`

/** Of participants whom a condition on their `id` or `school_id` finds. */
const pseudonyms = async (trx: Trx, countyId: string, which: RawBuilder<boolean>): Promise<string> => {
  const found = sql`(select * from screening.participant where county_id = ${countyId} and ${which} order by id)`
  const columns = sql`id, school_id, class_id, sex, left_behind, left_at is not null`
  const { rows } = await sql<{ text: string }>`select ${asText(columns)} as text from ${found} as found`.execute(trx)
  return rows[0]!.text
}

const person = sql`participant_id, name, student_number, birth_date`

/** Everybody whom these schools have or had. The caller records the look. */
export const registerOf = async (trx: Trx, countyId: string, schoolIds: readonly string[]): Promise<RegisterText> => {
  const ofSchools = sql<boolean>`school_id = any (${[...schoolIds]}::uuid[])`
  const people = await asIdentity(trx, () =>
    sql<{ text: string }>`select ${asText(person)} as text from identity.person where county_id = ${countyId} and ${ofSchools}`.execute(
      trx,
    ),
  )
  return { pseudonyms: await pseudonyms(trx, countyId, ofSchools), people: people.rows[0]!.text }
}

/** Pupils of other schools in the scope who have the number, or the name and birth date, of one who is sought; null when there are none. */
export const alikeElsewhere = async (
  trx: Trx,
  countyId: string,
  schoolIds: readonly string[],
  sought: Uint8Array,
): Promise<RegisterText | null> => {
  const wanted = sql`json_to_recordset(${sought}::json) as w(name text, "studentNumber" text, "birthDate" date)`
  const { rows } = await asIdentity(trx, () =>
    sql<{ text: string; ids: readonly string[] | null }>`select ${asText(person)} as text, array_agg(participant_id)::text[] as ids
      from identity.person where county_id = ${countyId} and school_id <> all (${[...schoolIds]}::uuid[])
        and (student_number in (select w."studentNumber" from ${wanted} where w."studentNumber" is not null)
          or (name, birth_date) in (select w.name, w."birthDate" from ${wanted} where w."birthDate" is not null))`.execute(trx),
  )
  const { text, ids } = rows[0]!
  if (!ids) return null
  return { pseudonyms: await pseudonyms(trx, countyId, sql<boolean>`id = any (${[...ids]}::uuid[])`), people: text }
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

/** Some new pupils. */
export const enrol = async (trx: Trx, countyId: string, { pseudonyms, people }: Written, now: Date) => {
  await sql`insert into screening.participant (county_id, id, school_id, class_id, sex, birth_month, left_behind, transferred_from, created_at)
    select ${countyId}::uuid, e."participantId", e."schoolId", e."classId", e.sex, e."birthMonth", e."leftBehind", e."transferredFrom", ${now}::timestamptz
    from json_to_recordset(${pseudonyms}::json) as e("participantId" uuid, "schoolId" uuid, "classId" uuid, sex text, "birthMonth" date,
      "leftBehind" boolean, "transferredFrom" uuid)`.execute(trx)
  await asIdentity(trx, () =>
    sql`insert into identity.person (county_id, id, school_id, participant_id, name, student_number, birth_date, created_at)
      select ${countyId}::uuid, e."personId", e."schoolId", e."participantId", e.name, e."studentNumber", e."birthDate", ${now}::timestamptz
      from json_to_recordset(${people}::json) as e("personId" uuid, "schoolId" uuid, "participantId" uuid, name text, "studentNumber" text,
        "birthDate" date)`.execute(trx),
  )
}

/** The whole of what is known now, of some pupils who are already there. Whoever is in a file is at the school. What is as it was is not written. */
export const correct = async (trx: Trx, countyId: string, { pseudonyms, people }: Written) => {
  await sql`update screening.participant p
    set class_id = c."classId", sex = c.sex, birth_month = c."birthMonth", left_behind = c."leftBehind", left_at = null
    from json_to_recordset(${pseudonyms}::json) as c("participantId" uuid, "classId" uuid, sex text, "birthMonth" date, "leftBehind" boolean)
    where p.county_id = ${countyId}::uuid and p.id = c."participantId" and (p.class_id, p.sex, p.birth_month, p.left_behind, p.left_at)
      is distinct from (c."classId", c.sex, c."birthMonth", c."leftBehind", null::timestamptz)`.execute(trx)
  await asIdentity(trx, () =>
    sql`update identity.person p set name = c.name, student_number = c."studentNumber", birth_date = c."birthDate"
      from json_to_recordset(${people}::json) as c("participantId" uuid, name text, "studentNumber" text, "birthDate" date)
      where p.county_id = ${countyId}::uuid and p.participant_id = c."participantId"
        and (p.name, p.student_number, p.birth_date) is distinct from (c.name, c."studentNumber", c."birthDate")`.execute(trx),
  )
}

export const markLeft = async (trx: Trx, countyId: string, participantIds: readonly string[], now: Date) => {
  if (participantIds.length === 0) return
  await trx
    .updateTable('screening.participant')
    .set({ left_at: now })
    .where('county_id', '=', countyId)
    .where('id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .execute()
}
