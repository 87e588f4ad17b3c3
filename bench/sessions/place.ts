// One server with its county and its pupils, ready to be handed sheets.
import { openField } from './field.ts'
import { type House, openHouse } from './house.ts'
import type { Loaded } from './load.ts'
import { openPupils } from './pupils.ts'

export type Place = {
  readonly databaseUrl: string
  /** So many clients, each sending its next sheet when it has the receipt of the one before. */
  readonly handIn: (clients: number, seconds: number, ready?: number) => Promise<Loaded>
  /** The same, sealed as the pupils' pages seal them. */
  readonly handInSealed: (clients: number, sheets: number) => Promise<Loaded>
  /** So many pupils, each on a line of her own, at any time within so many seconds. */
  readonly arrive: (pupils: number, within: number) => Promise<Loaded>
  readonly close: () => Promise<void>
}

const readyEachSecond = 4000

const place = async (house: House): Promise<Place> => {
  const field = await openField(house)
  const pupils = openPupils()
  const port = Number(new URL(house.address).port)
  return {
    databaseUrl: house.databaseUrl,
    handIn: async (clients, seconds, ready = readyEachSecond * seconds) =>
      pupils.run({ port, clients, requests: await field(ready), seconds, arrivals: null }),
    handInSealed: async (clients, sheets) =>
      pupils.run({ port, clients, requests: await field(sheets, 'sealed'), seconds: 60, arrivals: null }),
    arrive: async (count, within) => {
      const arrivals = Array.from({ length: count }, () => Math.random() * within * 1000)
      return pupils.run({ port, clients: count, requests: await field(count), seconds: within, arrivals })
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
