import type { SheetRecord } from './record.ts'
import type { Shelf } from './shelf.ts'

/** The last resort: lasts as long as the page. */
export const memoryShelf = (): Shelf => {
  const records = new Map<string, SheetRecord>()
  return {
    name: 'memory',
    all: async () => [...records.values()],
    put: async (record) => {
      records.set(record.seat, record)
    },
    remove: async (seat) => {
      records.delete(seat)
    },
  }
}
