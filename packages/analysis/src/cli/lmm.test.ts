import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import type { ModelRow } from '../models/school-sums.ts'

type Case = { readonly rows: readonly ModelRow[] }
const { rows } = golden<{ readonly cases: readonly Case[] }>('random-intercept').cases[0]!
const wanted = golden<{
  readonly cases: readonly { readonly coefficients: readonly { readonly standardError: number; readonly df: number }[] }[]
}>('random-intercept').cases[0]!.coefficients

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  const lines = rows.map(({ school, values: [arm, pre, post] }) => `${school},${arm === 1 ? 'programme' : 'control'},${pre},${post}`)
  await folder.write('trial.csv', `school,arm,pre,post\n${lines.join('\n')}\nS1,control,,4\nS2,NA,3,4\n`)
})
afterAll(folder.remove)

const formula = 'post ~ arm + pre + (1 | school)'
const asked = (...more: readonly string[]) => folder.run('lmm', '--data', folder.path('trial.csv'), '--formula', formula, ...more)

test('--json has every coefficient by both methods, and the variances', async () => {
  const { code, output } = await asked('--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect(record).toMatchObject({ method: 'REML', n: rows.length, incompleteRows: 2, references: { arm: 'control' }, group: 'school' })
  expect(record.coefficients.map(({ name }: { name: string }) => name)).toEqual(['(Intercept)', 'armprogramme', 'pre'])
  for (const [place, { standardError, df }] of wanted.entries()) {
    expectClose(record.coefficients[place].kenwardRoger.standardError, standardError, 1e-6)
    expectClose(record.coefficients[place].kenwardRoger.df, df, 1e-6)
    expect(record.coefficients[place].satterthwaite.p).toBeGreaterThan(0)
  }
  expectClose(
    record.icc,
    record.varianceComponents.cluster / (record.varianceComponents.cluster + record.varianceComponents.residual),
    1e-12,
  )
  expect(record.randomEffects).toMatchObject([
    { group: 'school', groups: record.clusters, covariance: [[record.varianceComponents.cluster]] },
  ])
  expect(record.likelihoodRatioTests.terms.map(({ term }: { term: string }) => term)).toEqual(['arm', 'pre'])
})

test('the reference turns the sign of the effect', async () => {
  const [one, other] = await Promise.all([asked('--json'), asked('--json', '--reference', 'arm=programme')])
  const [armprogramme, armcontrol] = [one, other].map(({ output }) => JSON.parse(output).coefficients[1])
  expect(armcontrol.name).toBe('armcontrol')
  expectClose(armcontrol.estimate, -armprogramme.estimate, 1e-10)
})

test('--profile adds the intervals of the variances, the icc and the coefficients', async () => {
  const { profileIntervals, icc } = JSON.parse((await asked('--json', '--profile')).output)
  expect(profileIntervals.icc.lower).toBeLessThan(icc)
  expect(profileIntervals.icc.upper).toBeGreaterThan(icc)
  expect(profileIntervals.coefficients.map(({ name }: { name: string }) => name)).toEqual(['(Intercept)', 'armprogramme', 'pre'])
  expect((await asked('--profile')).output).toContain('95% profile intervals by ML\n')
})

test('the table reads as words', async () => {
  const { output } = await asked('--method', 'ML')
  expect(output).toMatch(/^coefficients by ML \(\d+ rows, 10 of school\)/)
  expect(output).toContain('2 rows with a missing value were left out.')
  expect(output).toContain('There are fewer than 20 clusters')
})

test('bad input is one sentence with exit code 2', async () => {
  await folder.write('words.csv', 'school,arm,pre,post\nA,x,1,2\nA,x,two,3\nB,x,1,many\n')
  const words = ['lmm', '--data', folder.path('words.csv')]
  const wrong = [
    [[...words, '--formula', formula], 'words.csv row 4, column post: many is not a number'],
    [[...words, '--formula', 'school ~ pre + (1 | arm)'], 'words.csv row 2, column school: A is not a number'],
    [[...words, '--formula', 'pre ~ wave + (1 | school)'], 'words.csv has no column wave, its columns are school, arm, pre, post'],
    [[...words, '--formula', 'post ~ pre'], 'formula: lmm needs a random intercept'],
    [['lmm', '--formula', formula], 'lmm needs --data'],
    [
      ['lmm', '--data', folder.path('trial.csv'), '--formula', formula, '--reference', 'arm=placebo'],
      'has no level placebo, its levels are control, programme',
    ],
    [
      ['lmm', '--data', folder.path('trial.csv'), '--formula', formula, '--reference', 'sex=F'],
      '--reference names sex, which is not in the formula',
    ],
  ] as const
  const ended = await Promise.all(wrong.map(([args]) => folder.run(...args)))
  for (const [place, { code, errors }] of ended.entries()) {
    expect(errors).toContain(wrong[place]![1])
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
}, 20_000)
