// SAF-14: a stored sheet that is read again or corrected raises what is new, and deletes, closes and lowers nothing.
import { sql } from 'kysely'
import type { AuditEntry } from '../audit/record.ts'
import type { Trx } from '../db/scope.ts'
import type { Sheet } from '../sessions/intake.ts'
import { type OpenCases, raiseFlags } from './queries.ts'

type Raised = { readonly instrument: string; readonly rule: string; readonly value: string }
const keyOf = ({ instrument, rule, value }: Raised) => [instrument, rule, value].join(' ')

const raisedFor = async (trx: Trx, countyId: string, submissionIds: readonly string[]) => {
  const rows = await trx
    .selectFrom('screening.flag')
    .select(['submission_id as submissionId', 'instrument', 'rule', 'value'])
    .where('county_id', '=', countyId)
    .where('submission_id', '=', sql<string>`any (${[...submissionIds]}::uuid[])`)
    .execute()
  return new Set(rows.map((row) => `${row.submissionId} ${keyOf(row)}`))
}

/** A rule that was raised for another value is raised again: who dismissed a 1 has not looked at a 3. */
export const raiseNewFlags = async (
  trx: Trx,
  countyId: string,
  clerk: { readonly ids: () => string; readonly clock: () => Date },
  sheets: readonly Sheet[],
  openCases: OpenCases,
): Promise<readonly AuditEntry[]> => {
  const raised = await raisedFor(
    trx,
    countyId,
    sheets.map(({ submissionId }) => submissionId),
  )
  const news = sheets.map((sheet) => ({
    ...sheet,
    scored: sheet.scored.map((one) => ({
      ...one,
      flags: one.flags.filter(({ rule, value }) => {
        const key = keyOf({ instrument: one.instrument, rule, value: String(value) })
        return !raised.has(`${sheet.submissionId} ${key}`)
      }),
    })),
  }))
  return raiseFlags(trx, countyId, clerk, news, openCases)
}
