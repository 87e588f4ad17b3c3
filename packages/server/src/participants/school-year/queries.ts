// All SQL of a school year that turns. The history of pupils is written by the database itself (migration 0008); here it is told why.
import { sql } from 'kysely'
import type { Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import type { Deed } from './rules.ts'

const anyOf = (ids: readonly string[]) => sql<string>`any (${[...ids]}::uuid[])`

export const pupilsOfSchool = (trx: Trx, countyId: string, schoolId: string) =>
  trx
    .selectFrom('screening.participant')
    .select(['id as participantId', 'class_id as classId'])
    .where('county_id', '=', countyId)
    .where('school_id', '=', schoolId)
    .where('left_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** What the database writes into the history until the transaction ends or something else is told. */
export const tell = (trx: Trx, deed: Deed | 'taken-back' | '', yearId: string, now: Date, elsewhere = '') =>
  sql`select set_config('tongxing.deed', ${deed}, true), set_config('tongxing.year', ${yearId}, true),
    set_config('tongxing.now', ${now.toISOString()}, true), set_config('tongxing.elsewhere', ${elsewhere}, true)`.execute(trx)

export const seatIn = async (
  trx: Trx,
  countyId: string,
  moves: readonly { readonly participantId: string; readonly classId: string }[],
) => {
  if (moves.length === 0) return
  await sql`update screening.participant p set class_id = m."classId", left_at = null
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as m("participantId" uuid, "classId" uuid)
    where p.county_id = ${countyId}::uuid and p.id = m."participantId"`.execute(trx)
}

export type Year = {
  readonly id: string
  readonly schoolId: string
  readonly label: string
  readonly counts: Readonly<Record<string, number>>
  readonly madeAt: Date
  readonly undoneAt: Date | null
}

const years = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('screening.school_year')
    .select(['id', 'school_id as schoolId', 'label', 'counts', 'made_at as madeAt', 'undone_at as undoneAt'])
    .where('county_id', '=', countyId)

/** Newest first. */
export const yearsOf = (trx: Trx, countyId: string, schoolId: string): Promise<Year[]> =>
  years(trx, countyId).where('school_id', '=', schoolId).orderBy('made_at', 'desc').orderBy('id', 'desc').execute()

export const insertYear = async (trx: Trx, countyId: string, year: Omit<Year, 'undoneAt'> & { readonly madeBy: string }) => {
  const inserted = await trx
    .insertInto('screening.school_year')
    .values({
      county_id: countyId,
      id: year.id,
      school_id: year.schoolId,
      label: year.label,
      counts: JSON.stringify(year.counts),
      made_by: year.madeBy,
      made_at: year.madeAt,
    })
    .onConflict((conflict) => conflict.columns(['county_id', 'school_id', 'label']).where('undone_at', 'is', null).doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw new Problem('year.turned-already', { label: year.label })
}

export const markUndone = (trx: Trx, countyId: string, yearId: string, by: string, now: Date) =>
  trx
    .updateTable('screening.school_year')
    .set({ undone_by: by, undone_at: now })
    .where('county_id', '=', countyId)
    .where('id', '=', yearId)
    .execute()

export const retire = async (trx: Trx, countyId: string, classIds: readonly string[], yearId: string, now: Date) => {
  await trx
    .updateTable('screening.unit')
    .set({ retired_by: yearId, retired_at: now })
    .where('county_id', '=', countyId)
    .where('id', '=', anyOf(classIds))
    .execute()
}

/** The classes and grades that a year made are put away, then those that it put away come back. */
export const swapBack = async (trx: Trx, countyId: string, yearId: string, now: Date) => {
  const units = trx.updateTable('screening.unit').where('county_id', '=', countyId)
  const old = await trx
    .selectFrom('screening.unit')
    .select('id')
    .where('county_id', '=', countyId)
    .where('retired_by', '=', yearId)
    .execute()
  await units.set({ retired_by: yearId, retired_at: now }).where('made_by', '=', yearId).execute()
  await units
    .set({ retired_by: null, retired_at: null })
    .where('id', '=', anyOf(old.map(({ id }) => id)))
    .execute()
}

export const openSessionsOf = (trx: Trx, countyId: string, schoolId: string) =>
  trx
    .selectFrom('screening.session as s')
    .innerJoin('screening.unit as c', (join) => join.onRef('c.county_id', '=', 's.county_id').onRef('c.id', '=', 's.class_id'))
    .select('c.name')
    .where('s.county_id', '=', countyId)
    .where('s.school_id', '=', schoolId)
    .where('s.state', '=', 'open')
    .orderBy('c.name')
    .execute()

const placement = ['participant_id as participantId', 'school_id as schoolId', 'class_id as classId', 'number'] as const

/** Where those whom a year moved were before, in the order of their history. */
export const placesBefore = (trx: Trx, countyId: string, yearId: string) =>
  trx
    .selectFrom('screening.enrolment')
    .select(placement)
    .where('county_id', '=', countyId)
    .where('went_by', '=', yearId)
    .where('went', '<>', 'taken-back')
    .execute()

/** Those whom a transfer made in another school. */
export const newcomersOf = (trx: Trx, countyId: string, yearId: string) =>
  trx
    .selectFrom('screening.enrolment')
    .select(placement)
    .where('county_id', '=', countyId)
    .where('came_by', '=', yearId)
    .where('number', '=', 1)
    .execute()

/** What was done since a year turned, so that it cannot be taken back: a session of its classes, a pupil elsewhere than it put her, or a decision of a newcomer's guardian. */
export const doneSince = async (trx: Trx, countyId: string, yearId: string): Promise<'session' | 'pupil' | null> => {
  const { rows } = await sql<{ sessions: boolean; pupils: boolean }>`
    with y as (select ${countyId}::uuid as county, ${yearId}::uuid as id),
    placed as (select e.* from screening.enrolment e, y where e.county_id = y.county and e.came_by = y.id),
    gone as (select e.* from screening.enrolment e, y where e.county_id = y.county and e.went_by = y.id)
    select exists (select from screening.session s join screening.unit u on u.county_id = s.county_id and u.id = s.class_id, y
        where s.county_id = y.county and u.made_by = y.id)
      or exists (select from screening.seat t join placed p on p.county_id = t.county_id and p.participant_id = t.participant_id and p.number = 1)
      as sessions,
    exists (select from placed where to_at is not null)
      or exists (select from screening.participant n join screening.unit u on u.county_id = n.county_id and u.id = n.class_id, y
        where n.county_id = y.county and u.made_by = y.id and n.left_at is null
          and not exists (select from placed p where p.participant_id = n.id and p.to_at is null))
      or exists (select from screening.unit o join screening.unit n on n.county_id = o.county_id and n.parent_id = o.parent_id and n.name = o.name, y
        where o.county_id = y.county and o.retired_by = y.id and n.retired_at is null and n.made_by is distinct from y.id)
      or exists (select from gone g join screening.enrolment e on e.county_id = g.county_id and e.participant_id = g.participant_id
        and e.number = g.number + 1 where e.came_by is distinct from g.went_by)
      or exists (select from screening.consent c join placed p on p.county_id = c.county_id and p.participant_id = c.participant_id and p.number = 1)
      as pupils from y`.execute(trx)
  return rows[0]?.sessions ? 'session' : rows[0]?.pupils ? 'pupil' : null
}

const history = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('screening.enrolment as e')
    .innerJoin('screening.unit as c', (join) => join.onRef('c.county_id', '=', 'e.county_id').onRef('c.id', '=', 'e.class_id'))
    .leftJoin('screening.unit as g', (join) =>
      join.onRef('g.county_id', '=', 'c.county_id').onRef('g.id', '=', 'c.parent_id').on('g.kind', '=', 'grade'),
    )
    .select([
      'e.participant_id as participantId',
      'c.name as className',
      'g.name as gradeName',
      'e.from_at as from',
      'e.came',
      'e.came_from as cameFrom',
      'e.to_at as to',
      'e.went',
      'e.went_to as wentTo',
    ])
    .where('e.county_id', '=', countyId)

/** In which classes a pupil was, oldest first. */
export const historyOf = (trx: Trx, countyId: string, participantId: string) =>
  history(trx, countyId).where('e.participant_id', '=', participantId).orderBy('e.number').execute()

/** Everybody who was ever in a class. */
export const everIn = (trx: Trx, countyId: string, classId: string) =>
  history(trx, countyId).where('e.class_id', '=', classId).orderBy('e.from_at').orderBy('e.participant_id').orderBy('e.number').execute()

export const numbersIn = (trx: Trx, countyId: string, schoolId: string, numbers: readonly string[]) =>
  trx
    .selectFrom('identity.person')
    .select('participant_id as participantId')
    .where('county_id', '=', countyId)
    .where('school_id', '=', schoolId)
    .where('student_number', '=', sql<string>`any (${[...numbers]}::text[])`)
    .execute()

export const factsOf = (trx: Trx, countyId: string, participantIds: readonly string[]) =>
  trx
    .selectFrom('screening.participant')
    .select(['id', 'sex', 'birth_month as birthMonth', 'left_behind as leftBehind'])
    .where('county_id', '=', countyId)
    .where('id', '=', anyOf(participantIds))
    .execute()

/** Classes of earlier school years, newest first. */
export const retiredClasses = (trx: Trx, countyId: string, schoolId: string) =>
  trx
    .selectFrom('screening.unit as c')
    .innerJoin('screening.school_year as y', (join) => join.onRef('y.county_id', '=', 'c.county_id').onRef('y.id', '=', 'c.retired_by'))
    .select(['c.id as classId', 'c.name', 'y.label as until', 'c.retired_at as retiredAt'])
    .where('c.county_id', '=', countyId)
    .where('c.school_id', '=', schoolId)
    .where('c.kind', '=', 'class')
    .where('y.undone_at', 'is', null)
    .orderBy('c.retired_at', 'desc')
    .orderBy('c.name')
    .execute()
