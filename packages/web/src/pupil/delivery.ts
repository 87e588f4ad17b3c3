// What an attempt to hand in has come to, and when to try again. Pure.
import { field, type Receipt, type Reply } from './wire.ts'

export type Delivery =
  | { readonly kind: 'sending' }
  | { readonly kind: 'waiting'; readonly why: 'unreachable' | 'busy' | 'full' }
  | { readonly kind: 'received'; readonly receipt: Receipt }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }

const passing = [408, 425, 429]

/** Only a 201 with a receipt is received, and only our own server's Problem refuses: a school's login wall does neither. */
export const deliveryOf = ({ status, body }: Reply): Delivery => {
  const submissionId = field(body, 'submissionId') || field(body, 'requestId')
  const receivedAt = field(body, 'receivedAt')
  if (status === 201 && receivedAt) return { kind: 'received', receipt: { submissionId, receivedAt, bodyHash: field(body, 'bodyHash') } }
  const [code, detail] = [field(body, 'code'), field(body, 'detail')]
  if (status >= 400 && status < 500 && /^[a-z-]+\.[a-z-]+$/.test(code) && detail && !passing.includes(status))
    return { kind: 'refused', code, detail }
  if (status === 507) return { kind: 'waiting', why: 'full' }
  return { kind: 'waiting', why: status >= 500 || status === 429 ? 'busy' : 'unreachable' }
}

/** Milliseconds: 2 s, doubled up to a minute, never sooner than the server asked, and spread so that a class does not come back at once. */
export const delayOf = (tries: number, retryAfter: number, random: number): number =>
  Math.max(retryAfter * 1000, Math.min(60_000, 2000 * 2 ** Math.min(tries, 6))) * (1 + random / 2)
