import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose, hasOracles, oracle, withOracles } from '../../test/oracle.ts'

const folder = commandFolder()
const lines = Array.from({ length: 60 }, (_, pupil) => {
  const arm = pupil % 2 === 0 ? 'programme' : 'control'
  const school = `S${pupil % 6}`
  const lost = pupil % 7 === 0 || school === 'S5'
  return [arm, school, 10 + ((pupil * 7) % 11), lost ? '' : 8 + ((pupil * 5) % 9), pupil % 3 === 0 ? 'yes' : 'no'].join(',')
})
beforeAll(async () => {
  await folder.make()
  await folder.write('trial.csv', `arm,school,pre,post,left_behind\n${lines.join('\n')}\n`)
  await folder.write('wrong.csv', 'arm,school,pre,post\na,S1,1,2\nb,,x,2\na,S1,2,\nb,S2,3,1\n')
})
afterAll(folder.remove)

const arms = ['--data', 'trial.csv', '--arm', 'arm', '--control', 'control']
const run = (command: string, ...args: readonly string[]) =>
  folder.run(command, ...args.map((word) => (word.endsWith('.csv') ? folder.path(word) : word)))
const record = async (command: string, ...args: readonly string[]) => JSON.parse((await run(command, ...args, '--json')).output)

test('baseline grades pupils and describes schools, without a p-value', async () => {
  const asked = [...arms, '--covariates', 'pre,left_behind', '--cluster', 'school'] as const
  const found = await record('baseline', ...asked)
  expect(found).toMatchObject({ programme: 'programme', n: { programme: 30, control: 30 }, method: 'wwc-baseline-equivalence' })
  expect(found.rows.map(({ name, level }: { name: string; level: string }) => [name, level])).toEqual([
    ['pre', null],
    ['left_behind', 'yes'],
  ])
  expect(found.schools.sizes.programme).toMatchObject({ n: 3, least: 10, most: 10 })
  const analysed = await record('baseline', ...asked, '--post', 'post')
  expect(analysed.n.control).toBeLessThan(30)
  const { output } = await run('baseline', ...asked)
  expect(output).toContain("Hedges' g")
  expect(output).not.toMatch(/undefined|NaN|null|\bp\b/)
})

test('attrition is graded for pupils, for schools and for pupils of schools that stayed, and the lost are described', async () => {
  const asked = [...arms, '--post', 'post', '--pre', 'pre', '--by', 'left_behind', '--cluster', 'school'] as const
  const found = await record('attrition', ...asked)
  const lost = lines.filter((line) => line.split(',')[3] === '').length
  expectClose(found.pupils.overall, lost / 60, 1e-14)
  expect(found.schools).toMatchObject({ programme: { allocated: 3, analysed: 3 }, control: { allocated: 3, analysed: 2 }, grade: 'high' })
  expect(found.pupilsOfSchoolsThatStayed.control.allocated).toBe(20)
  expect(found.whoWasLost.baseline.both.lost.n).toBe(lost)
  expect(found.whoWasLost.groups).toHaveLength(2)
  const { output } = await run('attrition', ...asked)
  expect(output).toContain('schools, lost whole')
  expect(output).not.toMatch(/undefined|NaN|null/)
})

test('rows that name no arm are left out and counted', async () => {
  await folder.write('unnamed.csv', 'arm,pre,post\na,1,2\na,2,1\na,4,\nb,3,1\nb,5,2\nb,2,2\n,9,9\nNA,1,1\n')
  const unnamed = ['--data', 'unnamed.csv', '--arm', 'arm', '--control', 'b'] as const
  expect(await record('attrition', ...unnamed, '--post', 'post')).toMatchObject({
    withoutArm: 2,
    pupils: { programme: { allocated: 3, analysed: 2 } },
  })
  expect((await run('baseline', ...unnamed, '--covariates', 'pre')).output).toContain('2 rows name no arm and were left out.')
})

test.skipIf(!hasOracles)(
  withOracles('wwc answers with the published examples'),
  async () => {
    type Example = Readonly<Record<string, number>>
    type Wwc = { readonly cluster: Readonly<Record<string, Example>>; readonly cox_index: Example; readonly improvement_index: Example }
    const { cluster, cox_index: cox, improvement_index } = oracle<{ readonly wwc: Wwc }>('misc.json').wwc
    for (const one of Object.values(cluster)) {
      const asked = ['--g', one.g_unadjusted!, '--n', `${one.n1},${one.n0}`, '--schools', one.M!, '--icc', one.icc!].map(String)
      const { clusteredG } = await record('wwc', ...asked)
      for (const [field, key] of [
        ['estimate', 'g_total_variance'],
        ['gamma', 'gamma'],
        ['df', 'h'],
        ['dfCorrection', 'omega_h'],
        ['designEffect', 'design_effect_eta'],
        ['standardError', 'se_E'],
        ['uncorrectedStatistic', 't_uncorrected'],
        ['statistic', 't_corrected'],
        ['p', 'p_corrected'],
      ] as const)
        expectClose(clusteredG[field], one[key]!, 1e-12, key)
    }
    const { coxIndex } = await record('wwc', '--proportions', `${cox.p1},${cox.p0}`, '--n', `${cox.n1},${cox.n0}`)
    expectClose(coxIndex.uncorrected, cox.cox!, 1e-12)
    expectClose(coxIndex.estimate, cox.cox_small!, 1e-12)
    expectClose((await record('wwc', '--g', String(improvement_index.g))).improvementIndex, improvement_index.index!, 1e-12)
  },
  20_000,
)

test.each([
  [['baseline', ...arms, '--covariates', 'pre', '--factors', 'post'], '--factors names post, which is not among --covariates'],
  [['baseline', '--data', 'wrong.csv', '--arm', 'arm', '--control', 'a', '--covariates', 'pre'], 'wrong.csv row 3, column pre: x is not a'],
  [
    ['baseline', '--data', 'wrong.csv', '--arm', 'arm', '--control', 'a', '--covariates', 'post', '--cluster', 'school'],
    'wrong.csv row 3, column school: is missing; every pupil has a school',
  ],
  [['attrition', ...arms], 'attrition needs --post'],
  [['attrition', ...arms, '--post', 'post', '--by', 'post'], 'attrition: the column post is named for two things'],
  [['attrition', ...arms, '--post', 'left_behind'], 'trial.csv row 2, column left_behind: yes is not a number'],
  [['wwc'], 'wwc needs --g, --proportions or --overall'],
  [['wwc', '--g', '1', '--icc', '0.1'], '--schools and --icc go together'],
  [['wwc', '--g', '1', '--icc', '0.1', '--schools', '9'], '--schools needs --n beside it'],
  [['wwc', '--overall', '15'], '--overall takes a share from 0 to 1, got 15'],
  [['wwc', '--proportions', '0.1,2', '--n', '9,9'], '--proportions takes two numbers from 0 to 1'],
])('%j is refused in one sentence', async ([command, ...args], sentence) => {
  const { code, errors } = await run(command!, ...args)
  expect([code, errors.trim().split('\n').length]).toEqual([2, 1])
  expect(errors).toContain(sentence)
})
