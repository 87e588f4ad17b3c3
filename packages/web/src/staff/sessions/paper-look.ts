// How a sheet's standing looks, and which seat a typed number means.
import type { StaffKey } from '../../i18n/staff.ts'
import type { Shape, Tone } from '../shell/tag.tsx'
import type { PaperDesk } from '../wire.ts'

export type PaperSeat = PaperDesk['seats'][number]
type Look = { readonly word: StaffKey; readonly tone: Tone; readonly shape: Shape }

const looks: Readonly<Record<PaperSeat['paper'], Look>> = {
  'not-entered': { word: 'paper.not-entered', tone: 'quiet', shape: 'ring' },
  once: { word: 'paper.once', tone: 'info', shape: 'half' },
  conflict: { word: 'paper.conflict', tone: 'warn', shape: 'triangle' },
  agreed: { word: 'paper.agreed', tone: 'good', shape: 'disc' },
  decided: { word: 'paper.decided', tone: 'good', shape: 'square' },
  'on-device': { word: 'paper.on-device', tone: 'quiet', shape: 'bar' },
}

export const paperLook = (standing: PaperSeat['paper']): Look => looks[standing]
export const paperStandings = Object.keys(looks) as readonly PaperSeat['paper'][] // the keys that were just written

/** A whole sheet number, or the seat alone, however it was typed. */
export const seatTyped = (seats: readonly PaperSeat[], typed: string): PaperSeat | undefined => {
  const wanted = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  return seats.find(({ number, sheetNumber }) => sheetNumber === wanted || (/^\d+$/.test(wanted) && Number(wanted) === number))
}
