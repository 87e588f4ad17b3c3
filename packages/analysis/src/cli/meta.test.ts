import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandFolder } from '../../test/command-folder.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import type { Study } from '../synthesis/meta-analysis.ts'

type Case = { readonly studies: readonly Study[]; readonly reml: { readonly estimate: number; readonly betweenVariance: number } }
const wanted = golden<{ readonly meta: readonly Case[] }>('synthesis').meta[0]!

const folder = commandFolder()
beforeAll(async () => {
  await folder.make()
  const lines = wanted.studies.map(({ estimate, variance }, k) => `county ${k + 1},${estimate},${variance},${Math.sqrt(variance)}`)
  await folder.write('counties.csv', `county,g,v,se\n${lines.join('\n')}\ncounty 7,0.2,NA,\n`)
  await folder.write('wrong.csv', 'g,v\n0.1,0.2\n0.3,0\n')
})
afterAll(folder.remove)

test('variances or standard errors give the same record', async () => {
  const asked = ['meta', '--data', folder.path('counties.csv'), '--estimate', 'g', '--json']
  const runs = [folder.run(...asked, '--variance', 'v', '--label', 'county'), folder.run(...asked, '--standard-error', 'se')]
  const [byVariance, byError] = (await Promise.all(runs)).map(({ output }) => JSON.parse(output))
  expect(byVariance).toMatchObject({ studies: 6, leftOut: 1, kind: 'estimated' })
  expect(byVariance.labels[5]).toBe('county 6')
  expectClose(byVariance.reml.estimate, wanted.reml.estimate, 1e-10)
  expectClose(byError.reml.betweenVariance, wanted.reml.betweenVariance, 1e-10)
})

test('the table names every model', async () => {
  const { output } = await folder.run('meta', '--data', folder.path('counties.csv'), '--estimate', 'g', '--variance', 'v')
  for (const words of ['6 studies pooled', 'fixed effect', 'REML, Knapp-Hartung', 'heterogeneity', '1 rows with a missing number'])
    expect(output).toContain(words)
})

test.each([
  [['--estimate', 'g', '--variance', 'v'], 'wrong.csv row 3, column v: a variance or standard error is above 0, got 0'],
  [['--estimate', 'g'], 'meta needs --variance or --standard-error, one of the two'],
  [['--estimate', 'h', '--variance', 'v'], 'wrong.csv has no column h, its columns are g, v'],
  [['--estimate', 'g', '--variance', 'v', '--level', '95'], '--level takes a number between 0 and 1, got 95'],
])('%j is refused in one sentence', async (args, sentence) => {
  const { code, errors } = await folder.run('meta', '--data', folder.path('wrong.csv'), ...args)
  expect([code, errors]).toEqual([2, `${sentence}\n`])
})
