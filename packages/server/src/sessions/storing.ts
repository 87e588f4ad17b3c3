// From a sheet that a device hands in to its place in a batch, and to what must be heard of one that comes too late.
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../db/batches.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { type Hands, type Outcome, type Sheet, storeSheets } from './intake.ts'
import { submissionsOfSeats } from './queries.ts'

/** Sheets that arrive together are committed together, with their audit rows and all that must stand or fall with them (SAF-01). */
export const storeInBatches = (context: Context, { store, reread }: Hands) =>
  inBatches((countyId: string, sheets: readonly Sheet[]) => {
    const scope = { countyId, schoolIds: [...new Set(sheets.map(({ schoolId }) => schoolId))], accountId: null }
    return inScope(context.db, scope, 'app', async (trx) => {
      const outcomes = await storeSheets(trx, countyId, sheets, async (inner, county, stored) => {
        const entries = stored.map((kept) => ({
          action: 'submission.stored' as const,
          subject: 'submission',
          subjectIds: [kept.submissionId],
          schoolId: kept.schoolId,
        }))
        await record(inner, scope, context, [...entries, ...(await store(inner, county, stored))])
      })
      const late = tooLate(sheets, outcomes)
      if (late.length > 0) await record(trx, scope, context, await reread(trx, countyId, await asStored(trx, countyId, late)))
      return outcomes
    })
  })

/** Law 2: of a sheet whose seat has handed in already nothing is stored, but what it says of risk surfaces, beside the sheet that is. */
const tooLate = (sheets: readonly Sheet[], outcomes: readonly Outcome[]): readonly Sheet[] =>
  sheets.flatMap((sheet, place) => {
    const outcome = outcomes[place]!
    if (outcome.kind !== 'refused' || outcome.problem !== 'session.already-submitted') return []
    const said = sheet.scored.map((one) => ({ ...one, flags: one.flags.filter(({ kind }) => kind !== 'unanswered') }))
    return said.some(({ flags }) => flags.length > 0) ? [{ ...sheet, scored: said }] : []
  })

const asStored = async (trx: Trx, countyId: string, late: readonly Sheet[]): Promise<readonly Sheet[]> => {
  const stored = await submissionsOfSeats(
    trx,
    countyId,
    late.map(({ seatId }) => seatId),
  )
  return late.flatMap((sheet) => {
    const submissionId = stored.get(sheet.seatId)
    return submissionId ? [{ ...sheet, submissionId }] : []
  })
}
