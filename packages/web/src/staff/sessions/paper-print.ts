// Which seats somebody wants forms for, from what they typed: 3, 7-9.
import type { PaperSeat } from './paper-look.ts'

export type Wanted =
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly numbers: readonly number[] }
  /** What was typed is no list of numbers, no such seat, or a seat that needs no form. */
  | { readonly kind: 'wrong'; readonly why: 'list' | 'unknown' | 'received'; readonly what: string }

const most = 200

const span = (part: string): readonly number[] | null => {
  const [, from, to] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part) ?? []
  if (from === undefined) return null
  const [first, last] = [Number(from), Number(to ?? from)]
  return last < first ? null : Array.from({ length: Math.min(last - first + 1, most) }, (_, step) => first + step)
}

export const seatsWanted = (seats: readonly PaperSeat[], typed: string): Wanted => {
  const parts = typed
    .normalize('NFKC')
    .replace(/\s*[-–—~〜至到]\s*/g, '-')
    .split(/[,、;\s]+/)
    .filter((part) => part !== '')
  if (parts.length === 0) return { kind: 'all' }
  const numbers: number[] = []
  for (const part of parts) {
    const own = span(part)
    if (!own) return { kind: 'wrong', why: 'list', what: part }
    numbers.push(...own)
  }
  const chosen = [...new Set(numbers)]
  const unknown = chosen.find((number) => !seats.some((seat) => seat.number === number))
  if (unknown !== undefined) return { kind: 'wrong', why: 'unknown', what: String(unknown) }
  const needsNone = ({ paper, state }: PaperSeat) => paper !== 'not-entered' || state === 'declined'
  const received = chosen.find((number) => seats.some((seat) => seat.number === number && needsNone(seat)))
  if (received !== undefined) return { kind: 'wrong', why: 'received', what: String(received) }
  return { kind: 'some', numbers: chosen.slice(0, most) }
}
