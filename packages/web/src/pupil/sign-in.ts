// From a session number and a seat code to a place: a sheet this device already holds, or one that the server opens.

import { type OpenSheet, type SheetRecord, sameTicket, seatOf } from './keep/record.ts'
import { newKey } from './key.ts'
import { outlineOf } from './outline.ts'
import { resumed } from './resume.ts'
import { newSheet } from './sheet.ts'
import type { Ticket } from './typed.ts'
import { field, type Reply, type Seated } from './wire.ts'

export type Arrival =
  /** `left`: a sheet that was begun too long ago to go on with. It still says what it says. */
  | { readonly kind: 'record'; readonly record: SheetRecord; readonly left?: OpenSheet }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'strange' }
  | { readonly kind: 'incomplete' }

const opened = (ticket: Ticket, seated: Seated, now: string): OpenSheet => {
  const outline = outlineOf(seated.battery)
  const sheet = resumed(outline, newSheet(outline, newKey(), now), seated.soFar)
  return { state: 'open', seat: seatOf(ticket.locator, seated.seat.number), ticket, revision: 0, seated, sheet }
}

const gap = 12 * 3_600_000

/** New codes bring a new token; the answers that are already here stay, but for what she has answered since at another machine. */
const joined = (known: SheetRecord, fresh: OpenSheet, now: string): Arrival => {
  const { ticket, seated } = fresh
  const { token, turn, soFar } = seated
  const renewed = { ticket, revision: known.revision + 1 }
  if (known.state === 'sealed') return { kind: 'record', record: { ...known, ...renewed, token, turn } }
  const record = { ...known, ...renewed, seated: { ...known.seated, token, turn } }
  // the server has not heard of her for half a day, and this device agrees: one clock alone may be wrong
  if (seated.anew && Date.parse(now) - (known.touched ?? 0) > gap)
    return { kind: 'record', record: { ...fresh, ...renewed }, left: { ...record, seated: { ...record.seated, turn: 0 } } }
  const isLater = soFar && soFar.turn > known.seated.turn
  return { kind: 'record', record: isLater ? { ...record, sheet: resumed(outlineOf(seated.battery), known.sheet, soFar) } : record }
}

/** No answer from the server, or only one about the session as a whole: what is already on the device may still be finished. */
const outOfReach = ({ status, body }: Reply) => status === 0 || status >= 500 || field(body, 'code') === 'session.not-open'

export const arrive = async (
  ticket: Ticket,
  records: readonly SheetRecord[],
  ask: (ticket: Ticket) => Promise<Reply>,
  now: () => string,
): Promise<Arrival> => {
  const reply = await ask(ticket)
  const here = records.find((record) => sameTicket(record.ticket, ticket) && !(record.state === 'sealed' && record.to !== 'submissions'))
  if (reply.status === 200 && field(reply.body, 'token')) {
    const fresh = opened(ticket, reply.body as Seated, now()) // the server's own schema was applied to what it sent
    const known = records.find((record) => record.seat === fresh.seat)
    return known ? joined(known, fresh, now()) : { kind: 'record', record: fresh }
  }
  if (here && (outOfReach(reply) || here.state === 'sealed')) return { kind: 'record', record: here }
  if (reply.status === 0) return { kind: 'unreachable' }
  const detail = field(reply.body, 'detail')
  return detail ? { kind: 'refused', code: field(reply.body, 'code'), detail } : { kind: 'strange' }
}
