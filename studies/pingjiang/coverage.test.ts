import { readFileSync } from 'node:fs'
import { primaryOutcome, readDataset } from '@tongxing/analysis'
import { expect, test, vi } from 'vitest'
import { coverage, primaryEffect } from './coverage.ts'
import { aims, coverageLines, coverageTable, isAsItShould } from './coverage-words.ts'
import { withBlock } from './marked-block.ts'
import { trialSimulator } from './simulation.ts'
import { settingOf, simulatedBundle } from './study.ts'

vi.setConfig({ testTimeout: 300_000 }) // a busy machine is no failure

const setting = await settingOf()
const found = coverage(setting.calibration, { trials: 150, firstSeed: 1 })

test('over 150 trials the 95% interval covers the truth and the 5% test rejects as often as chance allows', () => {
  expect(found.coverage.share).toBeGreaterThan(0.95 - 3.3 * Math.sqrt((0.95 * 0.05) / 150)) // one in a thousand trials of this test, were the model right
  expect(found.coverage.share).toBeLessThan(1)
  expect(found.size.share).toBeLessThan(0.05 + 3.3 * Math.sqrt((0.95 * 0.05) / 150))
  expect(found.size.share).toBeGreaterThan(0)
})

test('the estimates are centred on the truth, and spread as their standard errors say', () => {
  const { estimates, truth, meanStandardError } = found
  expect(Math.abs(estimates.mean - truth) / estimates.standardErrorOfMean).toBeLessThan(3.3)
  expect(Math.abs(estimates.standardDeviation / meanStandardError - 1)).toBeLessThan(3.3 / Math.sqrt(2 * 149))
})

test("what is counted is the report's primary effect under the frozen plan, to the last digits", () => {
  const { files } = simulatedBundle(setting)(2026)
  const dataset = readDataset({ manifest: files['manifest.json'], data: files['data.csv'], codebook: files['codebook.json'] })
  const { effect, scale } = primaryOutcome(dataset, setting.plan)
  if (effect.kind === 'not-estimable') throw new Error(effect.reason)
  const one = primaryEffect(trialSimulator(setting.calibration)(2026), scale)
  expect(one.estimate / effect.estimate).toBeCloseTo(1, 10)
  expect(one.lower / effect.interval.lower).toBeCloseTo(1, 10)
  expect(one.p / effect.p).toBeCloseTo(1, 8)
})

test('the figures in the README were written by the command from 500 trials or more, and are as they should be', () => {
  const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
  const trials = Number(/phq9_total, (\d+) trials/.exec(readme)?.[1])
  const share = (row: string) => Number(new RegExp(`\\| ${row}[^|]*\\| ([\\d.]+)%`).exec(readme)?.[1]) / 100
  expect(trials).toBeGreaterThanOrEqual(500)
  const [covered, rejected] = [share('95% intervals that cover'), share('rejected at 5% without')]
  expect([covered >= aims.coverage.from, covered <= aims.coverage.to]).toEqual([true, true])
  expect([rejected >= aims.size.from, rejected <= aims.size.to]).toEqual([true, true])
})

test('a share outside its aim is said', () => {
  const bad = { ...found, coverage: { ...found.coverage, share: 0.92 } }
  expect(isAsItShould({ ...bad, size: { ...found.size, share: 0.05 } })).toBe(false)
  expect(coverageLines(bad)[1]).toContain('92.0%')
  expect(coverageTable(bad)).toContain('| 92.0% (')
})

test('a block is written between its marks, and a text without them is refused', () => {
  const text = 'before\n<!-- figures: written by a command, not by hand -->\nold\n<!-- end of figures -->\nafter\n'
  const written = withBlock(text, 'figures', 'new')
  expect(written).toBe('before\n<!-- figures: written by a command, not by hand -->\n\nnew\n\n<!-- end of figures -->\nafter\n')
  expect(withBlock(written, 'figures', 'new')).toBe(written)
  expect(() => withBlock('nothing', 'figures', 'new')).toThrow('the text has no block figures')
})
