import fc from 'fast-check'
import { expect, test } from 'vitest'
import { line } from './line.ts'

test('a line lets in as many as it is wide, in their order, and whoever fails gives up the place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 30 }), async (width, fates) => {
      const enter = line(width)
      const began: number[] = []
      let inside = 0
      let most = 0
      const work = (position: number, fails: boolean) => async () => {
        began.push(position)
        inside += 1
        most = Math.max(most, inside)
        await new Promise(setImmediate)
        inside -= 1
        if (fails) throw new Error('failed')
        return position
      }
      const settled = await Promise.allSettled(fates.map((fails, position) => enter(work(position, fails))))
      expect(began).toEqual([...fates.keys()])
      expect(most).toBe(Math.min(width, fates.length))
      expect(settled.map(({ status }) => status)).toEqual(fates.map((fails) => (fails ? 'rejected' : 'fulfilled')))
    }),
  )
})
