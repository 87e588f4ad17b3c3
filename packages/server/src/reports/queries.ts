import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'

export type NewReport = {
  readonly id: string
  readonly studyId: string
  readonly exportId: string
  readonly record: unknown
  readonly pages: Readonly<Record<string, string>>
  readonly createdBy: string
  readonly now: Date
}

export const insertReport = (trx: Trx, countyId: string, report: NewReport) =>
  trx
    .insertInto('screening.report')
    .values({
      county_id: countyId,
      id: report.id,
      study_id: report.studyId,
      export_id: report.exportId,
      record: JSON.stringify(report.record),
      pages: JSON.stringify(report.pages),
      created_by: report.createdBy,
      created_at: report.now,
    })
    .execute()

export const reportById = async (trx: Trx, countyId: string, id: string) => {
  const row = await trx
    .selectFrom('screening.report')
    .select(['id', 'study_id as studyId', 'export_id as exportId', 'record', 'pages', 'created_at as createdAt'])
    .where('county_id', '=', countyId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Problem('report.not-found')
  return row
}
