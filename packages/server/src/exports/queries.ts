import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'

/** Sheets of a study whose guardians consented to research, by pseudonym. Runs as the export role, which has no right on identity. */
export const sheetsForResearch = (trx: Trx, countyId: string, studyId: string) =>
  trx
    .selectFrom('screening.submission as s')
    .innerJoin('screening.participant as p', (join) => join.onRef('p.county_id', '=', 's.county_id').onRef('p.id', '=', 's.participant_id'))
    .innerJoin('screening.study_school as a', (join) =>
      join.onRef('a.county_id', '=', 's.county_id').onRef('a.study_id', '=', 's.study_id').onRef('a.school_id', '=', 's.school_id'),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('screening.consent as c')
          .select('c.decision')
          .whereRef('c.county_id', '=', 's.county_id')
          .whereRef('c.participant_id', '=', 's.participant_id')
          .where('c.purpose', '=', 'research')
          .where('c.given_by', '=', 'guardian')
          .orderBy('c.recorded_at', 'desc')
          .orderBy('c.id', 'desc')
          .limit(1)
          .as('consent'),
      (join) => join.onTrue(),
    )
    .select([
      's.participant_id as participantId',
      's.school_id as schoolId',
      'p.class_id as classId',
      'a.arm',
      's.wave',
      's.sheets',
      's.scores',
      's.received_at as receivedAt',
      'p.birth_month as birthMonth',
      'p.sex',
      'p.left_behind as leftBehind',
    ])
    .where('s.county_id', '=', countyId)
    .where('s.study_id', '=', studyId)
    .where('consent.decision', '=', 'given')
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
