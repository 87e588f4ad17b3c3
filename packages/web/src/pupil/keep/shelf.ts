import type { SheetRecord } from './record.ts'

/** A place on the device that can hold records, by seat. Each call may fail: storage is full, closed or broken. */
export type Shelf = {
  readonly name: 'indexed-db' | 'local-storage' | 'memory'
  readonly all: () => Promise<readonly SheetRecord[]>
  readonly put: (record: SheetRecord) => Promise<void>
  readonly remove: (seat: string) => Promise<void>
}
