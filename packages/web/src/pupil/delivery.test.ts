import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delayOf, deliveryOf } from './delivery.ts'

const receipt = { submissionId: '01a21795-86c6-70b5-a5d9-f4985aac41e5', bodyHash: 'f'.repeat(64), receivedAt: '2026-03-02T01:00:00.000Z' }
const reply = (status: number, body: unknown = null) => ({ status, body, retryAfter: 0 })

test('only a 201 with its receipt is received', () => {
  expect(deliveryOf(reply(201, receipt))).toEqual({ kind: 'received', receipt })
  for (const other of [reply(200, receipt), reply(201), reply(201, {}), reply(302), reply(0)])
    expect(deliveryOf(other)).toEqual({ kind: 'waiting', why: 'unreachable' })
})

test("the server's own problem refuses a sheet; a wall in between that says 403 does not", () => {
  const problem = { code: 'session.already-submitted', detail: 'this seat has already submitted' }
  expect(deliveryOf(reply(409, problem))).toEqual({ kind: 'refused', ...problem })
  expect(deliveryOf(reply(403, '<html>'))).toEqual({ kind: 'waiting', why: 'unreachable' })
})

test('REL-09: a server that is busy, down or full is tried again', () => {
  expect(deliveryOf(reply(503, { code: 'database.unavailable', detail: '' }))).toEqual({ kind: 'waiting', why: 'busy' })
  expect(deliveryOf(reply(429, { code: 'request.too-many', detail: '' }))).toEqual({ kind: 'waiting', why: 'busy' })
  expect(deliveryOf(reply(507, { code: 'database.full', detail: '' }))).toEqual({ kind: 'waiting', why: 'full' })
})

test('the next attempt is never sooner than the server asked, and never later than a minute and a half without being asked', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(600), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, retryAfter, random) => {
      const delay = delayOf(tries, retryAfter, random)
      expect(delay).toBeGreaterThanOrEqual(Math.max(2000, retryAfter * 1000))
      expect(delay).toBeLessThanOrEqual(1.5 * Math.max(60_000, retryAfter * 1000))
    }),
  )
})
