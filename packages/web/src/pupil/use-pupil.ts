// The pupil's page as one record: where she stands, and the few things that can happen. Answers are kept before anything else.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { bytesOf } from './bytes.ts'
import type { Keep } from './keep/keep.ts'
import { besideOf, type OpenSheet, type SealedSheet, type SheetRecord, talkOf } from './keep/record.ts'
import type { Shelf } from './keep/shelf.ts'
import { outlineOf } from './outline.ts'
import type { Place } from './place.ts'
import { openQueue, type Queue } from './queue.ts'
import { device, seatOfTab } from './remember.ts'
import { canSeal, declineOf, type Seat, sheetOf, soFarOf, wishOf } from './sealed.ts'
import { type Move, moved, timed } from './sheet.ts'
import { type Arrival, arrive } from './sign-in.ts'
import { openTeller, riskIn, speaksOfRisk } from './so-far.ts'
import { firstLanguage, type Language } from './speech.ts'
import type { Ticket } from './typed.ts'
import { type Aid, isDemonstration, post, type SubmissionBody } from './wire.ts'

export type Pupil = {
  readonly place: Place
  readonly queue: Queue
  readonly demo: boolean
  readonly languages: readonly string[]
  /** False once the device keeps nothing any more: then the page itself is the only copy. */
  readonly safe: boolean
  /** `factor`: what is asked besides the code, where the school wants it. */
  readonly signIn: (ticket: Ticket, factor: string) => Promise<Arrival>
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
    ...(sealed.turn !== undefined && { 'x-turn': String(sealed.turn) }),
    ...(sealed.sealed && { 'content-type': 'application/vnd.tongxing.sealed' }),
  })

const hasAnswer = ({ sheet }: OpenSheet) => sheet.given.some((given) => given !== null)

const soFarNow = (open: OpenSheet) =>
  soFarOf(open, { language: document.documentElement.lang, now: new Date(open.touched || Date.now()).toISOString() })

const tellSoFar = (queue: Queue, open: OpenSheet) => {
  if (canSeal(open)) queue.add(soFarNow(open), speaksOfRisk(open))
}

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
    for (const record of records) {
      if (record.state === 'sealed') queue.add(record)
      else if (hasAnswer(record)) tellSoFar(queue, record) // whoever was interrupted here may not come back
    }
    addEventListener('online', queue.wake)
    return () => removeEventListener('online', queue.wake)
  }, [queue, records])
  return queue
}

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
  const lookedAt = useRef(0)
  const teller = useMemo(
    () =>
      openTeller({
        tell: (open) => tellSoFar(queue, open),
        clock: () => performance.now(),
        after: (milliseconds, act) => window.setTimeout(act, milliseconds),
        cancel: (timer) => clearTimeout(timer),
      }),
    [queue],
  )
  const to = (next: Place) => {
    here.current = next
    go(next)
  }
  const write = async (record: SheetRecord) => setShelf(await keep.put(record))
  const send = (sealed: SealedSheet, first = false) => write(sealed).then(() => queue.add(sealed, first))
  const forget = (seat: string) => {
    queue.drop(seat)
    keep.remove(seat)
  }
  const open = (next: OpenSheet) => {
    const kept = { ...next, touched: Date.now() }
    write(kept)
    to({ kind: 'sitting', open: kept })
    return kept
  }
  return {
    place,
    queue,
    demo,
    languages: place.kind === 'confirm' || place.kind === 'sitting' ? place.open.seated.languages : [],
    safe: shelf !== 'memory',
    signIn: async (ticket, factor) => {
      const typed = JSON.stringify(factor ? { ...ticket, factor } : ticket)
      const ask = () => post('sign-in', typed, { ...spoken(), 'x-page': document.scripts[0]!.src })
      const kept = await keep.all()
      const arrival = await arrive(ticket, kept, ask, now)
      if (arrival.kind !== 'record') return arrival
      const { record, left } = arrival
      if (record.state === 'open' && !canSeal(record)) return { kind: 'incomplete' }
      if (left) send({ ...soFarNow(left), seat: `${besideOf(left.seat, 'so-far')}/left` }, speaksOfRisk(left))
      forget(besideOf(record.seat, 'decline')) // she sits down again
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
      lookedAt.current = performance.now()
      const kept = open(next)
      if (hasAnswer(kept)) teller.changed(kept, speaksOfRisk(kept))
    },
    askAgain: () => {
      if (here.current.kind === 'sitting') to({ kind: 'confirm', open: here.current.open })
    },
    leave: () => {
      teller.now()
      seatOfTab.write('')
      speak(firstLanguage())
      to({ kind: 'door', ticket: null })
    },
    move: (move) => {
      if (here.current.kind !== 'sitting') return
      const { open: before } = here.current
      const outline = outlineOf(before.seated.battery)
      const after = moved(outline, before.sheet, move)
      if (after === before.sheet) return
      const [since, now] = [lookedAt.current, performance.now()]
      lookedAt.current = now
      const isAnswer = move.kind === 'answer' && move.question !== undefined
      const sheet = isAnswer ? timed(after, move.question ?? 0, now - since) : after
      const next = open({ ...before, sheet, revision: before.revision + 1 })
      const risk = riskIn(outline, sheet)
      if (sheet.given !== before.sheet.given) teller.changed(next, risk !== '' && risk !== riskIn(outline, before.sheet))
    },
    helped: (aids) => {
      if (here.current.kind !== 'sitting') return
      const { open: before } = here.current
      const known = before.aids ?? []
      const fresh = aids.filter((aid) => !known.includes(aid))
      if (fresh.length > 0) open({ ...before, aids: [...known, ...fresh], revision: before.revision + 1 })
    },
    talk: (seat) => {
      send(wishOf(seat, now()))
    },
    decline: () => {
      if (here.current.kind !== 'sitting') return
      const { open: declined } = here.current
      send(declineOf(declined))
      keep.remove(declined.seat)
      seatOfTab.write('')
      to({ kind: 'declined', open: declined })
    },
    handIn: (ended, language) => {
      if (here.current.kind !== 'sitting') return
      const { open: finished } = here.current
      const sealed = sheetOf(finished, { ended, language, now: now() })
      teller.drop()
      queue.drop(besideOf(finished.seat, 'so-far'))
      to({ kind: 'handed-in', sealed })
      send(sealed, speaksOfRisk(finished))
    },
  }
}
