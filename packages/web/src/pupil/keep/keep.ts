// Where answers are safe. Writes go to the first shelf that takes them, one after the other; a shelf that failed is passed over from then on.
import { newestOfEach, type SheetRecord } from './record.ts'
import type { Shelf } from './shelf.ts'

export type Keep = {
  readonly all: () => Promise<readonly SheetRecord[]>
  /** Resolves with the shelf that took it. */
  readonly put: (record: SheetRecord) => Promise<Shelf['name']>
  readonly remove: (seat: string) => Promise<void>
}

const readAll = async (shelf: Shelf): Promise<readonly SheetRecord[]> => {
  try {
    return await shelf.all()
  } catch {
    return []
  }
}

export const keepOn = (shelves: readonly [Shelf, ...Shelf[]]): Keep => {
  let first = 0
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const result = queue.then(act)
    queue = result.catch(() => {})
    return result
  }
  const write = async (record: SheetRecord): Promise<Shelf['name']> => {
    const shelf = shelves[first] ?? shelves[0]
    try {
      await shelf.put(record)
      return shelf.name
    } catch (error) {
      if (first === shelves.length - 1) throw error
      first += 1
      return write(record)
    }
  }
  return {
    all: () => inTurn(async () => newestOfEach((await Promise.all(shelves.map(readAll))).flat())),
    put: (record) => inTurn(() => write(record)),
    remove: (seat) =>
      inTurn(async () => {
        for (const shelf of shelves) await shelf.remove(seat).catch(() => {})
      }),
  }
}
