// What the page of kits shows and decides.
import { sql } from 'kysely'
import type { Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import type { Kit } from './record-queries.ts'

export type ListedKit = Omit<Kit, 'recipient' | 'secret' | 'countyId'> & {
  readonly schoolName: string
  readonly day: { readonly counter: number; readonly writtenAt: string; readonly handledAt: string; readonly sheets: number } | null
}

/** The newest kit first, each with the last day that was written or came home. */
export const listedKits = async (trx: Trx, countyId: string): Promise<readonly ListedKit[]> =>
  (
    await sql<ListedKit>`
    select k.id, k.school_id as "schoolId", u.name as "schoolName", k.side, k.file_hash as "fileHash", k.counts, k.made_by as "madeBy",
      k.made_at as "madeAt", k.valid_until as "validUntil", k.taken_at as "takenAt",
      (select json_build_object('counter', d.counter, 'writtenAt', d.written_at, 'handledAt', d.handled_at,
          'sheets', coalesce(d.counts ->> 'inBundle', d.counts ->> 'screening.submission', '0')::int)
        from screening.kit_day d where d.county_id = k.county_id and d.kit_id = k.id order by d.counter desc, d.handled_at desc limit 1) as day
    from screening.kit k join screening.unit u on u.county_id = k.county_id and u.id = k.school_id
    where k.county_id = ${countyId} order by k.made_at desc, k.id desc limit 500`.execute(trx)
  ).rows

export type ListedConflict = {
  readonly id: string
  readonly schoolId: string
  readonly table: string
  readonly ours: Row
  readonly theirs: Row
  readonly foundAt: Date
  readonly decision: 'ours' | 'theirs' | null
  readonly reason: string | null
  readonly decidedBy: string | null
}

export const conflictsOf = async (trx: Trx, countyId: string, where: 'screening' | 'identity'): Promise<readonly ListedConflict[]> =>
  (
    await sql<ListedConflict>`
    select c.id, c.school_id as "schoolId", c.table_name as "table", c.ours, c.theirs, c.found_at as "foundAt", d.decision, d.reason,
      d.decided_by as "decidedBy"
    from ${sql.table(`${where}.kit_conflict`)} c
    left join screening.kit_conflict_decision d on d.county_id = c.county_id and d.conflict_id = c.id
    where c.county_id = ${countyId} order by c.found_at desc, c.id desc limit 1000`.execute(trx)
  ).rows

export const undecidedConflicts = async (trx: Trx, countyId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select county_id, id from screening.kit_conflict union all select county_id, id from identity.kit_conflict) c
    where c.county_id = ${countyId} and not exists (
      select 1 from screening.kit_conflict_decision d where d.county_id = c.county_id and d.conflict_id = c.id)`.execute(trx)
  return rows[0]!.n
}

/** False when it is decided already. */
export const insertDecision = async (
  trx: Trx,
  given: { countyId: string; schoolId: string; conflictId: string; decision: 'ours' | 'theirs'; reason: string; by: string; now: Date },
): Promise<boolean> => {
  const { rows } = await sql`
    insert into screening.kit_conflict_decision (county_id, conflict_id, school_id, decision, reason, decided_by, decided_at)
    values (${given.countyId}, ${given.conflictId}, ${given.schoolId}, ${given.decision}, ${given.reason}, ${given.by}, ${given.now})
    on conflict do nothing returning conflict_id`.execute(trx)
  return rows.length === 1
}
