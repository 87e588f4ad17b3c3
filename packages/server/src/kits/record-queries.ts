// The record of kits: which were made and taken, which days were written and came home, and what was found on both sides.
import { sql } from 'kysely'
import type { Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import type { Place } from './queries.ts'
import type { Version } from './rules.ts'

export type Kit = Place & {
  readonly id: string
  readonly side: 'made' | 'taken'
  readonly recipient: string
  readonly secret: string
  readonly fileHash: string
  readonly counts: Readonly<Record<string, number>>
  readonly madeBy: string | null
  readonly madeAt: Date
  readonly validUntil: Date
  readonly takenAt: Date | null
}

export const insertKit = (trx: Trx, kit: Kit) =>
  sql`
  insert into screening.kit (county_id, id, school_id, side, recipient, secret, file_hash, counts, made_by, made_at, valid_until, taken_at)
  values (${kit.countyId}, ${kit.id}, ${kit.schoolId}, ${kit.side}, ${kit.recipient}, ${kit.secret}, ${kit.fileHash},
    ${JSON.stringify(kit.counts)}, ${kit.madeBy}, ${kit.madeAt}, ${kit.validUntil}, ${kit.takenAt})`.execute(trx)

const kitColumns = sql`county_id as "countyId", id, school_id as "schoolId", side, recipient, secret, file_hash as "fileHash", counts,
  made_by as "madeBy", made_at as "madeAt", valid_until as "validUntil", taken_at as "takenAt"`

export const kitById = async (trx: Trx, countyId: string, id: string): Promise<Kit | undefined> =>
  (await sql<Kit>`select ${kitColumns} from screening.kit where county_id = ${countyId} and id = ${id}`.execute(trx)).rows[0]

export const kitsTaken = async (trx: Trx, countyId: string): Promise<readonly Kit[]> =>
  (await sql<Kit>`select ${kitColumns} from screening.kit where county_id = ${countyId} and side = 'taken'`.execute(trx)).rows

export type Day = Place & {
  readonly id: string
  readonly kitId: string
  readonly counter: number
  readonly side: 'written' | 'received'
  readonly fileHash: string
  readonly counts: object
  readonly handledBy: string | null
  readonly writtenAt: Date
  readonly handledAt: Date
}

/** False when this very file has been recorded. */
export const insertDay = async (trx: Trx, day: Day): Promise<boolean> => {
  const { rows } = await sql`
    insert into screening.kit_day (county_id, id, school_id, kit_id, counter, side, file_hash, counts, handled_by, written_at, handled_at)
    values (${day.countyId}, ${day.id}, ${day.schoolId}, ${day.kitId}, ${day.counter}, ${day.side}, ${day.fileHash},
      ${JSON.stringify(day.counts)}, ${day.handledBy}, ${day.writtenAt}, ${day.handledAt})
    on conflict (county_id, kit_id, file_hash) do nothing returning id`.execute(trx)
  return rows.length === 1
}

export const lastCounter = async (trx: Trx, countyId: string, kitId: string): Promise<number> => {
  const { rows } = await sql<{ counter: number }>`
    select coalesce(max(counter), 0)::int as counter from screening.kit_day where county_id = ${countyId} and kit_id = ${kitId}`.execute(
    trx,
  )
  return rows[0]!.counter
}

export type KeptVersion = Version & { readonly table: string; readonly key: string; readonly counter: number }

export const insertVersions = async (trx: Trx, { countyId, schoolId }: Place, kitId: string, versions: readonly KeptVersion[]) => {
  if (versions.length === 0) return
  const rows = versions.map(({ table, key, fingerprint, columns, counter }) => ({
    county_id: countyId,
    kit_id: kitId,
    table_name: table,
    row_key: key,
    fingerprint,
    school_id: schoolId,
    columns,
    counter,
  }))
  await sql`insert into screening.kit_version select (json_populate_recordset(null::screening.kit_version, ${JSON.stringify(rows)}::json)).*
    on conflict do nothing`.execute(trx)
}

export const versionsOf = async (trx: Trx, countyId: string, kitId: string): Promise<readonly KeptVersion[]> =>
  (
    await sql<KeptVersion>`
    select table_name as "table", row_key as key, fingerprint, columns, counter from screening.kit_version
    where county_id = ${countyId} and kit_id = ${kitId} order by counter`.execute(trx)
  ).rows

export type Conflict = Place & {
  readonly id: string
  readonly kitId: string
  readonly dayId: string
  readonly table: string
  readonly key: string
  readonly fingerprint: string
  readonly ours: Row
  readonly theirs: Row
  readonly foundAt: Date
}

/** Names are kept where names live. */
const conflictTable = (table: string) => sql.table(table.startsWith('identity.') ? 'identity.kit_conflict' : 'screening.kit_conflict')

/** False when it was found before. */
export const insertConflict = async (trx: Trx, conflict: Conflict): Promise<boolean> => {
  const { rows } = await sql`
    insert into ${conflictTable(conflict.table)}
      (county_id, id, school_id, kit_id, day_id, table_name, row_key, fingerprint, ours, theirs, found_at)
    values (${conflict.countyId}, ${conflict.id}, ${conflict.schoolId}, ${conflict.kitId}, ${conflict.dayId}, ${conflict.table},
      ${conflict.key}, ${conflict.fingerprint}, ${JSON.stringify(conflict.ours)}, ${JSON.stringify(conflict.theirs)}, ${conflict.foundAt})
    on conflict (county_id, kit_id, table_name, row_key, fingerprint) do nothing returning id`.execute(trx)
  return rows.length === 1
}

export const isDayKnown = async (trx: Trx, countyId: string, kitId: string, fileHash: string): Promise<boolean> =>
  (await sql`select 1 from screening.kit_day where county_id = ${countyId} and kit_id = ${kitId} and file_hash = ${fileHash}`.execute(trx))
    .rows.length > 0
