// SAF-12, SAF-14: whatever comes of a seat (answers so far, the sheet, a sheet read again or corrected) raises what is new, and deletes, closes
// and lowers nothing.
import { sql } from 'kysely'
import type { AuditEntry } from '../audit/record.ts'
import type { Trx } from '../db/scope.ts'
import type { Heard } from '../sessions/intake.ts'
import { type OpenCases, raiseFlags } from './queries.ts'

type Raised = { readonly instrument: string; readonly rule: string; readonly value: string }
const keyOf = ({ instrument, rule, value }: Raised) => [instrument, rule, value].join(' ')

const raisedFor = async (trx: Trx, countyId: string, seatIds: readonly string[]) => {
  if (seatIds.length === 0) return new Set()
  const rows = await trx
    .selectFrom('screening.flag')
    .select(['seat_id as seatId', 'instrument', 'rule', 'value'])
    .where('county_id', '=', countyId)
    .where('seat_id', '=', sql<string>`any (${[...seatIds]}::uuid[])`)
    .where('kind', '<>', 'request')
    .execute()
  return new Set(rows.map((row) => `${row.seatId} ${keyOf(row)}`))
}

/** A rule that was raised for another value is raised again: who dismissed a 1 has not looked at a 3. */
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
  const news = sheets.map((sheet) => ({
    ...sheet,
    scored: sheet.scored.map((one) => ({
      ...one,
      flags: one.flags.filter(({ rule, value }) => {
        const key = keyOf({ instrument: one.instrument, rule, value: String(value) })
        return !raised.has(`${sheet.seatId} ${key}`)
      }),
    })),
  }))
  return raiseFlags(trx, countyId, clerk, news, openCases)
}
