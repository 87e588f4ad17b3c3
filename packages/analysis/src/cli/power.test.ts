import { expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose } from '../../test/oracle.ts'
import { clusterPower } from '../planning/cluster-power.ts'

const { run } = commandFolder()
const plan = ['--pupils', '100', '--icc', '0.03', '--correlation', '0.6', '--attrition', '0.2']

test('power, the smallest effect and the schools needed come from one plan', async () => {
  const { code, output } = await run('power', ...plan, '--schools', '24', '--effect', '0.25', '--json')
  expect(code).toBe(0)
  const record = JSON.parse(output)
  const design = { schools: 24, pupils: 80, intraclassCorrelation: 0.03, rSquared: { pupils: 0.36, schools: 0.36 }, schoolCovariates: 1 }
  expectClose(record.found.power, clusterPower(0.25, design).power, 1e-14)
  expectClose(clusterPower(record.minimumDetectableEffect, design).power, 0.8, 1e-12)
  expect(record.schoolsNeeded % 2).toBe(0)
})

test('the table says what was asked and no more', async () => {
  const { output } = await run('power', ...plan, '--effect', '-0.25')
  expect(output).toMatch(/schools needed to find -0.25 with power 0.8\s+\d+/)
  expect(output).not.toContain('smallest effect')
})

test.each([
  [['--icc', '0.03', '--schools', '8'], 'power needs --pupils'],
  [['--pupils', '20', '--icc', '3', '--schools', '8'], '--icc takes a number from 0 to 1, got 3'],
  [['--pupils', '20', '--icc', '0.1', '--schools', '2'], '--schools takes a whole number of 3 or more, got 2'],
  [['--pupils', '20', '--icc', '0.1'], 'power needs --schools or --effect'],
  [['--pupils', '1', '--icc', '0.1', '--attrition', '0.5', '--effect', '1'], 'after attrition no school has a pupil left'],
])('%j is refused in one sentence', async (args, sentence) => {
  const { code, errors } = await run('power', ...args)
  expect([code, errors.trim().split('\n').length]).toEqual([2, 1])
  expect(errors).toContain(sentence)
})

test('--simulate tells the power of the same plan by simulated trials, the same for a seed', async () => {
  const asked = [...plan, '--schools', '12', '--effect', '0.3', '--simulate', '200', '--json'] as const
  const [one, again] = await Promise.all([run('power', ...asked), run('power', ...asked)])
  const { simulated, found } = JSON.parse(one.output)
  expect(simulated).toMatchObject({ trials: 200, failed: 0, covariates: 'baseline', power: { effect: 0.3 } })
  expect(Math.abs(simulated.power.share - found.power)).toBeLessThan(0.15)
  expect(again.output).toBe(one.output)
  const { code, errors } = await run('power', ...plan, '--effect', '0.3', '--simulate', '200')
  expect([code, errors.trim()]).toEqual([2, '--simulate needs --schools beside it'])
})
