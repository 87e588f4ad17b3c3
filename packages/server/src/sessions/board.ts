// A session as its proctor sees it: every seat's standing and progress, never an answer.
import { z } from 'zod'
import { displayNames } from '../accounts/queries.ts'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import { requireInstrument } from '../library/rules.ts'
import { at, battery, id } from '../shapes.ts'
import { notesOf } from './board-queries.ts'
import * as queries from './queries.ts'
import { type SeatStanding, standingOf, standings } from './rules.ts'
import { secondFactors } from './second-factor.ts'

const state = z.enum(['planned', 'open', 'closed'])
const counts = z.strictObject({
  seats: z.int(),
  notStarted: z.int(),
  started: z.int(),
  held: z.int(),
  submitted: z.int(),
  stopped: z.int(),
  absent: z.int(),
  declined: z.int(),
})
export const noteKind = z.enum(['noise', 'interruption', 'read-aloud', 'other'])
export const summary = z.strictObject({
  id,
  schoolId: id,
  classId: id,
  className: z.string(),
  schoolName: z.string(),
  studyId: id,
  wave: z.string(),
  locator: z.string(),
  state,
  openedAt: at.nullable(),
  closedAt: at.nullable(),
  plannedFor: at,
  place: z.string(),
  proctor: z.strictObject({ accountId: id, displayName: z.string() }),
  estimatedMinutes: z.number(),
  counts,
})
export const detail = summary.extend({
  seats: z.array(
    z.strictObject({
      seatId: id,
      number: z.int(),
      initial: z.string().nullable(),
      state: z.enum(standings),
      progress: z.strictObject({ at: z.int(), of: z.int(), paused: z.boolean() }).nullable(),
      seenAt: at.nullable(),
    }),
  ),
  notes: z.array(z.strictObject({ noteId: id, seatId: id.nullable(), kind: noteKind, words: z.string(), notedAt: at })),
  battery,
  secondFactor: z.enum(secondFactors),
})

type Seat = Awaited<ReturnType<typeof queries.seatsOf>>[number]

const countsOf = (seats: readonly Seat[]): z.infer<typeof counts> => {
  const inState = (wanted: SeatStanding) => seats.filter((seat) => standingOf(seat) === wanted).length
  return {
    seats: seats.length,
    notStarted: inState('not-started'),
    started: inState('started'),
    held: inState('held'),
    submitted: inState('submitted'),
    stopped: inState('stopped'),
    absent: inState('absent'),
    declined: inState('declined'),
  }
}

const minutesOf = ({ library }: Context, asked: queries.Session['battery']) =>
  asked.reduce((sum, { instrument, version }) => sum + requireInstrument(library, instrument, version).estimatedMinutes, 0)

const summaryOf = (
  context: Context,
  session: queries.Session,
  seats: readonly Seat[],
  names: ReadonlyMap<string, string>,
): z.infer<typeof summary> => ({
  id: session.id,
  schoolId: session.schoolId,
  classId: session.classId,
  className: session.className,
  schoolName: session.schoolName,
  studyId: session.studyId,
  wave: session.wave,
  locator: session.locator,
  state: session.state,
  openedAt: session.openedAt?.toISOString() ?? null,
  closedAt: session.closedAt?.toISOString() ?? null,
  plannedFor: session.plannedFor.toISOString(),
  place: session.place,
  proctor: { accountId: session.proctorId, displayName: names.get(session.proctorId) ?? '' },
  estimatedMinutes: minutesOf(context, session.battery),
  counts: countsOf(seats),
})

export const summariesOf = async (context: Context, trx: Trx, countyId: string, sessions: readonly queries.Session[]) => {
  const all = await queries.seatsOf(
    trx,
    countyId,
    sessions.map((session) => session.id),
  )
  const seats = Map.groupBy(all, (seat) => seat.sessionId)
  const names = await displayNames(
    trx,
    sessions.map((session) => session.proctorId),
  )
  return sessions.map((session) => summaryOf(context, session, seats.get(session.id) ?? [], names))
}

const seatOf = (seat: Seat) => ({
  seatId: seat.id,
  number: seat.number,
  initial: seat.initial,
  state: standingOf(seat),
  progress: seat.atItem === null || seat.ofItems === null ? null : { at: seat.atItem, of: seat.ofItems, paused: seat.paused },
  seenAt: seat.seenAt?.toISOString() ?? null,
})

export const detailOf = async (context: Context, trx: Trx, countyId: string, sessionId: string): Promise<z.infer<typeof detail>> => {
  const session = await queries.sessionById(trx, countyId, sessionId)
  const seats = await queries.seatsOf(trx, countyId, [sessionId])
  const notes = await notesOf(trx, countyId, sessionId)
  return {
    ...summaryOf(context, session, seats, await displayNames(trx, [session.proctorId])),
    seats: seats.map(seatOf),
    notes: notes.map(({ id: noteId, notedAt, ...note }) => ({ noteId, ...note, notedAt: notedAt.toISOString() })),
    battery: [...session.battery],
    secondFactor: session.secondFactor,
  }
}
