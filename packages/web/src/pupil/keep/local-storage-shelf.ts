import type { SheetRecord } from './record.ts'
import type { Shelf } from './shelf.ts'

const prefix = 'tongxing.sheet.'

/** Asks for the storage at each call: merely naming it throws where the browser has closed it. */
export const localStorageShelf = (storage: () => Storage): Shelf => ({
  name: 'local-storage',
  all: async () => {
    const open = storage()
    const keys = Array.from({ length: open.length }, (_, index) => open.key(index) ?? '').filter((key) => key.startsWith(prefix))
    return keys.map((key) => JSON.parse(open.getItem(key) ?? 'null') as SheetRecord) // written below, by us alone
  },
  put: async (record) => storage().setItem(prefix + record.seat, JSON.stringify(record)),
  remove: async (seat) => storage().removeItem(prefix + seat),
})
