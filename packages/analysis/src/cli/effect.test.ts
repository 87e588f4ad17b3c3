import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { ancovaCases, prePostControlCases, twoSampleCases } from '../../test/comparisons.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import type { ModelRow } from '../models/school-sums.ts'

type Case = {
  readonly rows: readonly ModelRow[]
  readonly coefficients: readonly { readonly estimate: number; readonly standardError: number; readonly df: number }[]
}
const clustered = golden<{ readonly cases: readonly Case[] }>('random-intercept').cases[0]!
const [, scores] = prePostControlCases[0]!
const [, adjusted] = ancovaCases[0]!
const [, samples] = twoSampleCases[0]!

const folder = commandFolder()
type Waves = { readonly before: readonly number[]; readonly after: readonly number[] }
const lines = (arm: string, { before, after }: Waves) => before.map((value, k) => `${arm},${value},${after[k]}`)
beforeAll(async () => {
  await folder.make()
  await folder.write(
    'scores.csv',
    `arm,pre,post\n${[...lines('programme', scores.programme), ...lines('control', scores.control)].join('\n')}\nprogramme,,4\n`,
  )
  await folder.write('lines.csv', `arm,pre,post\n${[...lines('p', adjusted.programme), ...lines('c', adjusted.control)].join('\n')}\n`)
  await folder.write(
    'after.csv',
    `arm,post\n${[...samples.first.map((y) => `a,${y}`), ...samples.second.map((y) => `b,${y}`)].join('\n')}\n`,
  )
  const rows = clustered.rows.map(
    ({ school, values: [arm, pre, post] }) => `${school},${arm === 1 ? 'programme' : 'control'},${pre},${post}`,
  )
  await folder.write('schools.csv', `school,arm,pre,post\n${rows.join('\n')}\n`)
  await folder.write('binary.csv', `arm,risk\n${['a,1', 'a,0', 'a,1', 'a,1', 'b,0', 'b,0', 'b,1', 'b,0', 'b,NA'].join('\n')}\n`)
  await folder.write('three.csv', 'arm,post\na,1\nb,2\nc,3\na,4\nb,x\n')
  await folder.write('arms.csv', 'arm,post\na,1\na,3\nb,2\nb,4\nc,3\nc,9\n')
  await folder.write('alone.csv', 'arm,school,post\na,S1,1\na,S1,2\na,S1,4\nb,S2,3\nb,S2,5\nb,S2,9\n')
  const silent = Array.from(
    { length: 120 },
    (_, k) => `${k < 60 ? 'c' : 'p'},${k < 60 ? 's' : 't'}${k % 6},${k < 60 ? 0 : Number(k % 7 === 0)}`,
  )
  await folder.write('silent.csv', `arm,school,post\n${silent.join('\n')}\n`)
  await folder.write('one.csv', 'arm,post\na,1\na,2\n')
})
afterAll(folder.remove)

const effect = async (file: string, ...args: readonly string[]) =>
  folder.run('effect', '--data', folder.path(file), '--arm', 'arm', ...args)
const record = async (file: string, ...args: readonly string[]) => {
  const { code, output } = await effect(file, ...args, '--json')
  expect(code).toBe(0)
  return JSON.parse(output)
}

test('without a baseline the arms are compared after, and nothing else is claimed', async () => {
  const found = await record('after.csv', '--post', 'post', '--control', 'b')
  expectClose(found.post.student.p, samples.student.p!, 1e-12)
  expectClose(found.post.glassDelta.estimate, samples.glass, 1e-12)
  expectClose(found.post.rankSum.approximateP, samples.rank_sum.p, 1e-12)
  expect([found.baseline, found.change, found.within, found.prePostControl, found.adjusted, found.clustered]).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ])
})

test('with a baseline come changes, d_ppc and the adjusted difference, of the pupils who have both', async () => {
  const found = await record('scores.csv', '--post', 'post', '--pre', 'pre', '--control', 'control', '--bound', '2')
  expect(found).toMatchObject({ leftOut: 1, n: { programme: 30, control: 26 }, programme: 'programme', covariates: ['baseline'] })
  for (const key of ['ppc1', 'ppc2', 'ppc3'] as const) expectClose(found.prePostControl[key].estimate, scores[key].estimate, 1e-12, key)
  expect(found.within.control.standardisedChange.dav.standardisedBy).toBe('mean-of-standard-deviations')
  expect(found.post.equivalence.bounds).toEqual([-2, 2])
  const lined = await record('lines.csv', '--post', 'post', '--pre', 'pre', '--control', 'c')
  expectClose(lined.adjusted.estimate, adjusted.effect.estimate!, 1e-12)
  expectClose(lined.adjusted.g.estimate, adjusted.g, 1e-12)
})

test('with schools the mixed model, CR2 and the corrected g stand beside the naive result', async () => {
  const found = (await record('schools.csv', '--post', 'post', '--pre', 'pre', '--control', 'control', '--cluster', 'school')).clustered
  const [, arm] = found.model.coefficients
  expectClose(arm.kenwardRoger.standardError, clustered.coefficients[1]!.standardError, 1e-6)
  expectClose(arm.kenwardRoger.df, clustered.coefficients[1]!.df, 1e-6)
  expect(found.robust).toMatchObject({ kind: 'estimated', method: 'CR2' })
  expectClose(found.standardised.estimate, arm.estimate / found.standardised.standardDeviation, 1e-15)
  expect(found.clusteredG.df).toBeLessThan(clustered.rows.length - 2)
  expect(found.schoolsByArm.programme + found.schoolsByArm.control).toBe(found.schools)
  expect(found.intraclassCorrelation.programme.kind).toBe('estimated')
  expect(found.permutation).toMatchObject({ method: 'school-permutation-exact' })
})

test('arms of one school each are answered by what can be answered, and the rest is said', async () => {
  const found = await record('alone.csv', '--post', 'post', '--control', 'b', '--cluster', 'school')
  expect([found.clustered.robust, found.clustered.clusteredG]).toEqual([{ kind: 'not-estimable', reason: 'too-few-schools' }, null])
  expect(found.post.welch.kind).toBe('estimated')
  const { output } = await effect('alone.csv', '--post', 'post', '--control', 'b', '--cluster', 'school')
  expect(output).toContain('One arm has a single school')
})

test('an outcome of 0 and 1 is compared as proportions', async () => {
  const found = await record('binary.csv', '--post', 'risk', '--control', 'b')
  expect(found.proportions).toMatchObject({ proportions: [0.75, 0.25], riskDifference: { estimate: 0.5 } })
  expectClose(found.proportions.oddsRatio.estimate, 9, 1e-14)
})

test('reliable change is counted when the reliability is named', async () => {
  const asked = ['--post', 'post', '--pre', 'pre', '--control', 'control', '--reliability', '0.8', '--better', 'lower', '--cut-off', '10']
  const { individuals } = await record('scores.csv', ...asked)
  const { recovered, improved, unchanged, worse } = individuals.programme.counts
  expect(recovered + improved + unchanged + worse).toBe(30)
  expect(individuals.control.index).toBeUndefined()
})

test('of several arms each is compared with the control, or the one that is named', async () => {
  const each = await record('arms.csv', '--post', 'post', '--control', 'a')
  const named = await record('arms.csv', '--post', 'post', '--control', 'a', '--programme', 'c')
  expect(each.comparisons.map(({ programme }: { programme: string }) => programme)).toEqual(['b', 'c'])
  expect(named.post).toEqual(each.comparisons[1].post)
  expect((await effect('arms.csv', '--post', 'post', '--control', 'a')).output).toMatch(/^b against a\n\n[\s\S]*\nc against a\n/)
})

test('a bootstrap interval of d is made when resamples are named, the same for a seed', async () => {
  const asked = ['--post', 'post', '--control', 'b', '--bootstrap', '500', '--seed', '4'] as const
  const [one, other] = [await record('after.csv', ...asked), await record('after.csv', ...asked)]
  expect(one.bootstrap).toMatchObject({ method: 'bca-bootstrap-of-d', resamples: 500 })
  expect(other.bootstrap).toEqual(one.bootstrap)
  expect((await effect('after.csv', ...asked)).output).toContain("Cohen's d after, BCa bootstrap")
})

test('the tables name what divides each effect, and call the naive result naive', async () => {
  const { output } = await effect('schools.csv', '--post', 'post', '--pre', 'pre', '--control', 'control', '--cluster', 'school')
  for (const words of [
    'the result to report',
    'as if pupils were independent, which they are not',
    'pooled SD before',
    'SD of the control arm after',
    'ICC within arms',
    'Arms dealt out to the schools anew',
  ])
    expect(output).toContain(words)
  expect(output).not.toMatch(/undefined|NaN|null/)
})

test.each([
  ['three.csv', ['--post', 'post', '--control', 'z'], 'three.csv, column arm: has no level z, its levels are a, b, c'],
  ['three.csv', ['--post', 'post', '--control', 'a', '--programme', 'b'], 'three.csv row 6, column post: x is not a number'],
  ['one.csv', ['--post', 'post', '--control', 'a'], 'one.csv, column arm: has one level, a; two arms are compared'],
  ['one.csv', ['--post', 'post', '--control', 'a', '--pre', 'post'], 'effect: the column post is named for two things'],
  ['one.csv', ['--control', 'a'], 'effect needs --post'],
  ['after.csv', ['--post', 'post', '--control', 'b', '--bootstrap', '5'], '--bootstrap takes a whole number from 100 to 100000, got 5'],
  ['after.csv', ['--post', 'post', '--control', 'b', '--bound', '0'], '--bound takes a number above 0, got 0'],
  ['after.csv', ['--post', 'post', '--control', 'b', '--reliability', '0.8'], '--reliability needs --pre and --better beside it'],
  ['after.csv', ['--post', 'post', '--control', 'b', '--better', 'lower'], '--better needs --reliability beside it'],
] as const)('%s %j is refused in one sentence', async (file, args, sentence) => {
  const { code, errors } = await effect(file, ...args)
  expect([code, errors.trim().split('\n').length]).toEqual([2, 1])
  expect(errors).toContain(sentence)
})

test('an arm without a single event gives what can be given, and ends', async () => {
  const found = await record('silent.csv', '--post', 'post', '--control', 'c', '--cluster', 'school')
  expect(found.proportions.riskRatio).toBeNull()
  expect(found.clusteredProportions.proportions.riskDifference.estimate).toBeCloseTo(9 / 60, 12)
  const control = found.clustered.robust.coefficients[0]
  expect([Math.abs(control.estimate) < 1e-12, control.standardError, control.p]).toEqual([true, 0, null])
})
