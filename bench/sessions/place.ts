// One server with its county and its pupils, ready to be handed sheets.
import { openField } from './field.ts'
import { type House, openHouse } from './house.ts'
import type { Load, Loaded } from './load.ts'
import { processorTime } from './processor.ts'
import { openPupils } from './pupils.ts'

/** Milliseconds of processor time while it lasted. */
type Spent = { readonly server: number; readonly database: number; readonly pupils: number }
export type Measured = Loaded & { readonly spent: Spent | null }

export type Place = {
  readonly databaseUrl: string
  readonly databasePid: number
  /** So many clients, each sending its next sheet when it has the receipt of the one before. */
  readonly handIn: (clients: number, seconds: number, sheets?: number) => Promise<Measured>
  /** The same, sealed and with the time of each question, as the pupils' pages send them. */
  readonly handInSealed: (clients: number, sheets: number) => Promise<Measured>
  /** So many pupils, each on a line of her own, at any time within so many seconds. */
  readonly arrive: (pupils: number, within: number) => Promise<Measured>
  readonly close: () => Promise<void>
}

const readyEachSecond = 6000

const timesOf = (pids: Readonly<Record<keyof Spent, number>>): Spent | null => {
  const [server, database, pupils] = [processorTime(pids.server), processorTime(pids.database), processorTime(pids.pupils)]
  return server === null || database === null || pupils === null ? null : { server, database, pupils }
}

const place = async (house: House): Promise<Place> => {
  const field = await openField(house)
  const pupils = openPupils()
  const port = Number(new URL(house.address).port)
  /** Pupils of whom the server has heard that they sit there, as their pages tell it at every question; what they hand in then is measured. */
  const ready = async (count: number, wrapped?: 'sealed') => {
    const { progress, sheets } = await field(count, wrapped)
    const { failures } = await pupils.run({ port, clients: 64, requests: progress, seconds: 600, arrivals: null })
    if (failures.length > 0) throw new Error(`a pupil could not say how far she is: ${failures[0]}`)
    return sheets
  }
  const run = async (load: Omit<Load, 'port'>): Promise<Measured> => {
    const pids = { ...house.pids, pupils: pupils.pid }
    const before = timesOf(pids)
    const loaded = await pupils.run({ port, ...load })
    const after = timesOf(pids)
    const spent = before &&
      after && {
        server: after.server - before.server,
        database: after.database - before.database,
        pupils: after.pupils - before.pupils,
      }
    return { ...loaded, spent }
  }
  return {
    databaseUrl: house.databaseUrl,
    databasePid: house.pids.database,
    handIn: async (clients, seconds, sheets = readyEachSecond * seconds) =>
      run({ clients, requests: await ready(sheets), seconds, arrivals: null }),
    handInSealed: async (clients, sheets) => run({ clients, requests: await ready(sheets, 'sealed'), seconds: 60, arrivals: null }),
    arrive: async (count, within) => {
      const arrivals = Array.from({ length: count }, () => Math.random() * within * 1000)
      return run({ clients: count, requests: await ready(count), seconds: within, arrivals })
    },
    close: async () => {
      pupils.stop()
      await house.close()
    },
  }
}

export const openPlace = async (): Promise<Place> => {
  const house = await openHouse()
  try {
    return await place(house)
  } catch (error) {
    await house.close()
    throw error
  }
}
