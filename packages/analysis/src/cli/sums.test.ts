import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { golden } from '../../test/oracle.ts'
import type { ModelRow } from '../models/school-sums.ts'

type Case = { readonly rows: readonly ModelRow[] }
const { rows } = golden<{ readonly cases: readonly Case[] }>('cluster-robust').cases[0]!

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  const lines = rows.map(
    ({ school, values: [full, short, pre, post] }) => `"甲, ${school}",${full ? 'full' : short ? 'short' : 'control'},${pre},${post}`,
  )
  await folder.write('trial.csv', `school,arm,pre,post\n${lines.join('\n')}\n`)
  const { output, errors } = await folder.run(
    'sums',
    '--data',
    folder.path('trial.csv'),
    '--formula',
    'post ~ arm + pre',
    '--cluster',
    'school',
  )
  await folder.write('sums.csv', output)
  expect(errors).toContain('10 of 12 clusters have fewer than 10 rows: their sums disclose pupils')
})
afterAll(folder.remove)

const answer = async (...args: readonly string[]) => {
  const { output } = await folder.run(...args, '--json')
  const { incompleteRows: _, cluster: _named, ...rest } = JSON.parse(output)
  return rest
}

test('lmm and robust say the same of the sums as of the rows, to the last digit', async () => {
  const data = ['--data', folder.path('trial.csv')]
  const sums = ['--sums', folder.path('sums.csv'), '--levels', 'arm=control|full|short']
  const mixed = ['--formula', 'post ~ arm + pre + (1 | school)']
  const plain = ['--formula', 'post ~ arm + pre', '--cluster', 'school']
  expect(await answer('lmm', ...sums, ...mixed)).toEqual(await answer('lmm', ...data, ...mixed))
  expect(await answer('robust', ...sums, ...plain)).toEqual(await answer('robust', ...data, ...plain))
}, 20_000)

test('sums --sql prints the GROUP BY', async () => {
  const { output } = await folder.run('sums', '--sql', '--formula', 'post ~ arm + (1 | school)', '--levels', 'arm=control|full')
  expect(output).toMatch(/^WITH design AS \([\s\S]*FROM "pupils"[\s\S]*GROUP BY cluster\nORDER BY cluster;\n$/)
})

test('bad input is one sentence with exit code 2', async () => {
  await folder.write('negative.csv', 'cluster,n,mean_1,mean_2,product_1_1,product_2_1,product_2_2\nA,3,1,2,4,1,-1\n')
  await folder.write('twice.csv', 'cluster,n,mean_1,mean_2,product_1_1,product_2_1,product_2_2\nA,3,1,2,4,1,1\nA,3,1,2,4,,1\n')
  const sums = (file: string) => ['robust', '--sums', folder.path(file), '--formula', 'post ~ pre']
  const sql = ['sums', '--sql', '--cluster', 'school', '--formula']
  const wrong = [
    [sums('negative.csv'), 'negative.csv row 2, column product_2_2: a sum of squares is not below zero'],
    [sums('twice.csv'), 'twice.csv row 3, column cluster: A stands here twice'],
    [sums('trial.csv'), 'trial.csv has no column cluster'],
    [[...sums('sums.csv'), '--reference', 'arm=full'], '--reference goes with --data'],
    [[...sql, 'post ~ factor(grade)'], '--levels must name the levels of grade'],
    [[...sql, 'post ~ arm', '--levels', 'arm=control'], '--levels takes column=reference|level'],
    [[...sql, 'post ~ arm', '--levels', 'sex=F|M'], '--levels names sex, which is not in the formula'],
    [['sums', '--sql', '--formula', 'post ~ arm'], 'sums needs --cluster'],
  ] as const
  const ended = await Promise.all(wrong.map(([args]) => folder.run(...args)))
  for (const [place, { code, errors }] of ended.entries()) {
    expect(errors).toContain(wrong[place]![1])
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
}, 20_000)
