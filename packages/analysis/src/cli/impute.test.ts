import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { incompleteTrial } from '../../test/incomplete-trial.ts'

const { rows } = incompleteTrial({ seed: 4, schools: 12, pupils: 15, effect: -0.6 })
const lines = rows.map(({ school, arm, pre, post, sex, hint }, row) =>
  [row + 1, row === 7 ? '' : school, arm, pre ?? '', post ?? 'NA', sex ?? '', hint, `n${row}`].join(','),
)
const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  await folder.write('trial.csv', `id,school,arm,pre,post,sex,hint,name\n${lines.join('\n')}\n`)
  await folder.write('words.csv', 'a,b,c,d\n1,2,,x\n2,3,,y\nthree,4,,x\n4,,,y\n')
})
afterAll(folder.remove)

const formula = 'post ~ pre + arm + (1 | school)'
const short = ['--m', '3', '--iterations', '2']
const asked = (...more: readonly string[]) => folder.run('impute', '--data', folder.path('trial.csv'), ...short, ...more)

test('--formula pools the mixed model over the completed tables and has the complete rows beside it', async () => {
  const { code, output } = await asked('--formula', formula, '--json', '--seed', '5')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect(record).toMatchObject({
    cluster: 'school',
    rows: 179,
    rowsWithoutCluster: 1,
    imputations: 3,
    iterations: 2,
    seed: 5,
    clusters: 12,
  })
  expect(record.pooled.method).toBe('reml-kenward-roger')
  expect(record.pooled.terms.map(({ name }: { name: string }) => name)).toEqual(['(Intercept)', 'pre', 'armprogramme'])
  expect(record.completeCase.n).toBeLessThan(179)
  expect(record.carried).toEqual([
    { column: 'id', why: 'identifier' },
    { column: 'name', why: 'many-words' },
  ])
  expect(record.chains.find(({ column }: { column: string }) => column === 'post').mean).toHaveLength(3)
  expect((await asked('--formula', formula, '--json', '--seed', '5')).output).toBe(output)
}, 60_000)

test('--out writes each table with its observed cells as they were written', async () => {
  expect((await asked('--cluster', 'school', '--out', folder.path('done'))).code).toBe(0)
  const files = (await readdir(folder.path('done'))).sort()
  expect(files).toEqual(['imputed-1.csv', 'imputed-2.csv', 'imputed-3.csv'])
  const written = (await readFile(folder.path('done/imputed-2.csv'), 'utf8')).trim().split('\n')
  expect(written[0]).toBe('id,school,arm,pre,post,sex,hint,name')
  const kept = lines.filter((_, row) => row !== 7)
  for (const [row, line] of written.slice(1).entries())
    for (const [place, cell] of line.split(',').entries()) {
      const before = kept[row]!.split(',')[place]!
      if (before !== '' && before !== 'NA') expect(cell).toBe(before)
      else expect(cell).not.toBe('')
    }
}, 60_000)

test('--delta moves what was imputed and says where the result tips', async () => {
  const { output } = await asked('--formula', formula, '--delta', '0,2,8', '--arm', 'arm', '--control', 'control', '--json')
  const { delta } = JSON.parse(output)
  expect(delta.points).toHaveLength(9)
  expect(delta.points[2].estimate).toBeGreaterThan(delta.points[0].estimate)
  const table = await asked('--formula', formula, '--delta', '0,2,8', '--arm', 'arm', '--control', 'control')
  expect(table.output).toMatch(/Moving the programme arm by [\d.]+ points changes whether the interval holds 0\./)
}, 60_000)

test('bad input is one sentence with exit code 2', async () => {
  const words = ['impute', '--data', folder.path('words.csv'), '--out', folder.path('x')]
  const trial = ['impute', '--data', folder.path('trial.csv'), '--formula', formula]
  const wrong = [
    [['impute', '--data', folder.path('trial.csv')], 'impute needs --out for the completed tables or --formula for a pooled model'],
    [words, 'words.csv row 4, column a: three is not a number'],
    [[...words, '--factors', 'a'], 'words.csv, column c: is missing in every row'],
    [[...trial, '--m', '1'], '--m takes a whole number from 2 to 1000, got 1'],
    [[...trial, '--cluster', 'arm'], "--cluster arm is not the school of the formula's random intercept"],
    [[...trial, '--arm', 'arm'], '--arm goes with --delta'],
    [[...trial, '--delta', '1', '--arm', 'sex', '--control', 'F'], '--arm sex is not in the formula'],
    [[...trial, '--delta', '1', '--arm', 'arm', '--control', 'x'], 'trial.csv, column arm: has no level x'],
  ] as const
  const ended = await Promise.all(wrong.map(([args]) => folder.run(...args)))
  for (const [place, { code, errors }] of ended.entries()) {
    expect(errors).toContain(wrong[place]![1])
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
}, 60_000)
