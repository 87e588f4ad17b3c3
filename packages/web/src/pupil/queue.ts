// Sealed sheets on their way to the server: each is sent until it is received, in any order, also while the next pupil answers.
import { type Delivery, delayOf, deliveryOf } from './delivery.ts'
import type { SealedSheet } from './keep/record.ts'
import type { Reply } from './wire.ts'

type World = {
  readonly send: (sealed: SealedSheet) => Promise<Reply>
  /** Called once a sheet need not be kept any longer. */
  readonly release: (seat: string) => void
  readonly changed: () => void
  readonly after: (milliseconds: number, act: () => void) => void
  readonly random: () => number
}
type Entry = { readonly sealed: SealedSheet; readonly first: boolean; delivery: Delivery; tries: number; busy: boolean; held: boolean }

export type Queue = {
  /** `first`: goes before all others, and is tried again without growing patience (SAF-12). Known to this page alone, kept nowhere. */
  readonly add: (sealed: SealedSheet, first?: boolean) => void
  readonly drop: (seat: string) => void
  /** Tries everything now: the network may be back. */
  readonly wake: () => void
  readonly deliveryOf: (seat: string) => Delivery | null
  readonly count: (kind: Delivery['kind']) => number
}

export const openQueue = (world: World): Queue => {
  const entries = new Map<string, Entry>()
  const all = () => Array.from(entries.values())
  const settle = (entry: Entry, reply: Reply) => {
    const { seat } = entry.sealed
    entry.delivery = deliveryOf(reply)
    if (entry.delivery.kind === 'received' || reply.status === 410) world.release(seat)
    if (entry.delivery.kind !== 'waiting') return
    const tries = ++entry.tries
    world.after(delayOf(entry.first ? 0 : tries, reply.retryAfter, world.random()), () => {
      if (entry.tries === tries) attempt(entry)
    })
  }
  const attempt = async (entry: Entry) => {
    if (entry.busy || entry.delivery.kind === 'received' || entries.get(entry.sealed.seat) !== entry) return
    entry.held = !entry.first && all().some(({ first, busy }) => first && busy)
    if (entry.held) return
    entry.busy = true
    world.changed()
    const reply = await world.send(entry.sealed)
    entry.busy = false
    settle(entry, reply)
    world.changed()
    for (const other of all()) if (other.held) attempt(other)
  }
  return {
    add: (sealed, first = false) => {
      const entry: Entry = { sealed, first, delivery: { kind: 'sending' }, tries: 0, busy: false, held: false }
      entries.set(sealed.seat, entry)
      attempt(entry)
    },
    drop: (seat) => {
      entries.delete(seat)
    },
    wake: () => {
      for (const first of [true, false])
        for (const entry of all()) if (entry.first === first && entry.delivery.kind === 'waiting') attempt(entry)
    },
    deliveryOf: (seat) => entries.get(seat)?.delivery ?? null,
    count: (kind) => all().filter(({ sealed, delivery }) => sealed.to === 'submissions' && delivery.kind === kind).length,
  }
}
