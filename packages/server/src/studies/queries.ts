import type { StudyProtocol } from '@tongxing/instruments'
import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'

export type Study = {
  readonly id: string
  readonly protocol: StudyProtocol
  readonly allocationSeed: number | null
  readonly allocatedAt: Date | null
  readonly createdAt: Date
}

const columns = ['id', 'protocol', 'allocation_seed as allocationSeed', 'allocated_at as allocatedAt', 'created_at as createdAt'] as const
// the protocol was parsed by its schema before it was stored
const asStudy = (row: Omit<Study, 'protocol'> & { protocol: unknown }): Study => ({ ...row, protocol: row.protocol as StudyProtocol })

export const insertStudy = async (
  trx: Trx,
  countyId: string,
  study: { id: string; protocol: StudyProtocol; hash: string; createdBy: string; now: Date },
) => {
  const inserted = await trx
    .insertInto('screening.study')
    .values({
      county_id: countyId,
      id: study.id,
      protocol: JSON.stringify(study.protocol),
      protocol_hash: study.hash,
      allocation_seed: null,
      created_by: study.createdBy,
      created_at: study.now,
    })
    .onConflict((conflict) => conflict.expression(sql`county_id, (protocol ->> 'id')`).doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows !== 1n) throw new Problem('study.id-taken', { id: study.protocol.id })
}

export const allStudies = async (trx: Trx, countyId: string): Promise<Study[]> =>
  (await trx.selectFrom('screening.study').select(columns).where('county_id', '=', countyId).orderBy('created_at', 'desc').execute()).map(
    asStudy,
  )

export const studyById = async (trx: Trx, countyId: string, id: string): Promise<Study> => {
  const row = await trx
    .selectFrom('screening.study')
    .select(columns)
    .where('county_id', '=', countyId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('study.not-found')
  return asStudy(row)
}

export const schoolsOfStudy = (trx: Trx, countyId: string, studyId: string) =>
  trx
    .selectFrom('screening.study_school as s')
    .innerJoin('screening.unit as u', (join) => join.onRef('u.county_id', '=', 's.county_id').onRef('u.id', '=', 's.school_id'))
    .select(['s.school_id as schoolId', 'u.name', 's.arm'])
    .where('s.county_id', '=', countyId)
    .where('s.study_id', '=', studyId)
    .orderBy('u.name')
    .execute()

export const insertStudySchools = (trx: Trx, countyId: string, studyId: string, schoolIds: readonly string[]) =>
  trx
    .insertInto('screening.study_school')
    .values(schoolIds.map((schoolId) => ({ county_id: countyId, study_id: studyId, school_id: schoolId, arm: null })))
    .onConflict((conflict) => conflict.columns(['county_id', 'study_id', 'school_id']).doNothing())
    .execute()

/** Locks the study's row so that two allocations cannot cross, and says whether it was allocated already. */
export const lockAllocation = async (trx: Trx, countyId: string, studyId: string): Promise<boolean> => {
  const row = await trx
    .selectFrom('screening.study')
    .select('allocated_at')
    .where('county_id', '=', countyId)
    .where('id', '=', studyId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return row.allocated_at !== null
}

export const setAllocation = async (
  trx: Trx,
  countyId: string,
  studyId: string,
  seed: number,
  arms: ReadonlyMap<string, string>,
  now: Date,
) => {
  await trx
    .updateTable('screening.study')
    .set({ allocation_seed: seed, allocated_at: now })
    .where('county_id', '=', countyId)
    .where('id', '=', studyId)
    .execute()
  for (const [schoolId, arm] of arms)
    await trx
      .updateTable('screening.study_school')
      .set({ arm })
      .where('county_id', '=', countyId)
      .where('study_id', '=', studyId)
      .where('school_id', '=', schoolId)
      .execute()
}

export const waveCounts = (trx: Trx, countyId: string, studyId: string) =>
  trx
    .selectFrom('screening.session as s')
    .innerJoin('screening.seat as t', (join) => join.onRef('t.county_id', '=', 's.county_id').onRef('t.session_id', '=', 's.id'))
    .select(({ fn, eb }) => [
      's.wave',
      fn.count<number>('s.id').distinct().as('sessions'),
      fn.count<number>('t.id').as('seats'),
      fn
        .count<number>('t.id')
        .filterWhere(eb('t.state', 'in', ['submitted', 'stopped']))
        .as('submitted'),
    ])
    .where('s.county_id', '=', countyId)
    .where('s.study_id', '=', studyId)
    .groupBy('s.wave')
    .execute()

export const madeOfStudy = async (trx: Trx, countyId: string, studyId: string) => {
  const exports = await trx
    .selectFrom('screening.export')
    .select(['id', 'created_at as createdAt', 'row_count as rows', 'participant_count as participants', 'dataset_hash as hash'])
    .where('county_id', '=', countyId)
    .where('study_id', '=', studyId)
    .orderBy('created_at', 'desc')
    .execute()
  const reports = await trx
    .selectFrom('screening.report')
    .select(['id', 'export_id as exportId', 'created_at as createdAt'])
    .where('county_id', '=', countyId)
    .where('study_id', '=', studyId)
    .orderBy('created_at', 'desc')
    .execute()
  return { exports, reports }
}
