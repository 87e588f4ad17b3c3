// From a session number and a seat code to a place: a sheet this device already holds, or one that the server opens.

import { type OpenSheet, type SheetRecord, sameTicket, seatOf } from './keep/record.ts'
import { newKey } from './key.ts'
import { outlineOf } from './outline.ts'
import { newSheet } from './sheet.ts'
import type { Ticket } from './typed.ts'
import { field, type Reply, type Seated } from './wire.ts'

export type Arrival =
  | { readonly kind: 'record'; readonly record: SheetRecord }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'strange' }

const opened = (ticket: Ticket, seated: Seated, now: string): OpenSheet => ({
  state: 'open',
  seat: seatOf(ticket.locator, seated.seat.number),
  ticket,
  revision: 0,
  seated,
  sheet: newSheet(outlineOf(seated.battery), newKey(), now),
})

/** New codes bring a new token; the answers that are already here stay. */
const joined = (known: SheetRecord, fresh: OpenSheet): SheetRecord => {
  const { ticket, seated } = fresh
  const renewed = { ticket, revision: known.revision + 1 }
  if (known.state === 'sealed') return { ...known, ...renewed, token: seated.token }
  return { ...known, ...renewed, seated: { ...known.seated, token: seated.token } }
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
  const here = records.find((record) => sameTicket(record.ticket, ticket) && !(record.state === 'sealed' && record.to === 'talk'))
  if (reply.status === 200 && field(reply.body, 'token')) {
    const fresh = opened(ticket, reply.body as Seated, now()) // the server's own schema was applied to what it sent
    const known = records.find((record) => record.seat === fresh.seat)
    return { kind: 'record', record: known ? joined(known, fresh) : fresh }
  }
  if (here && (outOfReach(reply) || here.state === 'sealed')) return { kind: 'record', record: here }
  if (reply.status === 0) return { kind: 'unreachable' }
  const detail = field(reply.body, 'detail')
  return detail ? { kind: 'refused', detail } : { kind: 'strange' }
}
