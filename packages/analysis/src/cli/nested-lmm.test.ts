import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { type NestedTrial, nestedTrials } from '../../test/nested-trials.ts'
import { expectClose } from '../../test/oracle.ts'

const folder = commandFolder()
const [classes, , pupils, pupilsInSchools] = nestedTrials
const textOf = ({ rows }: NestedTrial) =>
  `${Object.keys(rows[0]!).join(',')}\n${rows.map((row) => Object.values(row).join(',')).join('\n')}\n`
beforeAll(async () => {
  await folder.make()
  await folder.write('classes.csv', `${textOf(classes!)}S1,1,0,,3\n,1,0,50,3\n`)
  await folder.write('pupils.csv', textOf(pupils!))
  await folder.write('schools.csv', textOf(pupilsInSchools!))
})
afterAll(folder.remove)

const asked = (file: string, formula: string, ...more: readonly string[]) =>
  folder.run('lmm', '--data', folder.path(file), '--formula', formula, ...more)

test.each([
  ['classes.csv', classes!, ['school', 'class:school', 'residual']],
  ['pupils.csv', pupils!, ['pupil', 'pupil.wave', 'residual']],
  ['schools.csv', pupilsInSchools!, ['school', 'pupil', 'pupil.wave', 'residual']],
] as const)(
  '%s --json has both tests of every coefficient, and the variances of every level',
  async (file, trial, components) => {
    for (const method of ['REML', 'ML'] as const) {
      const { code, output } = await asked(file, trial.formula, '--method', method, '--json')
      expect(code).toBe(0)
      const record = JSON.parse(output)
      for (const [place, wanted] of trial[method].coefficients.entries()) {
        const found = record.coefficients[place]
        expect(found.name).toBe(wanted.name)
        expectClose(found.estimate, wanted.estimate, 1e-6)
        expectClose(found.satterthwaite.df, wanted.df, 1e-6)
        if (method === 'REML') expectClose(found.kenwardRoger.df, trial.REML.kenwardRoger[place]!.df, 1e-6)
        else expect(found.kenwardRoger).toBeNull()
      }
      expect(Object.keys(record.varianceComponents)).toEqual(components)
      expectClose(record.logLik, trial[method].logLik, 1e-9)
    }
  },
  60_000,
)

test('ids that are unique make the same model without a slash, and rows without a value or a group are counted', async () => {
  const unique = classes!.rows.map((row) => ({ ...row, class: `${row.school}-${row.class}` }))
  await folder.write('unique.csv', textOf({ ...classes!, rows: unique }))
  const [slash, plus] = await Promise.all([
    asked('classes.csv', classes!.formula, '--json'),
    asked('unique.csv', 'y ~ pre + arm + (1 | class) + (1 | school)', '--json'),
  ])
  const [one, other] = [JSON.parse(slash.output), JSON.parse(plus.output)]
  expect(one).toMatchObject({ incompleteRows: 2, n: classes!.rows.length, groups: { school: 9 } })
  expectClose(other.logLik, one.logLik, 1e-12)
  expectClose(other.icc.class, one.icc['class:school'], 1e-9)
}, 30_000)

test('the table reads as words', async () => {
  const { output } = await asked('classes.csv', classes!.formula)
  expect(output).toMatch(/^coefficients by REML \(150 rows; 9 of school, \d+ of class:school\)/)
  expect(output).toContain('(1 | class:school)')
  expect(output).toMatch(/arm dealt out to the clusters anew gives a difference this large with p [\d.]+ \(all 126 allocations\)/)
  expect(output).toContain('2 rows with a missing value were left out.')
}, 30_000)

test('functions of a column are computed, and named as R names them', async () => {
  const { output } = await asked('classes.csv', 'y ~ log(pre) + I(pre^2) + (1 | school/class)', '--json')
  expect(JSON.parse(output).coefficients.map(({ name }: { name: string }) => name)).toEqual(['(Intercept)', 'log(pre)', 'I(pre^2)'])
}, 30_000)

test('what is not fitted is refused with a sentence that names the groups', async () => {
  await folder.write('crossed.csv', 'school,rater,pupil,y\nA,x,1,1\nA,y,2,3\nB,x,3,2\nB,y,4,6\nA,x,5,4\nB,y,6,1\n')
  const wrong = [
    ['crossed.csv', 'y ~ 1 + (1 | school) + (1 | rater)', 'groups that cross are not fitted: one school lies in several groups of rater'],
    ['crossed.csv', 'y ~ 1 + (1 | school/pupil)', '6 complete rows are too few for what varies between the groups of pupil:school'],
    ['crossed.csv', 'y ~ 1 + (1 + nothing | school)', 'has no column nothing'],
    ['crossed.csv', 'y ~ 1 + (0 + pupil | school)', 'the intercept varies with the slopes'],
    ['crossed.csv', 'y ~ 1 + (pupil || school)', '|| is not fitted here'],
    ['crossed.csv', 'y ~ 1 + (1 | school) + (pupil | school)', 'the groups school stand in two parentheses'],
    ['classes.csv', 'y ~ log(arm) + (1 | school/class)', 'column arm: log(arm) has no value at 0'],
    ['classes.csv', 'y ~ pre + (1 | school/arm/class)', 'the groups of school and of arm:school are the same'],
  ] as const
  const ended = await Promise.all(wrong.map(([file, formula]) => asked(file, formula)))
  for (const [place, { code, errors }] of ended.entries()) {
    expect(errors).toContain(wrong[place]![2])
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
  const profile = await asked('classes.csv', classes!.formula, '--profile')
  expect(profile).toMatchObject({ code: 2, errors: '--profile goes with one random intercept, as in (1 | school)\n' })
}, 60_000)
