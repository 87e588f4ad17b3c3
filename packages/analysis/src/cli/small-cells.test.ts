import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'

const folder = commandFolder()
const counts = { low: { north: 3, south: 40, west: 12 }, high: { north: 50, south: 60, west: 14 } }
beforeAll(async () => {
  await folder.make()
  const lines = Object.entries(counts).flatMap(([band, places]) =>
    Object.entries(places).flatMap(([place, count]) => new Array<string>(count).fill(`${place},${band}`)),
  )
  await folder.write('f.csv', `place,band\n${lines.join('\n')}\nNA,low\n`)
})
afterAll(folder.remove)

const asked = (...more: readonly string[]) => folder.run('small-cells', '--data', folder.path('f.csv'), ...more)

test('PRIV-10: a small count goes with a ring of others, and no percentage gives one of them back', async () => {
  const { code, output } = await asked('--rows', 'place', '--columns', 'band', '--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect(record).toMatchObject({
    rows: ['north', 'south', 'west'],
    columns: ['high', 'low'],
    cells: [
      [null, null],
      [60, 40],
      [null, null],
    ],
    rowTotals: [53, 100, 26],
    small: 1,
    complementary: 3,
    leftOut: 1,
  })
  expect(record.percentages[0]).toEqual([null, null])
  expect(record.percentages[1][0]).toEqual({ kind: 'percentage', value: 60, bound: 'exact' })
})

test('the table shows a dot for what is suppressed, and says how many there are', async () => {
  const { output } = await asked('--rows', 'place', '--columns', 'band')
  expect(output).toMatch(/north +· +· +53\n/)
  expect(output).toContain(
    'Suppressed (·): 1 for being below 10, 3 so that none can be worked out. Rows of the data left out for a missing value: 1.',
  )
})

test('one column twice, and a minimum below one, are refused', async () => {
  expect(await asked('--rows', 'place', '--columns', 'place')).toMatchObject({ code: 2, errors: '--rows and --columns both name place\n' })
  expect((await asked('--rows', 'place', '--columns', 'band', '--minimum', '0')).code).toBe(2)
})
