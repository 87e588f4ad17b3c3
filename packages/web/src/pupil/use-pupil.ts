// The pupil's page as one record: where she stands, and the few things that can happen. Answers are kept before anything else.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { bytesOf } from './bytes.ts'
import type { Keep } from './keep/keep.ts'
import { type OpenSheet, type SealedSheet, type SheetRecord, talkOf } from './keep/record.ts'
import type { Shelf } from './keep/shelf.ts'
import { outlineOf } from './outline.ts'
import type { Place } from './place.ts'
import { openQueue, type Queue } from './queue.ts'
import { device, seatOfTab } from './remember.ts'
import { seal } from './seal.ts'
import { type Move, moved } from './sheet.ts'
import { type Arrival, arrive } from './sign-in.ts'
import { firstLanguage, type Language } from './speech.ts'
import { submissionOf } from './submission.ts'
import type { Ticket } from './typed.ts'
import { type Aid, isDemonstration, post, type SubmissionBody } from './wire.ts'

/** Whose wish it is. */
export type Seat = Pick<SealedSheet, 'seat' | 'ticket' | 'token' | 'contact' | 'demo'>

export type Pupil = {
  readonly place: Place
  readonly queue: Queue
  readonly demo: boolean
  readonly languages: readonly string[]
  /** False once the device keeps nothing any more: then the page itself is the only copy. */
  readonly safe: boolean
  readonly signIn: (ticket: Ticket) => Promise<Arrival>
  readonly sit: (open: OpenSheet) => void
  /** Asks once more who sits here; what was answered stays. */
  readonly askAgain: () => void
  readonly leave: () => void
  readonly move: (move: Move) => void
  /** Something helps the pupil to read; that is handed in with the sheet. */
  readonly helped: (aids: readonly Aid[]) => void
  /** Before the first answer: nothing is handed in, and nothing is kept. */
  readonly decline: () => void
  /** The pupil would like to talk to somebody: kept and sent like a sheet (SAF-02). */
  readonly talk: (seat: Seat) => void
  readonly handIn: (ended: SubmissionBody['ended'], language: Language) => void
}

const now = () => new Date().toISOString()
const spoken = () => ({ 'accept-language': document.documentElement.lang })

const handOver = (sealed: SealedSheet) =>
  post(sealed.to, sealed.sealed ? bytesOf(sealed.body) : sealed.body, {
    ...spoken(),
    authorization: `Bearer ${sealed.token}`,
    'idempotency-key': sealed.key,
    ...(sealed.sealed && { 'content-type': 'application/vnd.tongxing.sealed' }),
  })

const useQueue = (keep: Keep, records: readonly SheetRecord[]): Queue => {
  const [, redraw] = useState(0)
  const queue = useMemo(
    () =>
      openQueue({
        send: handOver,
        release: (seat) => keep.remove(seat),
        changed: () => redraw((count) => count + 1),
        after: (milliseconds, act) => setTimeout(act, milliseconds),
        random: Math.random,
      }),
    [keep],
  )
  useEffect(() => {
    for (const record of records) if (record.state === 'sealed') queue.add(record)
    addEventListener('online', queue.wake)
    return () => removeEventListener('online', queue.wake)
  }, [queue, records])
  return queue
}

/** A device that cannot seal, for whatever reason, still hands in: no answer is given up for its envelope. */
const sealedBody = (text: string, publicKey: string): Pick<SealedSheet, 'body' | 'sealed'> => {
  try {
    return { body: seal(text, publicKey), sealed: true }
  } catch {
    return { body: text, sealed: false }
  }
}

const sealedOf = (open: OpenSheet, ended: SubmissionBody['ended'], language: Language): SealedSheet => {
  const { seat, ticket, seated, sheet, aids } = open
  const body = submissionOf(seated.battery, outlineOf(seated.battery), sheet, { ended, language, now: now(), aids })
  const { token, demo, help } = seated
  return {
    state: 'sealed',
    to: 'submissions',
    seat,
    ticket,
    revision: open.revision + 1,
    token,
    key: sheet.key,
    ...sealedBody(JSON.stringify(body), seated.sealTo),
    contact: help.contact,
    demo,
  }
}

export const seatOfOpen = ({ seat, ticket, seated }: OpenSheet): Seat => ({
  seat,
  ticket,
  token: seated.token,
  contact: seated.help.contact,
  demo: seated.demo,
})

const wishOf = (seat: Seat): SealedSheet => ({
  ...seat,
  state: 'sealed',
  to: 'talk',
  seat: talkOf(seat.seat),
  revision: 1,
  key: '',
  body: JSON.stringify({ askedAt: now() }),
  sealed: false,
})

const firstPlace = (records: readonly SheetRecord[], ticket: Ticket | null): Place => {
  if (ticket) return { kind: 'door', ticket }
  const seat = seatOfTab.afterReload()
  const record = records.find((kept) => kept.seat === seat)
  if (record?.state === 'open') return { kind: 'sitting', open: record }
  return record ? { kind: 'handed-in', sealed: record } : { kind: 'door', ticket }
}

/** Before a pupil has signed in the server is asked; without a network, what it said last time stands. */
const useDemonstration = (place: Place): boolean => {
  const [said, setSaid] = useState(() => device.read('tongxing.demo') === '1')
  useEffect(() => {
    isDemonstration().then((demo) => {
      if (demo === null) return
      device.write('tongxing.demo', demo ? '1' : '0')
      setSaid(demo)
    })
  }, [])
  if (place.kind === 'door') return said
  return place.kind === 'handed-in' ? place.sealed.demo : place.open.seated.demo
}

export type Start = { readonly keep: Keep; readonly records: readonly SheetRecord[]; readonly ticket: Ticket | null }

export const usePupil = ({ keep, records, ticket }: Start, speak: (language: Language) => void): Pupil => {
  const queue = useQueue(keep, records)
  const [place, go] = useState<Place>(() => firstPlace(records, ticket))
  const [shelf, setShelf] = useState<Shelf['name']>('indexed-db')
  const demo = useDemonstration(place)
  const here = useRef(place)
  const to = (next: Place) => {
    here.current = next
    go(next)
  }
  const write = async (record: SheetRecord) => setShelf(await keep.put(record))
  const send = (sealed: SealedSheet) => {
    write(sealed).then(() => queue.add(sealed))
  }
  const open = (next: OpenSheet) => {
    write(next)
    to({ kind: 'sitting', open: next })
  }
  return {
    place,
    queue,
    demo,
    languages: place.kind === 'confirm' || place.kind === 'sitting' ? place.open.seated.languages : [],
    safe: shelf !== 'memory',
    signIn: async (ticket) => {
      const ask = () => post('sign-in', JSON.stringify(ticket), { ...spoken(), 'x-page': document.scripts[0]!.src })
      const kept = await keep.all()
      const arrival = await arrive(ticket, kept, ask, now)
      if (arrival.kind !== 'record') return arrival
      const { record } = arrival
      const wish = kept.find(({ seat }) => seat === talkOf(record.seat))
      const token = record.state === 'open' ? record.seated.token : record.token
      if (wish?.state === 'sealed') send({ ...wish, token, revision: wish.revision + 1 })
      device.write('tongxing.locator', ticket.locator)
      if (record.state === 'open') {
        to({ kind: 'confirm', open: record })
      } else {
        seatOfTab.write(record.seat)
        send(record)
        to({ kind: 'handed-in', sealed: record })
      }
      return arrival
    },
    sit: (next) => {
      seatOfTab.write(next.seat)
      open(next)
    },
    askAgain: () => {
      if (here.current.kind === 'sitting') to({ kind: 'confirm', open: here.current.open })
    },
    leave: () => {
      seatOfTab.write('')
      speak(firstLanguage())
      to({ kind: 'door', ticket: null })
    },
    move: (move) => {
      if (here.current.kind !== 'sitting') return
      const { open: before } = here.current
      const sheet = moved(outlineOf(before.seated.battery), before.sheet, move)
      if (sheet !== before.sheet) open({ ...before, sheet, revision: before.revision + 1 })
    },
    helped: (aids) => {
      if (here.current.kind !== 'sitting') return
      const { open: before } = here.current
      const known = before.aids ?? []
      const fresh = aids.filter((aid) => !known.includes(aid))
      if (fresh.length > 0) open({ ...before, aids: [...known, ...fresh], revision: before.revision + 1 })
    },
    talk: (seat) => send(wishOf(seat)),
    decline: () => {
      if (here.current.kind !== 'sitting') return
      const { open: declined } = here.current
      post('decline', null, { ...spoken(), authorization: `Bearer ${declined.seated.token}` })
      keep.remove(declined.seat)
      seatOfTab.write('')
      to({ kind: 'declined', open: declined })
    },
    handIn: (ended, language) => {
      if (here.current.kind !== 'sitting') return
      const sealed = sealedOf(here.current.open, ended, language)
      to({ kind: 'handed-in', sealed })
      send(sealed)
    },
  }
}
