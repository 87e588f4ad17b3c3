import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'

// of the sheet s
const latestDecision = (giver: 'guardian' | 'pupil', purpose: 'research' | 'screening') => sql<string | null>`(
  select c.decision from screening.consent c
  where c.county_id = s.county_id and c.participant_id = s.participant_id and c.purpose = ${purpose} and c.given_by = ${giver}
  order by c.recorded_at desc, c.id desc limit 1)`

// consent given to a text that had been replaced by one asking for it anew when the sheet came in
const answeredOutdated = sql<boolean>`exists (
  select from screening.notice m
  where m.county_id = s.county_id and m.state = 'published' and m.purpose = 'research' and m.renews
    and (m.school_id is null or m.school_id = s.school_id) and m.published_at <= s.received_at
    and m.published_at > coalesce((
      select n.published_at from screening.consent c left join screening.notice n on n.county_id = c.county_id and n.id = c.notice
      where c.county_id = s.county_id and c.participant_id = s.participant_id and c.purpose = 'research' and c.given_by = 'guardian'
      order by c.recorded_at desc, c.id desc limit 1), '-infinity'))`

const nothingAgainst = (giver: 'guardian' | 'pupil', purpose: 'research' | 'screening') =>
  sql<boolean>`coalesce(${latestDecision(giver, purpose)}, 'given') = 'given'`

/** Sheets of a study for which research was consented to (as consents/queries.ts says it of one purpose) and screening not withdrawn, by pseudonym. Runs as the export role, which has no right on identity. */
export const sheetsForResearch = (trx: Trx, countyId: string, studyId: string) =>
  trx
    .selectFrom('screening.submission as s')
    .innerJoin('screening.participant as p', (join) => join.onRef('p.county_id', '=', 's.county_id').onRef('p.id', '=', 's.participant_id'))
    .innerJoin('screening.session as t', (join) => join.onRef('t.county_id', '=', 's.county_id').onRef('t.id', '=', 's.session_id'))
    .innerJoin('screening.study_school as a', (join) =>
      join.onRef('a.county_id', '=', 's.county_id').onRef('a.study_id', '=', 's.study_id').onRef('a.school_id', '=', 's.school_id'),
    )
    .select([
      's.participant_id as participantId',
      's.school_id as schoolId',
      't.class_id as classId', // where she sat, not where she is now
      'a.arm',
      's.wave',
      's.sheets',
      's.scores',
      's.quality',
      's.received_at as receivedAt',
      'p.birth_month as birthMonth',
      'p.sex',
      'p.left_behind as leftBehind',
    ])
    .where('s.county_id', '=', countyId)
    .where('s.study_id', '=', studyId)
    .where('s.restricted_at', 'is', null)
    .where(latestDecision('guardian', 'research'), '=', 'given')
    .where(answeredOutdated, '=', false)
    .where(nothingAgainst('pupil', 'research'))
    .where(nothingAgainst('guardian', 'screening'))
    .where(nothingAgainst('pupil', 'screening'))
    .execute()

export type ResearchSheet = Awaited<ReturnType<typeof sheetsForResearch>>[number]

export type NewExport = {
  readonly id: string
  readonly studyId: string
  readonly hash: string
  readonly rows: number
  readonly participants: number
  readonly createdBy: string
  readonly now: Date
}

export const insertExport = async (trx: Trx, countyId: string, made: NewExport, files: Readonly<Record<string, string>>) => {
  await trx
    .insertInto('screening.export')
    .values({
      county_id: countyId,
      id: made.id,
      study_id: made.studyId,
      dataset_hash: made.hash,
      row_count: made.rows,
      participant_count: made.participants,
      created_by: made.createdBy,
      created_at: made.now,
    })
    .execute()
  await trx
    .insertInto('screening.export_file')
    .values(Object.entries(files).map(([name, content]) => ({ county_id: countyId, export_id: made.id, name, content })))
    .execute()
}

export const exportById = async (trx: Trx, countyId: string, id: string) => {
  const row = await trx
    .selectFrom('screening.export')
    .select([
      'id',
      'study_id as studyId',
      'created_at as createdAt',
      'row_count as rows',
      'participant_count as participants',
      'dataset_hash as hash',
    ])
    .where('county_id', '=', countyId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('export.not-found')
  return row
}

/** PRIV-05: a dataset stands for the consents of its day. It is not given out any more once one of them was withdrawn. */
export const exportToUse = async (trx: Trx, countyId: string, id: string) => {
  const made = await exportById(trx, countyId, id)
  const withdrawn = await trx
    .selectFrom('screening.consent as c')
    .innerJoin('screening.submission as s', (join) =>
      join.onRef('s.county_id', '=', 'c.county_id').onRef('s.participant_id', '=', 'c.participant_id'),
    )
    .select('c.id')
    .where('c.county_id', '=', countyId)
    .where('s.study_id', '=', made.studyId)
    .where('c.purpose', 'in', ['research', 'screening'])
    .where('c.decision', '<>', 'given')
    .where('c.recorded_at', '>', made.createdAt)
    .limit(1)
    .executeTakeFirst()
  if (withdrawn) throw new Problem('export.consent-withdrawn')
  return made
}

export const fileOfExport = async (trx: Trx, countyId: string, exportId: string, name: string): Promise<string> => {
  const row = await trx
    .selectFrom('screening.export_file')
    .select('content')
    .where('county_id', '=', countyId)
    .where('export_id', '=', exportId)
    .where('name', '=', name)
    .executeTakeFirst()
  if (!row) throw new Problem('export.not-found')
  return row.content
}
