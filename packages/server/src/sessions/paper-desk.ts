// The desk where paper sheets are keyed: how far each seat is, how well each clerk reads, and where two readings differ. Entries themselves never leave.
import { z } from 'zod'
import { displayNames } from '../accounts/queries.ts'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import { requireInstrument } from '../library/rules.ts'
import { at, battery, id } from '../shapes.ts'
import { studyById } from '../studies/queries.ts'
import { clerkRates, paperStandingOf, paperStandings, sheetNumber } from './paper.ts'
import { type Conflict, conflictsOf, type Entry, entriesOfSession } from './paper-queries.ts'
import { seatsOf, sessionById } from './queries.ts'
import { standingOf, standings } from './rules.ts'

export const answer = z.union([z.number(), z.enum(['skipped', 'declined', 'not_shown'])])

export const desk = z.strictObject({
  className: z.string(),
  schoolName: z.string(),
  languages: z.array(z.string()),
  battery,
  openedAt: at.nullable(),
  seats: z.array(
    z.strictObject({
      seatId: id,
      number: z.int(),
      sheetNumber: z.string(),
      state: z.enum(standings),
      paper: z.enum(paperStandings),
      mine: z.boolean().describe('this person has keyed this sheet already'),
    }),
  ),
  clerks: z.array(
    z.strictObject({
      name: z.string(),
      sheets: z.int(),
      checked: z.int().describe('items that a second reading has checked, all differences decided'),
      corrected: z.int().describe('of these, items that were decided against this person'),
    }),
  ),
})

export const conflicts = z.strictObject({
  sheetNumber: z.string(),
  mine: z.boolean(),
  conflicts: z.array(
    z.strictObject({
      conflictId: id,
      instrument: z.string(),
      version: z.string(),
      item: z.string(),
      first: answer,
      second: answer,
      decided: z.strictObject({ answer, basis: z.enum(['third-person', 'paper']), reason: z.string(), by: z.string(), at }).nullable(),
    }),
  ),
})

const itemsIn = ({ sheets }: Entry) => sheets.reduce((sum, { answers }) => sum + Object.keys(answers).length, 0)

const ratesOf = async (trx: Trx, entries: readonly Entry[], found: readonly Conflict[]) => {
  const rates = clerkRates(
    entries.map((entry) => ({ ...entry, items: itemsIn(entry) })),
    found,
  )
  const names = await displayNames(
    trx,
    rates.map(({ accountId }) => accountId),
  )
  return rates.map(({ accountId, ...rate }) => ({ name: names.get(accountId) ?? '', ...rate }))
}

export const deskOf = async (
  trx: Trx,
  { countyId, accountId }: { readonly countyId: string; readonly accountId: string },
  sessionId: string,
): Promise<z.infer<typeof desk>> => {
  const session = await sessionById(trx, countyId, sessionId)
  const seats = await seatsOf(trx, countyId, [sessionId])
  const entries = await entriesOfSession(trx, countyId, sessionId)
  const submissionIds = [...new Set(entries.map(({ submissionId }) => submissionId))]
  const found = await conflictsOf(trx, countyId, submissionIds)
  return {
    className: session.className,
    schoolName: session.schoolName,
    languages: [...(await studyById(trx, countyId, session.studyId)).protocol.languages],
    battery: [...session.battery],
    openedAt: session.openedAt?.toISOString() ?? null,
    seats: seats.map((seat) => {
      const own = entries.filter(({ seatId }) => seatId === seat.id)
      const differing = found.filter(({ submissionId }) => submissionId === own[0]?.submissionId)
      const standing = standingOf(seat)
      return {
        seatId: seat.id,
        number: seat.number,
        sheetNumber: sheetNumber(session.locator, seat.number),
        state: standing,
        paper: paperStandingOf({
          handedIn: standing === 'submitted' || standing === 'stopped',
          entries: own.length,
          conflicts: differing.length,
          undecided: differing.filter(({ answer: decided }) => decided === null).length,
        }),
        mine: own.some(({ enteredBy }) => enteredBy === accountId),
      }
    }),
    clerks: await ratesOf(trx, entries, found),
  }
}

/** In the order of the form. */
export const conflictsOut = async (
  context: Context,
  trx: Trx,
  found: readonly Conflict[],
): Promise<z.infer<typeof conflicts>['conflicts']> => {
  const names = await displayNames(
    trx,
    found.flatMap(({ decidedBy }) => decidedBy ?? []),
  )
  const position = ({ instrument, version, item }: Conflict) =>
    requireInstrument(context.library, instrument, version).items.findIndex(({ id: known }) => known === item)
  const ordered = found.toSorted((left, right) => left.instrument.localeCompare(right.instrument) || position(left) - position(right))
  return ordered.map(({ id: conflictId, instrument, version, item, first, second, ...one }) => ({
    conflictId,
    instrument,
    version,
    item,
    first,
    second,
    decided:
      one.answer !== null && one.basis && one.decidedBy && one.decidedAt
        ? {
            answer: one.answer,
            basis: one.basis,
            reason: one.reason ?? '',
            by: names.get(one.decidedBy) ?? '',
            at: one.decidedAt.toISOString(),
          }
        : null,
  }))
}
