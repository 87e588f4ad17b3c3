import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { waveTrial } from '../../test/nested-trials.ts'
import { expectClose } from '../../test/oracle.ts'

const folder = commandFolder()
const header = 'school,pupil,wave,arm,y'
beforeAll(async () => {
  await folder.make()
  const lines = waveTrial.rows.map(({ school, pupil, wave, arm, y }) => [school, pupil, wave, arm, y].join(','))
  await folder.write('waves.csv', [header, ...lines, 'S1,P99,w1,programme,', ',P1,w1,programme,3', ''].join('\n'))
  await folder.write('twice.csv', [header, ...lines, lines[0], ''].join('\n'))
})
afterAll(folder.remove)

const columns = ['--score', 'y', '--wave', 'wave', '--arm', 'arm', '--school', 'school', '--pupil', 'pupil']
const asked = (file: string, ...more: readonly string[]) => folder.run('waves', '--data', folder.path(file), ...columns, ...more)

test('--json has the contrasts of lme4 with both tests', async () => {
  const { code, output } = await asked('waves.csv', '--control', 'control', '--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  expect(record).toMatchObject({ waves: ['w0', 'w1', 'w2', 'w3'], n: waveTrial.rows.length, missing: 1, unnamedRows: 1 })
  for (const { wave, kenwardRoger } of record.contrasts) {
    const place = waveTrial.REML.coefficients.findIndex(({ name }) => name === `wave${wave}:armprogramme`)
    expectClose(kenwardRoger.estimate, waveTrial.REML.coefficients[place]!.estimate, 1e-6)
    expectClose(kenwardRoger.df, waveTrial.REML.kenwardRoger[place]!.df, 1e-6)
  }
}, 30_000)

test('the table reads as words, the waves in the order that is named', async () => {
  const { output } = await asked('waves.csv', '--control', 'programme', '--waves', 'w3,w0')
  expect(output).toMatch(/^difference in change since w3 against programme by REML/)
  expect(output).toContain('1 rows without a school, a pupil, an arm or a wave were left out.')
  expect(output).toContain('There are fewer than 20 clusters')
}, 30_000)

test('bad input is one sentence with exit code 2', async () => {
  const wrong = [
    [['waves.csv'], 'waves needs --control'],
    [['waves.csv', '--control', 'placebo'], 'has no arm placebo for --control, there are programme, control'],
    [['waves.csv', '--control', 'control', '--waves', 'w0,later'], 'has no wave later for --waves'],
    [['twice.csv', '--control', 'control'], 'pupil S1P1 of S1 has two rows of wave w'],
    [['waves.csv', '--control', 'control', '--waves', 'w0'], 'at least two waves are compared, there is w0 alone'],
  ] as const
  const ended = await Promise.all(wrong.map(([[file, ...more]]) => asked(file, ...more)))
  for (const [place, { code, errors }] of ended.entries()) {
    expect(errors).toContain(wrong[place]![1])
    expect(errors.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
}, 30_000)
