// Codes just made, on their way from the page that made them to the session's page. Kept in memory only, and given out once.
import type { SeatCode } from '../wire.ts'

let held: { readonly sessionId: string; readonly codes: readonly SeatCode[] } | null = null

export const holdCodes = (sessionId: string, codes: readonly SeatCode[]) => {
  held = { sessionId, codes }
}

export const takeCodes = (sessionId: string): readonly SeatCode[] | null => {
  const codes = held?.sessionId === sessionId ? held.codes : null
  held = null
  return codes
}
