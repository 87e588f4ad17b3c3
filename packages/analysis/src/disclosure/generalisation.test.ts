import fc from 'fast-check'
import { expect, test } from 'vitest'
import { equivalenceClasses } from './equivalence-classes.ts'
import { leastGeneralisation } from './generalisation.ts'
import { generalised, hierarchyOf, lossOf } from './hierarchy.ts'

const ages = hierarchyOf(['8', '9', '10', '11', '12'].map((age) => [age, Number(age) < 10 ? '8-9' : '10-12', '*']))
const places = hierarchyOf([...'abcdef'].map((place) => [place, place < 'c' ? 'ab' : 'cdef', '*']))
const hierarchies = [ages, places, null]
const table = fc.array(
  fc.tuple(fc.constantFrom('8', '9', '10', '11', '12', null), fc.constantFrom(...'abcdef'), fc.constantFrom('f', 'm')),
  { minLength: 1, maxLength: 40 },
)
type Table = readonly (readonly (string | null)[])[]

const tried = (rows: Table, levels: readonly number[], k: number) => {
  const wider = rows.map((row) => row.map((cell, column) => generalised(cell, hierarchies[column]!, levels[column]!)))
  const { sizes } = equivalenceClasses(wider)
  const cellLoss = (row: Table[number]) =>
    row.reduce((sum, cell, column) => sum + lossOf(hierarchies[column]!)(cell, levels[column]!), 0) / 3
  const losses = rows.map((row, record) => (sizes[record]! < k ? 1 : cellLoss(row)))
  return { rare: sizes.filter((size) => size < k).length, loss: losses.reduce((sum, loss) => sum + loss, 0) / rows.length }
}
const everyLevel = [0, 1, 2].flatMap((age) => [0, 1, 2].map((place) => [age, place, 0]))

test('the search finds the least loss of all combinations, or says that none will do', () => {
  fc.assert(
    fc.property(table, fc.integer({ min: 2, max: 6 }), fc.constantFrom(0, 0.1, 0.5), (rows, k, allowed) => {
      const found = leastGeneralisation(rows, hierarchies, k, allowed)
      const all = everyLevel.map((levels) => tried(rows, levels, k))
      const good = all.filter(({ rare }) => rare <= allowed * rows.length + 1e-9)
      if (found.kind === 'impossible') {
        expect(good).toEqual([])
        expect(found.rare).toBe(Math.min(...all.map(({ rare }) => rare)))
        return
      }
      expect(found.loss).toBeCloseTo(Math.min(...good.map(({ loss }) => loss)), 12)
      expect(tried(rows, found.levels, k)).toMatchObject({ rare: found.rare })
    }),
  )
})

test('ages of eight and nine reach k 2 one level up, and the sexes stay apart', () => {
  const found = leastGeneralisation(
    [
      ['8', 'a', 'f'],
      ['9', 'a', 'f'],
      ['8', 'a', 'm'],
      ['9', 'a', 'm'],
    ],
    hierarchies,
    2,
  )
  expect(found).toMatchObject({ kind: 'generalised', levels: [1, 0, 0], rare: 0, rows: [['8-9', 'a', 'f'], {}, {}, ['8-9', 'a', 'm']] })
})

test('what cannot be generalised may make k impossible, and too many combinations are refused', () => {
  expect(leastGeneralisation([['f'], ['m'], ['m']], [null], 2)).toEqual({
    kind: 'impossible',
    reason: 'too-many-rare-records',
    rare: 1,
    allowed: 0,
  })
  const deep = hierarchyOf([new Array(20).fill('x')])
  expect(() => leastGeneralisation([['x', 'x', 'x', 'x', 'x']], [deep, deep, deep, deep, deep], 2)).toThrow('got 3200000')
})
