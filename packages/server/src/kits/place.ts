// Where a kit is handled: by a person on a page, or by whoever sits at the computer itself and types a command.
import { type AuditEntry, record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Carried, Row } from '../db/carried.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { allUnits, unitById } from '../units/queries.ts'
import type { Manifest, Parts } from './file.ts'
import { prepare } from './queries.ts'

/** Nobody: at the computer itself. */
export type By = { readonly countyId: string; readonly accountId: string | null }

/** One school of one county, with its names: row-level security holds whatever a file says to exactly this school. */
export const atSchool = <T>(context: Context, { countyId, accountId }: By, schoolId: string, work: (trx: Trx) => Promise<T>): Promise<T> =>
  inScope(context.db, { countyId, schoolIds: [schoolId], accountId }, 'identity', async (trx) => {
    await prepare(trx, countyId)
    return work(trx)
  })

export const note = (trx: Trx, context: Context, { countyId, accountId }: By, entry: AuditEntry) =>
  record(trx, { countyId, schoolIds: [], accountId, ...(accountId === null && { actor: 'command' }) }, context, [entry])

export const namesOf = async (trx: Trx, countyId: string, schoolId: string) => {
  const school = await unitById(trx, countyId, schoolId)
  if (school.kind !== 'school') throw new Problem('unit.not-found')
  const county = (await allUnits(trx, countyId)).find(({ kind }) => kind === 'county')
  return { countyName: county?.name ?? '', schoolName: school.name }
}

/** A bundle speaks of its own school and of nothing else. */
export const requireOwnRows = ({ countyId, schoolId }: Manifest, parts: Parts) => {
  const isOwn = (row: Row) =>
    (row.county_id === undefined || row.county_id === countyId) &&
    (row.school_id === undefined || row.school_id === null || row.school_id === schoolId)
  for (const { rows } of parts.values()) if (!rows.every(({ row }) => isOwn(row))) throw new Problem('kit.file-damaged')
}

export const partOf = (parts: Parts, { table }: Pick<Carried, 'table'>) => parts.get(table) ?? { columns: [], rows: [] }
