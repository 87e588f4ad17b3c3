// What the device keeps of a seat: the open sheet, then, sealed, nothing but what is needed to hand it in.
import type { Sheet } from '../sheet.ts'
import type { Ticket } from '../typed.ts'
import type { Aid, Seated } from '../wire.ts'

type Kept = {
  /** Session and seat number: the same seat on every sign-in, also after new codes. */
  readonly seat: string
  readonly ticket: Ticket
  /** Counts the writings, so that the newest copy wins when two shelves hold one. */
  readonly revision: number
}
export type OpenSheet = Kept & {
  readonly state: 'open'
  readonly seated: Seated
  readonly sheet: Sheet
  /** What helped the pupil to read, at whatever time. */
  readonly aids?: readonly Aid[]
  /** When the pupil last did something here, by this device's clock. */
  readonly touched?: number
}
export type SealedSheet = Kept & {
  readonly state: 'sealed'
  /** A sheet, or what goes the same way and is kept until it is received: answers so far, the wish to talk to somebody, a decline. */
  readonly to: 'submissions' | 'so-far' | 'talk' | 'decline'
  readonly token: string
  readonly key: string
  /** Of a sheet: the sign-in at which this device last sat down, outside the seal, for a pupil may sign in again while it waits. */
  readonly turn?: number
  /** JSON, or, where `sealed`, what the session's private key alone opens, in base64. */
  readonly body: string
  readonly sealed: boolean
  readonly contact: string | null
  readonly demo: boolean
}
export type SheetRecord = OpenSheet | SealedSheet

/** What is no sheet has a place of its own beside the seat's sheet. */
export const besideOf = (seat: string, to: SealedSheet['to']) => (to === 'submissions' ? seat : `${seat}/${to}`)
export const talkOf = (seat: string) => besideOf(seat, 'talk')

export const seatOf = (locator: string, number: number) => `${locator}/${number}`

export const sameTicket = (left: Ticket, right: Ticket) => left.locator === right.locator && left.code === right.code

export const newestOfEach = (records: readonly SheetRecord[]): readonly SheetRecord[] => {
  const newest = new Map<string, SheetRecord>()
  for (const record of records) {
    const known = newest.get(record.seat)
    if (!known || record.revision > known.revision) newest.set(record.seat, record)
  }
  return [...newest.values()]
}
