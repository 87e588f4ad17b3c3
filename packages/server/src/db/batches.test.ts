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
  const release = async () => {
    for (const open of releases.splice(0)) open()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { work, batches, release }
}

test('what comes alone is done at once; what comes meanwhile goes together, each with its own answer', async () => {
  const { work, batches, release } = held()
  const act = inBatches(work, { inFlight: 1, most: 64 })
  const made = [1, 2, 3, 4].map((item) => act('county', item))
  expect(batches).toEqual([[1]])
  await release()
  expect(batches).toEqual([[1], [2, 3, 4]])
  await release()
  expect(await Promise.all(made)).toEqual([10, 20, 30, 40])
})

test('one batch of a county is under way, no more than were set of all, and none is larger than was set', async () => {
  const { work, batches, release } = held()
  const act = inBatches(work, { inFlight: 2, most: 3 })
  const made = ['a', 'b', 'c'].flatMap((county, place) => [0, 1, 2, 3, 4].map((item) => act(county, 10 * place + item)))
  expect(batches).toEqual([[0], [10]])
  await release()
  await release()
  expect(batches.slice(2)).toEqual([
    [1, 2, 3],
    [11, 12, 13],
    [20, 21, 22], // the county that has waited longest comes first, and the rest of one behind the others
    [4],
  ])
  for (let round = 0; round < 3; round += 1) await release()
  expect(await Promise.all(made)).toHaveLength(15)
  expect(batches.flat()).toHaveLength(15)
})

test('counties are never mixed, and a busy one does not keep another waiting', async () => {
  const seen: string[] = []
  const act = inBatches(
    async (key: string, items: readonly number[]) => {
      seen.push(`${key}${items.length}`)
      await Promise.resolve()
      return items
    },
    { inFlight: 1, most: 2 },
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
    { inFlight: 1, most: 64 },
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
  expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
  expect(tries()).toBe(2)
})
