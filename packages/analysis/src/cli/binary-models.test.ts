import { afterAll, beforeAll, expect, test } from 'vitest'
import { binaryTrials } from '../../test/binary-trial.ts'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose } from '../../test/oracle.ts'

const one = binaryTrials[0]!
const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  const lines = one.rows.map(({ school, arm, pre, grade8, grade9, y }) =>
    [school, school.slice(1), 'A', arm ? 'programme' : 'control', pre, grade8 ? 8 : grade9 ? 9 : 7, y].join(','),
  )
  await folder.write('trial.csv', `school,number,county,arm,pre,grade,passed\n${lines.join('\n')}\nS01,01,A,control,,7,1\n`)
  await folder.write('apart.csv', 'school,arm,y\nA,x,1\nA,x,1\nB,y,0\nB,y,1\nC,x,1\nD,y,0\n')
})
afterAll(folder.remove)

const formula = 'passed ~ arm + pre + factor(grade)'
const asked = (name: string, ...more: readonly string[]) => folder.run(name, '--data', folder.path('trial.csv'), ...more)
const named = ['(Intercept)', 'armprogramme', 'pre', 'factor(grade)8', 'factor(grade)9']

test('gee --json has the coefficients of geepack, the corrections and the test of a whole factor', async () => {
  const wanted = one.gee.find(({ correlation, family }) => correlation === 'exchangeable' && family === 'binomial')!
  const { code, output } = await asked('gee', '--formula', formula, '--cluster', 'school', '--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect(record).toMatchObject({
    correlation: 'exchangeable',
    clusters: 12,
    incompleteRows: 1,
    references: { arm: 'control', 'factor(grade)': '7' },
  })
  expect(record.coefficients.map(({ name }: { name: string }) => name)).toEqual(named)
  for (const [k, own] of record.coefficients.entries()) {
    expectClose(own.estimate, wanted.estimate[k]!, 1e-9)
    expectClose(own.standardError, wanted.standardError[k]!, 1e-9)
    expectClose(own.kauermannCarroll.df, wanted.kauermannCarroll.df[k]!, 1e-9)
  }
  expect(record.waldTests.map(({ term, dfNumerator }: { term: string; dfNumerator: number }) => [term, dfNumerator])).toEqual([
    ['arm', 1],
    ['pre', 1],
    ['factor(grade)', 2],
  ])
  const several = await asked('gee', '--formula', formula, '--cluster', 'county,number', '--json')
  expect(JSON.parse(several.output).coefficients).toEqual(record.coefficients)
}, 30_000)

test('glmm --json has the coefficients of glmer, and --quadrature 1 those of Laplace', async () => {
  for (const [points, wanted] of one.glmm.slice(0, 2).map((found) => [found.points, found] as const)) {
    const { output } = await asked('glmm', '--formula', `${formula} + (1 | school)`, '--quadrature', String(points), '--json')
    const record = JSON.parse(output)
    expect(record).toMatchObject({ group: 'school', quadraturePoints: points, clusters: 12 })
    expectClose(record.clusterStandardDeviation, wanted.sd, 1e-5)
    for (const [k, own] of record.coefficients.entries()) expectClose(own.estimate, wanted.estimate[k]!, 1e-5)
  }
}, 30_000)

test('the tables read as words', async () => {
  const [one, other] = await Promise.all([
    asked('gee', '--formula', formula, '--cluster', 'school', '--correlation', 'independence'),
    asked('glmm', '--formula', `${formula} + (1 | school)`),
  ])
  expect(one.output).toMatch(/^coefficients by estimating equations, independence \(174 rows, 12 of school\)/)
  expect(one.output).toContain('Kauermann and Carroll, df after Satterthwaite: the ones to report')
  expect(other.output).toMatch(/^log odds ratios within a school, by adaptive quadrature with 25 points/)
  expect(other.output).toContain('1 rows with a missing value were left out.')
}, 30_000)

test('effect counts the schools in proportions, and adjusts the odds ratio where there are covariates', async () => {
  const { output } = await asked(
    'effect',
    '--post',
    'passed',
    '--arm',
    'arm',
    '--control',
    'control',
    '--cluster',
    'school',
    '--covariates',
    'pre',
    '--json',
  )
  const { proportions, clusteredProportions } = JSON.parse(output)
  expectClose(clusteredProportions.proportions.riskDifference.estimate, proportions.riskDifference.estimate, 1e-12)
  expect(clusteredProportions.proportions).toMatchObject({ kind: 'estimated', method: 'two-proportions-cr2', schools: 12 })
  expect(clusteredProportions.adjusted).toMatchObject({ kind: 'estimated', method: 'gee-exchangeable-kauermann-carroll' })
}, 30_000)

test('bad input is one sentence with exit code 2, separation among it', async () => {
  const apart = ['--data', folder.path('apart.csv'), '--formula']
  const trial = ['--data', folder.path('trial.csv'), '--formula']
  const wrong = [
    [['gee', ...apart, 'y ~ arm', '--cluster', 'school'], 'army tells the outcome apart without error (quasi-complete separation)'],
    [['glmm', ...apart, 'y ~ arm + (1 | school)'], 'tells the outcome apart without error'],
    [['gee', ...trial, formula], 'gee needs --cluster'],
    [['gee', ...trial, 'pre ~ arm', '--cluster', 'school'], 'column pre: a binary outcome is 0 or 1'],
    [['gee', ...trial, `${formula} + (1 | school)`, '--cluster', 'school'], 'gee takes no random intercept'],
    [['glmm', ...trial, formula], 'glmm needs a random intercept'],
    [['glmm', ...trial, `${formula} + (1 | county/school)`], 'one random intercept is fitted to a binary outcome'],
    [
      ['glmm', ...trial, `${formula} + (1 | school)`, '--quadrature', '0'],
      '--quadrature takes a whole number of points from 1 (Laplace) to 100, got 0',
    ],
  ] as const
  const ended = await Promise.all(wrong.map(([args]) => folder.run(...args)))
  for (const [place, { code, errors }] of ended.entries()) {
    expect(errors).toContain(wrong[place]![1])
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
}, 60_000)
