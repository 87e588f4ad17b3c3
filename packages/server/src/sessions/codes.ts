// Seat codes, session locators and seat tokens (SEC-05). A code has 30 bits, so its hash is keyed: a stolen database does not give it away.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { draw } from '../accounts/typed.ts'

export { draw, newCode, readTyped } from '../accounts/typed.ts'

export const newLocator = (random: (bytes: number) => Buffer) => draw(5, random)

const keyed = (pepper: Buffer, purpose: string, text: string) => createHmac('sha256', pepper).update(`${purpose}:${text}`).digest()

export const hashCode = (pepper: Buffer, sessionId: string, code: string) =>
  keyed(pepper, 'seat code', `${sessionId}:${code}`).toString('hex')

/** What a pupil is asked besides her code; of two pupils with one birthday no hash is like the other. */
export const hashFactor = (pepper: Buffer, seatId: string, factor: string) =>
  keyed(pepper, 'second factor', `${seatId}:${factor}`).toString('hex')

type SeatKey = { readonly countyId: string; readonly schoolId: string; readonly seatId: string }

const bytesOf = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')
const uuidAt = (hex: string, at: number) =>
  `${hex.slice(at, at + 8)}-${hex.slice(at + 8, at + 12)}-${hex.slice(at + 12, at + 16)}-${hex.slice(at + 16, at + 20)}-${hex.slice(at + 20, at + 32)}`

/** The same seat and code give the same token on every device, so a second computer does not lock out the first. New codes end it. */
export const seatToken = (pepper: Buffer, seat: SeatKey, codeHash: string) =>
  Buffer.concat([
    bytesOf(seat.countyId),
    bytesOf(seat.schoolId),
    bytesOf(seat.seatId),
    keyed(pepper, 'seat token', `${seat.seatId}:${codeHash}`),
  ]).toString('base64url')

export const readSeatToken = (token: string): SeatKey | null => {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 80) return null
  const hex = bytes.toString('hex', 0, 48)
  return { countyId: uuidAt(hex, 0), schoolId: uuidAt(hex, 32), seatId: uuidAt(hex, 64) }
}

export const sameToken = (left: string, right: string) =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
