import { describe, expect, test } from 'vitest'
import { keepOn } from './keep.ts'
import { localStorageShelf } from './local-storage-shelf.ts'
import { memoryShelf } from './memory-shelf.ts'
import type { SealedSheet } from './record.ts'
import type { Shelf } from './shelf.ts'

const record = (revision: number, seat = '9WZBH/1'): SealedSheet => ({
  state: 'sealed',
  to: 'submissions',
  seat,
  ticket: { locator: '9WZBH', code: '4F7K2Q' },
  revision,
  token: 't',
  key: 'k',
  body: '{}',
  sealed: false,
  contact: null,
  demo: true,
})

/** A disk that takes so many writes and no more. */
const fullAfter = (writes: number, shelf: Shelf): Shelf => {
  let left = writes
  return {
    ...shelf,
    put: async (kept) => {
      if (left-- <= 0) throw new Error('QuotaExceededError')
      await shelf.put(kept)
    },
  }
}

const storage = (): Storage => {
  const items = new Map<string, string>([['another', 'page']])
  return {
    get length() {
      return items.size
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  }
}

describe('what the device keeps', () => {
  test('is read back newest first, and is gone after it was removed', async () => {
    const keep = keepOn([memoryShelf()])
    await keep.put(record(1))
    await keep.put(record(2))
    await keep.put(record(1, '9WZBH/2'))
    expect(await keep.all()).toEqual([record(2), record(1, '9WZBH/2')])
    await keep.remove('9WZBH/1')
    expect(await keep.all()).toEqual([record(1, '9WZBH/2')])
  })

  test('REL-07: goes to the next shelf when the disk is full, and the old copy does not come back', async () => {
    const disk = memoryShelf()
    const local = storage()
    const keep = keepOn([fullAfter(1, disk), localStorageShelf(() => local), memoryShelf()])
    expect(await keep.put(record(1))).toBe('memory')
    expect(await keep.put(record(2))).toBe('local-storage')
    expect(await disk.all()).toEqual([record(1)])
    expect(await keepOn([disk, localStorageShelf(() => local)]).all()).toEqual([record(2)])
    await keep.remove('9WZBH/1')
    expect([await disk.all(), local.length]).toEqual([[], 1])
  })

  test('REL-07: says so when only the page itself is left, and still holds every sheet', async () => {
    const closed = () => {
      throw new Error('SecurityError')
    }
    const keep = keepOn([fullAfter(0, memoryShelf()), localStorageShelf(closed), memoryShelf()])
    expect(await keep.put(record(1))).toBe('memory')
    expect(await keep.all()).toEqual([record(1)])
    await keep.remove('9WZBH/1')
    expect(await keep.all()).toEqual([])
  })
})
