import { describe, expect, test } from 'vitest'
import type { SealedSheet } from './keep/record.ts'
import { openQueue } from './queue.ts'
import type { Reply } from './wire.ts'

const sealed = (seat: string, token = 'token'): SealedSheet => ({
  state: 'sealed',
  to: 'submissions',
  sealed: false,
  seat,
  ticket: { locator: '9WZBH', code: '4F7K2Q' },
  revision: 1,
  token,
  key: `key-of-${seat}`,
  body: `{"sheet":"${seat}"}`,
  contact: null,
  demo: true,
})
const received: Reply = { status: 201, body: { submissionId: 'id', bodyHash: 'hash', receivedAt: 'now' }, retryAfter: 0 }
const down: Reply = { status: 0, body: null, retryAfter: 0 }
const problem = (status: number, code: string): Reply => ({ status, body: { code, detail: code }, retryAfter: 0 })

/** A server that gives the replies it was told, one after the other, then receives; and a clock that only moves by hand. */
const stage = (replies: readonly Reply[]) => {
  const left = [...replies]
  const sent: SealedSheet[] = []
  const released: string[] = []
  const waits: number[] = []
  let timers: (() => void)[] = []
  const queue = openQueue({
    send: async (sheet) => {
      sent.push(sheet)
      return left.shift() ?? received
    },
    release: (seat) => released.push(seat),
    changed: () => {},
    after: (milliseconds, act) => {
      waits.push(milliseconds)
      timers.push(act)
    },
    random: () => 0,
  })
  const rest = () => new Promise((resolve) => setTimeout(resolve))
  const ring = () => {
    const due = timers
    timers = []
    for (const act of due) act()
    return rest()
  }
  return { queue, sent, released, waits, rest, ring }
}

describe('the queue', () => {
  test('REL-02: sends the same key and the same bytes until the sheet is received, and only then lets the device forget it', async () => {
    const { queue, sent, released, rest, ring } = stage([down, problem(503, 'database.unavailable'), problem(507, 'database.full')])
    queue.add(sealed('A/1'))
    await rest()
    expect(queue.deliveryOf('A/1')).toEqual({ kind: 'waiting', why: 'unreachable' })
    await ring()
    await ring()
    expect([queue.deliveryOf('A/1'), released]).toEqual([{ kind: 'waiting', why: 'full' }, []])
    await ring()
    expect(queue.deliveryOf('A/1')?.kind).toBe('received')
    expect(released).toEqual(['A/1'])
    expect(new Set(sent.map(({ key, body }) => `${key} ${body}`)).size).toBe(1)
    expect(sent).toHaveLength(4)
    await ring()
    queue.wake()
    await rest()
    expect(sent).toHaveLength(4)
  })

  test('tries at once when the network is back, and its old alarm does not try a second time', async () => {
    const { queue, sent, rest, ring } = stage([down, down])
    queue.add(sealed('A/1'))
    await rest()
    queue.wake()
    queue.wake()
    await rest()
    expect(sent).toHaveLength(2)
    await ring()
    expect(sent).toHaveLength(3)
    expect(queue.deliveryOf('A/1')?.kind).toBe('received')
  })

  test('one sheet that waits holds up no other', async () => {
    const { queue, rest } = stage([down, received])
    queue.add(sealed('A/1'))
    queue.add(sealed('A/2'))
    await rest()
    expect([queue.deliveryOf('A/1')?.kind, queue.deliveryOf('A/2')?.kind]).toEqual(['waiting', 'received'])
    expect(queue.count('waiting')).toBe(1)
  })

  test('SAF-12: a sheet with a risk answer goes before the others, and is tried again without growing patience', async () => {
    const { queue, sent, rest, ring, waits } = stage([down, down, down, down, down, down])
    queue.add(sealed('A/1'))
    queue.add(sealed('A/2'), true)
    queue.add(sealed('A/3'))
    expect(sent.map(({ seat }) => seat)).toEqual(['A/1', 'A/2']) // the third waits for the second to have had its turn
    await rest()
    expect(sent.map(({ seat }) => seat)).toEqual(['A/1', 'A/2', 'A/3'])
    queue.wake()
    expect(sent.slice(3).map(({ seat }) => seat)).toEqual(['A/2'])
    await rest()
    expect(sent.slice(3).map(({ seat }) => seat)).toEqual(['A/2', 'A/1', 'A/3'])
    expect(waits).toEqual([4000, 2000, 4000, 2000, 8000, 8000])
    await ring()
    for (const seat of ['A/1', 'A/2', 'A/3']) expect(queue.deliveryOf(seat)?.kind).toBe('received')
  })

  test('what was dropped is not tried again', async () => {
    const { queue, sent, rest, ring } = stage([down])
    queue.add(sealed('A/1'), true)
    await rest()
    queue.drop('A/1')
    await ring()
    queue.wake()
    expect(sent).toHaveLength(1)
  })

  test('a refused sheet stays on the device, and goes out again once new codes gave the seat a new token', async () => {
    const { queue, sent, released, rest } = stage([problem(401, 'session.seat-unknown')])
    queue.add(sealed('A/1', 'old'))
    await rest()
    expect(queue.deliveryOf('A/1')).toMatchObject({ kind: 'refused', code: 'session.seat-unknown' })
    expect(released).toEqual([])
    queue.add(sealed('A/1', 'new'))
    await rest()
    expect(sent.map(({ token }) => token)).toEqual(['old', 'new'])
    expect(released).toEqual(['A/1'])
  })

  test('a sheet that was erased on request leaves the device too', async () => {
    const { queue, released, rest } = stage([problem(410, 'submission.erased')])
    queue.add(sealed('A/1'))
    await rest()
    expect(released).toEqual(['A/1'])
  })
})
