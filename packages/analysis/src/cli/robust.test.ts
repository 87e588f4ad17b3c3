import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import type { ModelRow } from '../models/school-sums.ts'

type Wanted = { readonly type: string; readonly standardErrors: readonly number[]; readonly df: readonly number[] }
type Case = { readonly rows: readonly ModelRow[]; readonly types: readonly Wanted[] }
const { rows, types } = golden<{ readonly cases: readonly Case[] }>('cluster-robust').cases[0]!

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  const lines = rows.map(
    ({ school, values: [full, short, pre, post] }) => `${school},${full ? 'full' : short ? 'short' : 'control'},${pre},${post}`,
  )
  await folder.write('trial.csv', `school,arm,pre,post\n${lines.join('\n')}\n`)
})
afterAll(folder.remove)

const asked = (...more: readonly string[]) =>
  folder.run('robust', '--data', folder.path('trial.csv'), '--formula', 'post ~ arm + pre', ...more)

test.each(types.map((one) => [one.type, one] as const))(
  '--type %s --json has the standard errors and df of clubSandwich',
  async (type, wanted) => {
    const { code, output } = await asked('--cluster', 'school', '--type', type, '--json')
    expect(code).toBe(0)
    const record = JSON.parse(output)
    expect(record).toMatchObject({ method: type, clusters: 12, references: { arm: 'control' } })
    expect(record.coefficients.map(({ name }: { name: string }) => name)).toEqual(['(Intercept)', 'armfull', 'armshort', 'pre'])
    for (const [place, standardError] of wanted.standardErrors.entries()) {
      expectClose(record.coefficients[place].standardError, standardError, 1e-10)
      expectClose(record.coefficients[place].df, wanted.df[place]!, 1e-10)
    }
    expect(record.waldTests.map(({ term, dfNumerator }: { term: string; dfNumerator: number }) => [term, dfNumerator])).toEqual([
      ['arm', 2],
      ['pre', 1],
    ])
  },
)

test('a random intercept in the formula is fitted, its groups being the clusters', async () => {
  const formula = 'post ~ arm + pre + (1 | school)'
  const [robust, mixed] = await Promise.all(
    ['robust', 'lmm'].map((name) => folder.run(name, '--data', folder.path('trial.csv'), '--formula', formula, '--json')),
  )
  const [one, other] = [robust!, mixed!].map(({ output }) => JSON.parse(output))
  expect(one).toMatchObject({ method: 'CR2', cluster: 'school', clusters: 12 })
  for (const [place, { estimate }] of other.coefficients.entries()) expectClose(one.coefficients[place].estimate, estimate, 1e-10)
})

test('the table reads as words, CR2 unless another type is named', async () => {
  const { output } = await asked('--cluster', 'school')
  expect(output).toMatch(/^coefficients by least squares, standard errors CR2 \(74 rows, 12 of school\)/)
  expect(output).toContain('There are fewer than 20 clusters')
})

test('few clusters are said in words, with a permutation p for an arm of whole clusters', async () => {
  await folder.write('few.csv', 'school,arm,post\nA,x,1\nA,x,2\nB,y,4\nB,y,3\nC,x,2\nC,x,0\nD,y,5\nD,y,3\n')
  const few = ['robust', '--data', folder.path('few.csv'), '--cluster', 'school', '--formula', 'post ~ arm'] as const
  const { output } = await folder.run(...few)
  expect(output).toContain('There are fewer than 20 clusters')
  expect(output).toContain('army dealt out to the clusters anew gives a difference this large with p 0.333 (all 6 allocations)')
  expect(output).toContain('compare --bootstrap wild')
  const { output: json } = await folder.run(...few, '--bootstrap', 'wild', '--json')
  expect(JSON.parse(json)).toMatchObject({
    wildBootstrap: { enumerated: true, draws: 8, leastP: 0.125, clusters: 4 },
    permutations: [{ name: 'army' }],
  })
  const { output: wild } = await folder.run(...few, '--bootstrap', 'wild')
  expect(wild).toContain('cannot give a p below 0.125: name --weights webb')
})

test('bad input is one sentence with exit code 2', async () => {
  await folder.write('own.csv', 'school,arm,post\nA,x,1\nA,x,2\nB,y,4\nB,y,3\nC,x,2\n')
  const own = ['robust', '--data', folder.path('own.csv'), '--cluster', 'school', '--formula']
  const wrong = [
    [['robust', '--data', folder.path('trial.csv'), '--formula', 'post ~ arm'], 'robust needs --cluster'],
    [[...own, 'post ~ arm', '--type', 'CR9'], '--type takes CR0 or CR1 or CR1S or CR2 or CR3, got CR9'],
    [[...own, 'post ~ arm + (1 | school)', '--type', 'CR3'], 'at least once a cluster is left out, as CR3 does'],
    [[...own, 'post ~ 1 + (1 | arm)'], "--cluster school is not the arm of the formula's random intercept"],
    [[...own, 'post ~ arm', '--type', 'CR3'], 'at least once a cluster is left out, as CR3 does'],
    [[...own, 'post ~ arm', '--bootstrap', 'pairs'], '--bootstrap takes wild, got pairs'],
    [[...own, 'post ~ 1 + (1 | school)', '--bootstrap', 'wild'], '--bootstrap wild is for least squares'],
    [[...own, 'post ~ arm', '--bootstrap', 'wild', '--draws', '5'], '--draws takes a whole number from 99 to 1000000, got 5'],
    [[...own, 'post ~ school + arm'], 'a column is a combination of others'],
  ] as const
  const ended = await Promise.all(wrong.map(([args]) => folder.run(...args)))
  for (const [place, { code, errors }] of ended.entries()) {
    expect(errors).toContain(wrong[place]![1])
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
})
