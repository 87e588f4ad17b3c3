import { expect, test } from 'vitest'
import { refusalOf, refusalOfReply } from './refusal.ts'

test("a problem keeps the server's code and sentence", () => {
  const refusal = refusalOfReply(409, { code: 'session.closed', detail: '测评已结束' })
  expect(refusal).toMatchObject({ code: 'session.closed', status: 409, message: '测评已结束' })
})

test('a problem with a list keeps the row that it names', () => {
  expect(refusalOfReply(409, { code: 'participant.student-number-taken', detail: '', parameters: { row: 3 } }).row).toBe(3)
  expect(refusalOfReply(409, { code: 'session.closed', detail: '', parameters: {} }).row).toBeNull()
})

test('a reply that is no problem document still has a code', () => {
  for (const body of [undefined, null, '<html>', { code: 7 }]) expect(refusalOfReply(502, body).code).toBe('http-502')
})

test('what no server answered is unreachable; a refusal stays what it was', () => {
  expect(refusalOf(new TypeError('Failed to fetch'))).toMatchObject({ code: 'unreachable', status: 0 })
  const refusal = refusalOfReply(404, {})
  expect(refusalOf(refusal)).toBe(refusal)
})
