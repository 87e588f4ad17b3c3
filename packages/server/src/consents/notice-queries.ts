import { sql, type Updateable } from 'kysely'
import type { Trx } from '../db/scope.ts'
import type { Tables } from '../db/tables.ts'
import { Problem } from '../problem.ts'
import type { NoticeTexts } from './notice.ts'
import type { Purpose } from './rules.ts'

export type NewNotice = {
  readonly id: string
  readonly schoolId: string | null
  readonly purpose: Purpose
  readonly party: string | null
  readonly texts: NoticeTexts
  readonly createdBy: string
}

export const insertNotice = (trx: Trx, countyId: string, notice: NewNotice, now: Date) =>
  trx
    .insertInto('screening.notice')
    .values({
      county_id: countyId,
      id: notice.id,
      school_id: notice.schoolId,
      purpose: notice.purpose,
      party: notice.party,
      texts: JSON.stringify(notice.texts),
      state: 'draft',
      created_by: notice.createdBy,
      created_at: now,
    })
    .execute()

const notices = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('screening.notice as n')
    .leftJoin('screening.unit as h', (join) => join.onRef('h.county_id', '=', 'n.county_id').onRef('h.id', '=', 'n.school_id'))
    .select([
      'n.id',
      'n.school_id as schoolId',
      'h.name as schoolName',
      'n.purpose',
      'n.party',
      'n.texts',
      'n.state',
      'n.version',
      'n.renews',
      'n.hash',
      'n.published_at as publishedAt',
    ])
    .where('n.county_id', '=', countyId)

type Row = Awaited<ReturnType<ReturnType<typeof notices>['execute']>>[number]
export type Notice = Omit<Row, 'texts'> & { readonly texts: NoticeTexts }
const asNotice = (row: Row): Notice => ({ ...row, texts: row.texts as NoticeTexts }) // written by noticeTexts alone

/** All that this scope may see, newest first. */
export const allNotices = async (trx: Trx, countyId: string): Promise<readonly Notice[]> =>
  (await notices(trx, countyId).orderBy('n.created_at', 'desc').orderBy('n.id', 'desc').execute()).map(asNotice)

export const noticeById = async (trx: Trx, countyId: string, id: string): Promise<Notice> => {
  const row = await notices(trx, countyId).where('n.id', '=', id).executeTakeFirst()
  if (!row) throw new Problem('notice.not-found')
  return asNotice(row)
}

/** What may be answered at a school: its own published texts and the county's, newest first. */
export const noticesOfSchool = async (trx: Trx, countyId: string, schoolId: string): Promise<readonly Notice[]> =>
  (
    await notices(trx, countyId)
      .where('n.state', '=', 'published')
      .where((eb) => eb.or([eb('n.school_id', 'is', null), eb('n.school_id', '=', schoolId)]))
      .orderBy('n.published_at', 'desc')
      .orderBy('n.id', 'desc')
      .execute()
  ).map(asNotice)

/** The newest text of each purpose, whoever published it. */
export const currentOf = (published: readonly Notice[]): readonly Notice[] => {
  const lines = new Map(published.toReversed().map((notice) => [`${notice.purpose} ${notice.party ?? ''}`, notice]))
  return [...lines.values()]
}

/** Whether nobody who would read this text has had one of its purpose before. */
export const isFirst = ({ id, purpose, party, schoolId }: Notice, all: readonly Notice[]): boolean =>
  !all.some(
    (one) =>
      one.id !== id &&
      one.state === 'published' &&
      one.purpose === purpose &&
      one.party === party &&
      (one.schoolId === schoolId || one.schoolId === null || schoolId === null),
  )

type Set = Updateable<Tables['screening.notice']>

const setDraft = async (trx: Trx, countyId: string, id: string, set: Set) => {
  const changed = await draft(trx, countyId, id).set(set).executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new Problem('notice.published-already')
}
const draft = (trx: Trx, countyId: string, id: string) =>
  trx.updateTable('screening.notice').where('county_id', '=', countyId).where('id', '=', id).where('state', '=', 'draft')

export const setTexts = (trx: Trx, countyId: string, id: string, texts: NoticeTexts) =>
  setDraft(trx, countyId, id, { texts: JSON.stringify(texts) })

/** The number of the next version, held against everybody who would publish another one meanwhile. */
export const nextVersion = async (trx: Trx, countyId: string, { schoolId, purpose, party }: Notice): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtext(${`notice ${countyId} ${schoolId} ${purpose} ${party}`}))`.execute(trx)
  const { last } = await trx
    .selectFrom('screening.notice')
    .select(({ fn }) => fn.max('version').as('last'))
    .where('county_id', '=', countyId)
    .where('school_id', 'is not distinct from', schoolId)
    .where('purpose', '=', purpose)
    .where('party', 'is not distinct from', party)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}

type Publishing = { readonly version: number; readonly renews: boolean; readonly hash: string; readonly by: string; readonly now: Date }

export const publish = (trx: Trx, countyId: string, id: string, { version, renews, hash, by, now }: Publishing) =>
  setDraft(trx, countyId, id, { state: 'published', version, renews, hash, published_by: by, published_at: now })

/** How the guardians of each class stand to this text's purpose. */
export const standingByClass = (trx: Trx, countyId: string, { id, purpose, party, schoolId }: Notice) =>
  sql<{
    classId: string
    className: string
    schoolName: string
    pupils: number
    onThis: number
    older: number
    none: number
    against: number
  }>`
  with latest as (
    select distinct on (c.participant_id) c.participant_id, c.decision, c.notice from screening.consent c
    where c.county_id = ${countyId} and c.purpose = ${purpose} and c.party is not distinct from ${party} and c.given_by = 'guardian'
    order by c.participant_id, c.recorded_at desc, c.id desc)
  select k.id as "classId", k.name as "className", h.name as "schoolName", count(*)::int as pupils,
    (count(*) filter (where l.decision = 'given' and l.notice = ${id}))::int as "onThis",
    (count(*) filter (where l.decision = 'given' and l.notice is distinct from ${id}))::int as older,
    (count(*) filter (where l.decision is null))::int as none,
    (count(*) filter (where l.decision <> 'given'))::int as against
  from screening.participant p
  join screening.unit k on k.county_id = p.county_id and k.id = p.class_id
  join screening.unit h on h.county_id = p.county_id and h.id = p.school_id
  left join latest l on l.participant_id = p.id
  where p.county_id = ${countyId} and p.left_at is null and (${schoolId}::uuid is null or p.school_id = ${schoolId})
  group by k.id, k.name, h.name order by h.name, k.name`.execute(trx)
