// A pupil's device in Node: the page's own queue, delivery, seal and keep, on a clock that runs faster, talking through whatever line it is given.
import { bytesOf } from '../../packages/web/src/pupil/bytes.ts'
import { keepOn } from '../../packages/web/src/pupil/keep/keep.ts'
import { memoryShelf } from '../../packages/web/src/pupil/keep/memory-shelf.ts'
import type { SealedSheet } from '../../packages/web/src/pupil/keep/record.ts'
import { openQueue, type Queue } from '../../packages/web/src/pupil/queue.ts'
import { post, type Receipt } from '../../packages/web/src/pupil/wire.ts'

const haste = 200 // how many times faster the waiting between two attempts goes by

export type Device = {
  /** Keeps a sheet and begins to hand it in. */
  readonly handIn: (sheet: SealedSheet) => Promise<void>
  /** The page dies, however busy, and is opened again: it has what the device kept and nothing else. */
  readonly reopen: () => Promise<void>
  /** Every receipt that was ever shown as received, by seat. */
  readonly receipts: ReadonlyMap<string, Receipt>
  readonly refusals: ReadonlyMap<string, string>
  readonly kept: () => Promise<readonly string[]>
}

const send = (sealed: SealedSheet) =>
  post(sealed.to, sealed.sealed ? bytesOf(sealed.body) : sealed.body, {
    authorization: `Bearer ${sealed.token}`,
    'idempotency-key': sealed.key,
    ...(sealed.sealed && { 'content-type': 'application/vnd.tongxing.sealed' }),
  })

export const openDevice = (): Device => {
  const keep = keepOn([memoryShelf()])
  const receipts = new Map<string, Receipt>()
  const refusals = new Map<string, string>()
  const seats = new Set<string>()
  const openPage = (): { readonly queue: Queue; readonly kill: () => void } => {
    let alive = true
    const note = () => {
      for (const seat of alive ? seats : []) {
        const delivery = queue.deliveryOf(seat)
        if (delivery?.kind === 'received') receipts.set(seat, delivery.receipt)
        if (delivery?.kind === 'refused') refusals.set(seat, delivery.code)
      }
    }
    const queue = openQueue({
      send: (sealed) => (alive ? send(sealed) : new Promise(() => {})),
      release: (seat) => alive && keep.remove(seat),
      changed: note,
      after: (milliseconds, act) => setTimeout(() => alive && act(), milliseconds / haste),
      random: Math.random,
    })
    return {
      queue,
      kill: () => {
        alive = false
      },
    }
  }
  let page = openPage()
  return {
    handIn: async (sheet) => {
      seats.add(sheet.seat)
      await keep.put(sheet)
      page.queue.add(sheet)
    },
    reopen: async () => {
      page.kill()
      page = openPage()
      for (const record of await keep.all()) if (record.state === 'sealed') page.queue.add(record)
    },
    receipts,
    refusals,
    kept: async () => (await keep.all()).map(({ seat }) => seat),
  }
}
