import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'

export type Upload = {
  readonly id: string
  readonly fileHash: string
  readonly size: number
  readonly received: number
  readonly startedBy: string
}
const uploadColumns = sql`id, file_hash as "fileHash", size, received, started_by as "startedBy"`

/** The upload of this file by this person: the one that was begun, or a new one. */
export const openUpload = async (
  trx: Trx,
  countyId: string,
  upload: Omit<Upload, 'received'>,
  now: Date,
  oldest: Date,
): Promise<Upload> => {
  await sql`delete from screening.kit_upload where county_id = ${countyId} and started_at < ${oldest}`.execute(trx)
  await sql`insert into screening.kit_upload (county_id, id, file_hash, size, started_by, started_at)
    values (${countyId}, ${upload.id}, ${upload.fileHash}, ${upload.size}, ${upload.startedBy}, ${now})
    on conflict (county_id, file_hash, started_by) do nothing`.execute(trx)
  const { rows } = await sql<Upload>`select ${uploadColumns} from screening.kit_upload
    where county_id = ${countyId} and file_hash = ${upload.fileHash} and started_by = ${upload.startedBy}`.execute(trx)
  return rows[0]!
}

export const lockUpload = async (trx: Trx, countyId: string, id: string, startedBy: string): Promise<Upload | undefined> =>
  (
    await sql<Upload>`select ${uploadColumns} from screening.kit_upload
    where county_id = ${countyId} and id = ${id} and started_by = ${startedBy} for update`.execute(trx)
  ).rows[0]

export const insertPiece = async (trx: Trx, countyId: string, uploadId: string, position: number, content: Buffer): Promise<number> => {
  await sql`insert into screening.kit_upload_piece (county_id, upload_id, position, content)
    values (${countyId}, ${uploadId}, ${position}, ${content})`.execute(trx)
  const { rows } = await sql<{ received: number }>`update screening.kit_upload set received = received + ${content.length}
    where county_id = ${countyId} and id = ${uploadId} returning received`.execute(trx)
  return rows[0]!.received
}

export const wholeUpload = async (trx: Trx, countyId: string, id: string): Promise<Buffer> => {
  const { rows } = await sql<{ content: Buffer }>`select content from screening.kit_upload_piece
    where county_id = ${countyId} and upload_id = ${id} order by position`.execute(trx)
  return Buffer.concat(rows.map(({ content }) => content))
}

export const dropUpload = (trx: Trx, countyId: string, id: string) =>
  sql`delete from screening.kit_upload where county_id = ${countyId} and id = ${id}`.execute(trx)
