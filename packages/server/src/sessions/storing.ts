// From a sheet that a device hands in to its place in a batch, and to what must be heard of one that comes too late.
import { record, together } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../db/batches.ts'
import { batchInScope, type Trx } from '../db/scope.ts'
import type { ProblemCode } from '../problem.ts'
import { type Hands, type Heard, type Outcome, type Sheet, storeFresh, storeSheets } from './intake.ts'
import { isStale } from './intake-queries.ts'
import { submissionsOfSeats } from './queries.ts'
import { lastOf } from './so-far.ts'
import { keepSoFar, markHeard, withdrawnAmong } from './so-far-queries.ts'

/** Sheets that arrive together are committed together, with their audit rows and all that must stand or fall with them (SAF-01). */
export const storeInBatches = (context: Context, hands: Hands) =>
  inBatches(async (countyId: string, sheets: readonly Sheet[]) => {
    const scope = { countyId, schoolIds: [...new Set(sheets.map(({ schoolId }) => schoolId))], accountId: null }
    const store = (how: typeof storeSheets) =>
      batchInScope(context.db, scope, async (trx) => {
        const { outcomes, followed } = await how(trx, countyId, sheets, hands)
        const stored = sheets.flatMap(({ submissionId, schoolId }, place) =>
          outcomes[place]!.kind === 'stored'
            ? [{ action: 'submission.stored' as const, subject: 'submission', subjectIds: [submissionId], schoolId }]
            : [],
        )
        await record(trx, scope, context, together([...stored, ...followed]))
        await keepLeft(context, trx, countyId, left(sheets, outcomes))
        const late = tooLate(sheets, outcomes)
        if (late.length > 0) await record(trx, scope, context, await hands.reread(trx, countyId, await asStored(trx, countyId, late)))
        return outcomes
      })
    if (!sheets.every(({ fresh, ended }) => fresh && ended === 'finished')) return store(storeSheets)
    return store(storeFresh).catch((error: unknown) => (isStale(error) ? store(storeSheets) : Promise.reject(error)))
  })

const refusedAs = (outcome: Outcome | undefined, ...problems: readonly ProblemCode[]) =>
  outcome?.kind === 'refused' && problems.includes(outcome.problem)

/** Sheets of machines that their pupils have left, of seats that have not handed in: the last of each. */
const left = (sheets: readonly Sheet[], outcomes: readonly Outcome[]): readonly Sheet[] => {
  const done = new Set(sheets.flatMap(({ seatId }, place) => (outcomes[place]?.kind === 'stored' ? [seatId] : [])))
  const own = sheets.filter(({ seatId }, place) => refusedAs(outcomes[place], 'session.went-on-elsewhere') && !done.has(seatId))
  return [...new Map(own.toSorted((one, other) => (one.turn ?? 0) - (other.turn ?? 0)).map((sheet) => [sheet.seatId, sheet])).values()]
}

/** Nothing of it is lost: it is what she has answered so far, unless the machine at which she sits has said more since. */
const keepLeft = async (context: Context, trx: Trx, countyId: string, sheets: readonly Sheet[]) => {
  if (sheets.length === 0) return
  const seatIds = sheets.map(({ seatId }) => seatId)
  await markHeard(trx, countyId, seatIds)
  const withdrawn = await withdrawnAmong(trx, countyId, seatIds)
  const kept = sheets.filter(({ seatId }) => !withdrawn.includes(seatId))
  await keepSoFar(
    trx,
    countyId,
    kept.map((sheet) => lastOf(context, sheet)),
  )
}

/** Law 2: of a sheet whose seat has handed in already, or goes on elsewhere, nothing is stored, but what it says of risk surfaces. */
const tooLate = (sheets: readonly Sheet[], outcomes: readonly Outcome[]): readonly Sheet[] =>
  sheets.flatMap((sheet, place) => {
    if (!refusedAs(outcomes[place], 'session.already-submitted', 'session.went-on-elsewhere')) return []
    const said = sheet.scored.map((one) => ({ ...one, flags: one.flags.filter(({ kind }) => kind !== 'unanswered') }))
    return said.some(({ flags }) => flags.length > 0) ? [{ ...sheet, scored: said }] : []
  })

/** Beside the sheet that is stored, or on the seat alone. */
const asStored = async (trx: Trx, countyId: string, late: readonly Sheet[]): Promise<readonly Heard[]> => {
  const stored = await submissionsOfSeats(
    trx,
    countyId,
    late.map(({ seatId }) => seatId),
  )
  return late.map((sheet) => ({ ...sheet, submissionId: stored.get(sheet.seatId) ?? null }))
}
