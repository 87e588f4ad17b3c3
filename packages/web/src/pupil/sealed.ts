// What leaves the device, as it waits there: a sheet, what is answered so far, a wish to talk, a decline.
import { besideOf, type OpenSheet, type SealedSheet } from './keep/record.ts'
import { outlineOf } from './outline.ts'
import { seal } from './seal.ts'
import { type Ending, submissionOf } from './submission.ts'

/** Whose it is. */
export type Seat = Pick<SealedSheet, 'seat' | 'ticket' | 'token' | 'contact' | 'demo'>

export const seatOfOpen = ({ seat, ticket, seated }: OpenSheet): Seat => ({
  seat,
  ticket,
  token: seated.token,
  contact: seated.help.contact,
  demo: seated.demo,
})

const word = (seat: Seat, to: SealedSheet['to'], body: object): SealedSheet => ({
  ...seat,
  state: 'sealed',
  to,
  seat: besideOf(seat.seat, to),
  revision: 1,
  key: '',
  body: JSON.stringify(body),
  sealed: false,
})

export const wishOf = (seat: Seat, askedAt: string): SealedSheet => word(seat, 'talk', { askedAt })

/** Of the sign-in at which it was said: who sits down again takes part. */
export const declineOf = (open: OpenSheet): SealedSheet => word(seatOfOpen(open), 'decline', { turn: open.seated.turn })

/** No sitting begins where this fails, so that no finished sheet lies open (PRIV-12). */
export const canSeal = ({ seated }: OpenSheet): boolean => {
  try {
    return seal('', seated.sealTo) !== ''
  } catch {
    return false
  }
}

const bodyOf = ({ seated, sheet, aids }: OpenSheet, ending: Ending) =>
  submissionOf(seated.battery, outlineOf(seated.battery), sheet, { ...ending, aids })

const sealedAs = (open: OpenSheet, body: object): SealedSheet => ({
  ...word(seatOfOpen(open), 'submissions', body),
  revision: open.revision + 1,
  key: open.sheet.key,
  body: seal(JSON.stringify(body), open.seated.sealTo),
  sealed: true,
})

export const sheetOf = (open: OpenSheet, ending: Ending): SealedSheet => ({
  ...sealedAs(open, bodyOf(open, ending)),
  turn: open.seated.turn,
})

export const soFarOf = (open: OpenSheet, ending: Pick<Ending, 'language' | 'now'>): SealedSheet => ({
  ...sealedAs(open, {
    ...bodyOf(open, { ...ending, ended: 'stopped' }),
    ended: undefined,
    turn: open.seated.turn,
    revision: open.revision,
  }),
  to: 'so-far',
  seat: besideOf(open.seat, 'so-far'),
})
