import { expect, test } from 'vitest'
import { inBatches } from './batches.ts'

/** Work that is held until it is let go, so that a test decides what comes in between. */
const held = () => {
  const batches: (readonly number[])[] = []
  const releases: (() => void)[] = []
  const work = async (_: string, items: readonly number[]) => {
    batches.push(items)
    await new Promise<void>((resolve) => releases.push(resolve))
    return items.map((item) => item * 10)
  }
  const turn = () => new Promise((resolve) => setTimeout(resolve, 5))
  const release = async () => {
    for (const open of releases.splice(0)) open()
    await turn()
  }
  return { work, batches, turn, release }
}

const one = { inFlight: 1, ofOne: 1, further: 1, least: 1, most: 64 }

test('what comes alone is done at once; what comes meanwhile goes together, each with its own answer', async () => {
  const { work, batches, turn, release } = held()
  const act = inBatches(work, { ...one, least: 3 })
  const first = act('county', 1)
  await turn()
  expect(batches).toEqual([[1]])
  const others = [2, 3, 4].map((item) => act('county', item))
  await turn()
  expect(batches).toEqual([[1]])
  await release()
  expect(batches).toEqual([[1], [2, 3, 4]])
  await release()
  expect(await Promise.all([first, ...others])).toEqual([10, 20, 30, 40])
})

test('a batch takes half of what waits, so that the next can be made ready meanwhile; what is not worth halving goes whole', async () => {
  const { work, batches, turn, release } = held()
  const act = inBatches(work, { ...one, least: 3 })
  const made = Array.from({ length: 12 }, (_, item) => act('county', item))
  await turn()
  for (let round = 0; round < 3; round += 1) await release()
  expect(batches).toEqual([
    [0, 1, 2, 3, 4, 5],
    [6, 7, 8],
    [9, 10, 11],
  ])
  expect(await Promise.all(made)).toHaveLength(12)
})

test('no more batches are under way than were set, of all and of one county, and none is larger than was set', async () => {
  const { work, batches, turn, release } = held()
  const act = inBatches(work, { inFlight: 3, ofOne: 2, further: 1, least: 2, most: 2 })
  const made = ['a', 'b'].flatMap((county, place) => [0, 1, 2, 3, 4, 5].map((item) => act(county, 10 * place + item)))
  await turn()
  expect(batches).toEqual([
    [0, 1],
    [10, 11],
    [2, 3], // the county that has waited longest comes first, and the rest of one behind the others
  ])
  await release()
  expect(batches.slice(3)).toEqual([
    [12, 13],
    [4, 5],
    [14, 15],
  ])
  await release()
  expect(await Promise.all(made)).toHaveLength(12)
  const alone = [0, 1, 2, 3, 4, 5].map((item) => act('c', item))
  await turn()
  expect(batches.slice(6)).toEqual([
    [0, 1],
    [2, 3],
  ])
  for (let round = 0; round < 2; round += 1) await release()
  expect(await Promise.all(alone)).toHaveLength(6)
})

test('a further batch of a county sets out when enough wait for it, and else goes with what comes until the one under way is back', async () => {
  const { work, batches, turn, release } = held()
  const act = inBatches(work, { inFlight: 2, ofOne: 2, further: 3, least: 9, most: 9 })
  const made = [act('county', 0)]
  await turn()
  made.push(act('county', 1), act('county', 2))
  await turn()
  expect(batches).toEqual([[0]])
  made.push(act('county', 3))
  await turn()
  expect(batches).toEqual([[0], [1, 2, 3]])
  made.push(act('county', 4))
  await turn()
  expect(batches).toHaveLength(2)
  await release()
  expect(batches).toEqual([[0], [1, 2, 3], [4]])
  await release()
  expect(await Promise.all(made)).toEqual([0, 10, 20, 30, 40])
})

test('counties are never mixed, and a busy one does not keep another waiting', async () => {
  const seen: string[] = []
  const act = inBatches(
    async (key: string, items: readonly number[]) => {
      seen.push(`${key}${items.length}`)
      await Promise.resolve()
      return items
    },
    { ...one, most: 2 },
  )
  await Promise.all([...[1, 2, 3, 4, 5, 6].map((item) => act('a', item)), act('b', 1)])
  expect(seen.indexOf('b1')).toBeLessThan(3)
  expect(seen.join()).toMatch(/^(a\d|b1)(,(a\d|b1))*$/)
})

const failing = (code: string) => {
  let tries = 0
  const act = inBatches(
    async (_: string, items: readonly number[]) => {
      tries += 1
      await new Promise((resolve) => setTimeout(resolve))
      if (items.includes(13)) throw Object.assign(new Error('refused'), { code })
      return items
    },
    { ...one, least: 4 },
  )
  return { act, tries: () => tries }
}

test('a piece that breaks a rule fails alone: the others of its batch are done one by one', async () => {
  const { act } = failing('23514')
  const made = await Promise.allSettled([1, 2, 13, 4].map((item) => act('county', item)))
  expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
})

test('when the database is away all of a batch are told at once: each device tries again by itself', async () => {
  const { act, tries } = failing('08006')
  const made = await Promise.allSettled([1, 2, 13, 4].map((item) => act('county', item)))
  expect(made.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
  expect(tries()).toBe(1)
})
