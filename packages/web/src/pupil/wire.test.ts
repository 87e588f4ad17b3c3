import { expect, onTestFinished, test, vi } from 'vitest'
import { deliveryOf } from './delivery.ts'
import { post } from './wire.ts'

const answers = (status: number, type: string, body: unknown) => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }))
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  return post('submissions', '{}', {})
}
const problem = { code: 'session.already-submitted', detail: 'this seat has already submitted' }

test('only a problem of our own server refuses: a login wall that sends JSON with a code is tried again', async () => {
  for (const type of ['application/json', 'text/html', ''])
    expect(deliveryOf(await answers(403, type, problem))).toEqual({ kind: 'waiting', why: 'unreachable' })
  expect(deliveryOf(await answers(409, 'application/problem+json; charset=utf-8', problem))).toEqual({ kind: 'refused', ...problem })
})

test('and of these only one whose shape is known', async () => {
  for (const odd of [
    { code: 'AUTH_NEEDED', detail: 'log in' },
    { code: 'session.already-submitted' },
    { code: 401, detail: 'log in' },
    null,
  ])
    expect(deliveryOf(await answers(403, 'application/problem+json', odd))).toEqual({ kind: 'waiting', why: 'unreachable' })
})
