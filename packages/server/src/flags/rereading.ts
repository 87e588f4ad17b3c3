// SAF-12, SAF-14: whatever comes of a seat (answers so far, the sheet, a sheet read again or corrected) raises what is new, and deletes, closes
// and lowers nothing.
import { sql } from 'kysely'
import type { AuditEntry } from '../audit/record.ts'
import type { Trx } from '../db/scope.ts'
import type { Heard } from '../sessions/intake.ts'
import { type OpenCases, raiseFlags } from './queries.ts'

type Raised = { readonly instrument: string; readonly rule: string; readonly value: string }
const keyOf = ({ instrument, rule, value }: Raised) => [instrument, rule, value].join(' ')

/** The flags of these seats, each with the moment at which somebody looked at it; endless while nobody has. */
const raisedFor = async (trx: Trx, countyId: string, seatIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  if (seatIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('screening.flag as f')
    .leftJoin('screening.flag_review as r', (join) => join.onRef('r.county_id', '=', 'f.county_id').onRef('r.flag_id', '=', 'f.id'))
    .select(['f.seat_id as seatId', 'f.instrument', 'f.rule', 'f.value', 'r.reviewed_at as reviewedAt'])
    .where('f.county_id', '=', countyId)
    .where('f.seat_id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
    .where('f.kind', '<>', sql.lit('request')) // as the index one_flag_a_seat says it
    .execute()
  const latest = new Map<string, number>()
  for (const row of rows) {
    const key = `${row.seatId} ${keyOf(row)}`
    latest.set(key, Math.max(latest.get(key) ?? 0, row.reviewedAt?.getTime() ?? Number.POSITIVE_INFINITY))
  }
  return latest
}

/**
 * A rule that was raised for another value is raised again: who dismissed a 1 has not looked at a 3. So is one that a pupil who began anew
 * says after somebody looked at it: who dismissed Monday's 3 has not looked at Wednesday's.
 */
export const raiseNewFlags = async (
  trx: Trx,
  countyId: string,
  clerk: { readonly ids: () => string; readonly clock: () => Date },
  sheets: readonly Heard[],
  openCases: OpenCases,
): Promise<readonly AuditEntry[]> => {
  const raised = await raisedFor(
    trx,
    countyId,
    sheets.flatMap(({ seatId, scored }) => (scored.some(({ flags }) => flags.length > 0) ? [seatId] : [])),
  )
  const said = new Set<string>() // two machines may say the same at once
  const isNew = (key: string, startedAt: Date) => {
    const lookedAt = raised.get(key)
    return (lookedAt === undefined || startedAt.getTime() > lookedAt) && !said.has(key) && said.add(key) !== undefined
  }
  const news = sheets.map((sheet) => ({
    ...sheet,
    scored: sheet.scored.map((one) => ({
      ...one,
      flags: one.flags.filter(({ rule, value }) =>
        isNew(`${sheet.seatId} ${keyOf({ instrument: one.instrument, rule, value: String(value) })}`, sheet.startedAt),
      ),
    })),
  }))
  return raiseFlags(trx, countyId, clerk, news, openCases)
}
