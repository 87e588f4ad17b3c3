import type { SheetRecord } from './record.ts'
import type { Shelf } from './shelf.ts'

const store = 'sheets'
const patience = 4000 // some browsers open a broken database for ever

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('IndexedDB does not open')), patience)
    const request = indexedDB.open('tongxing', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'seat' })
    settled(request).then(resolve, reject)
  })

/** Resolves when the transaction is complete, not when the request is: only then has the disk taken it. */
const written = (database: IDBDatabase, act: (sheets: IDBObjectStore) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite')
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    transaction.onerror = () => reject(transaction.error)
    act(transaction.objectStore(store))
  })

export const indexedDbShelf = (): Shelf => {
  let opening: Promise<IDBDatabase> | null = null
  const database = () => {
    opening = opening ?? opened()
    return opening
  }
  return {
    name: 'indexed-db',
    all: async () => {
      const all: Promise<SheetRecord[]> = settled((await database()).transaction(store, 'readonly').objectStore(store).getAll())
      return all
    },
    put: async (record) => written(await database(), (sheets) => sheets.put(record)),
    remove: async (seat) => written(await database(), (sheets) => sheets.delete(seat)),
  }
}
