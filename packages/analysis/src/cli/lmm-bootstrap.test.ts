import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { golden } from '../../test/oracle.ts'
import { clusterBootstrap } from '../bootstrap/cluster-bootstrap.ts'
import { type ModelRow, schoolSums } from '../models/school-sums.ts'

const { rows } = golden<{ readonly cases: readonly { readonly rows: readonly ModelRow[] }[] }>('random-intercept').cases[0]!

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  const lines = rows.map(({ school, values: [arm, pre, post] }) => `${school},${arm === 1 ? 'programme' : 'control'},${pre},${post}`)
  await folder.write('trial.csv', `school,arm,pre,post\n${lines.join('\n')}\n`)
})
afterAll(folder.remove)

const asked = (formula: string, ...more: readonly string[]) =>
  folder.run('lmm', '--data', folder.path('trial.csv'), '--formula', formula, '--bootstrap', 'cluster', '--resamples', '200', ...more)

test('lmm --bootstrap cluster resamples the schools of each arm, for the arm unless another coefficient is named', async () => {
  const { output } = await asked('post ~ arm + pre + (1 | school)', '--json')
  const [found, ...more] = JSON.parse(output).clusterBootstrap
  const wanted = clusterBootstrap(schoolSums(rows), ['arm', 'pre'], { coefficient: 'arm', within: ['arm'], resamples: 200, seed: 1 })
  expect(more).toEqual([])
  expect(found).toMatchObject({ coefficient: 'armprogramme', within: ['armprogramme'], resamples: 200 })
  if (wanted.kind === 'estimated') expect(found.interval.lower).toBeCloseTo(wanted.interval.lower, 9)
  else expect.fail(wanted.reason)
  const { output: table } = await asked('post ~ arm + pre + (1 | school)', '--coefficient', 'pre', '--seed', '2')
  expect(table).toMatch(/bootstrap of \d+ clusters, within armprogramme, 200 resamples/)
})

test.each([
  ['post ~ arm + (1 | school)', ['--coefficient', 'age'], '--coefficient takes (Intercept) or armprogramme, got age'],
  ['post ~ arm + (1 | school)', ['--seed', '-1'], '--seed takes a whole number from 0 to 4294967295, got -1'],
  ['post ~ arm + (pre | school)', [], '--bootstrap cluster is for one random intercept'],
])(
  '%s %j is refused in one sentence',
  async (formula, more, sentence) => {
    const { code, errors } = await asked(formula, ...more)
    expect([code, errors.trim().split('\n').length]).toEqual([2, 1])
    expect(errors).toContain(sentence)
  },
  20_000,
)

test('few clusters are said with a permutation p of the arm', async () => {
  const { output } = await folder.run('lmm', '--data', folder.path('trial.csv'), '--formula', 'post ~ arm + pre + (1 | school)', '--json')
  const { permutations, warnings } = JSON.parse(output)
  expect(warnings).toContain('few-schools')
  expect(permutations).toMatchObject([{ name: 'armprogramme', kind: 'estimated' }])
  expect(permutations[0].p > 0 && permutations[0].p <= 1).toBe(true)
})
