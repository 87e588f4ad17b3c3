import type { DatasetSheet } from '@tongxing/instruments'
import { describe, expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { simulatedDataset, simulatedReport, type Trial } from '../../test/simulated-trial.ts'
import { numberIn } from '../dataset/read-dataset.ts'
import { effectReport } from './effect-report.ts'

const onlySchools =
  (...kept: readonly string[]) =>
  (sheets: readonly DatasetSheet[]) =>
    sheets.filter(({ school }) => kept.includes(school))
const primaryOf = (trial: Trial) => simulatedReport(trial).primary

test('the report traces every number: dataset hash, instrument versions, methods with their sources, code versions, date', () => {
  const dataset = simulatedDataset()
  const report = effectReport(dataset, { codeVersion: '1.2.3', generatedOn: '2026-02-03' })
  expect(report).toMatchObject({
    kind: 'tongxing-effect-report',
    version: 2,
    codeVersion: '1.2.3',
    generatedOn: '2026-02-03',
    simulated: true,
  })
  expect(report.dataset.hash).toBe(dataset.manifest.hash)
  expect(report.instruments).toEqual(dataset.manifest.instruments)
  expect(report.methods.map(({ id }) => id)).toContain(estimated(report.primary.effect).method)
  expect(report.methods.every(({ reference }) => reference !== '')).toBe(true)
})

test('the record survives JSON unchanged', () => {
  const report = simulatedReport({ battery: ['phq-9', 'rses'], skipRate: 0.05 })
  expect(JSON.parse(JSON.stringify(report))).toEqual(report)
})

test('a true effect is found, in the right direction on every scale', () => {
  const report = simulatedReport({ schools: 20, effect: 0.8, battery: ['phq-9', 'rses'] })
  expect(estimated(report.primary.effect).interval.upper).toBeLessThan(0)
  expect(estimated(report.secondary[0]!.effect).interval.lower).toBeGreaterThan(0)
  expect(report.secondary[0]!.direction).toBe('higher-is-better')
})

test('the standardised effect is named by its SD and divides the same interval', () => {
  const { contrasts } = primaryOf({})
  const [effect, standardised] = [estimated(contrasts[0]!.effect), estimated(contrasts[0]!.standardised)]
  expect(standardised.standardisedBy).toBe('pooled-baseline-standard-deviation')
  expectClose(standardised.interval.lower * standardised.standardDeviation, effect.interval.lower, 1e-14)
})

test('centring the baseline makes the intercept the control arm’s adjusted mean', () => {
  const { model, change } = primaryOf({ effect: 0 })
  const control = change.find(({ arm }) => arm === 'control')!
  expect(Math.abs(estimated(model).coefficients[0]!.estimate - control.post.mean!)).toBeLessThan(1.5)
})

test('counts agree with the rows', () => {
  const dataset = simulatedDataset({ skipRate: 0.08 })
  const report = effectReport(dataset, { codeVersion: '0', generatedOn: '2026-01-01' })
  const scored = dataset.rows.filter((row) => row.arm === 'control' && row.wave === 'post' && numberIn(row, report.primary.scale) !== null)
  expect(report.primary.scores.find(({ arm, wave }) => arm === 'control' && wave === 'post')!.n).toBe(scored.length)
  for (const { participants, both, baselineOnly, postOnly, neither } of report.primary.missing)
    expect(both + baselineOnly + postOnly + neither).toBe(participants)
  expect(report.flow.reduce((sum, { participants }) => sum + participants, 0)).toBe(dataset.rows.length)
})

test('of three arms each programme arm stands against the control, in one model', () => {
  const label = (zh: string) => ({ 'zh-CN': zh, en: zh })
  const arms = [
    { id: 'control', label: label('对照'), control: true },
    { id: 'short', label: label('短程'), control: false },
    { id: 'long', label: label('长程'), control: false },
  ]
  const { contrasts, effect, model } = primaryOf({ arms, schools: 12 })
  expect(contrasts.map(({ arm, against }) => [arm, against])).toEqual([
    ['short', 'control'],
    ['long', 'control'],
  ])
  expect(effect).toEqual(contrasts[0]!.effect)
  expect(estimated(model).coefficients.map(({ name }) => name)).toEqual(['intercept', 'arm:short', 'arm:long', 'baseline'])
})

describe('what the data cannot answer is a value with its reason', () => {
  test('one school in each arm: no effect between arms, but change within them', () => {
    const report = simulatedReport({ change: onlySchools('S0', 'S1') })
    expect(report.primary.effect).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
    expect(report.primary.change.every(({ result }) => result.kind === 'estimated')).toBe(true)
    expect(report.warnings).toEqual(['few-schools', 'one-school-in-an-arm'])
  })
  test('one school in one arm: an effect, with its warning', () => {
    const report = simulatedReport({ change: onlySchools('S0', 'S1', 'S3', 'S5') })
    expect(report.primary.effect.kind).toBe('estimated')
    expect(report.warnings).toContain('one-school-in-an-arm')
  })
  test('no complete pair', () => {
    const primary = primaryOf({ change: (sheets) => sheets.filter(({ wave }) => wave === 'baseline') })
    expect(primary.effect).toEqual({ kind: 'not-estimable', reason: 'arm-without-pupils' })
    expect(primary.change[0]!.result).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
    expect(primary.contrasts[0]!.naive.welch).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
    expect(primary.warnings).toContain('unmatched-pupils')
  })
  test('an arm without pupils', () => {
    expect(primaryOf({ change: (sheets) => sheets.filter(({ arm }) => arm === 'control') }).effect).toEqual({
      kind: 'not-estimable',
      reason: 'arm-without-pupils',
    })
  })
  test('everyone answers the same', () => {
    const calm = (sheets: readonly DatasetSheet[]): readonly DatasetSheet[] =>
      sheets.map((sheet) => ({
        ...sheet,
        instruments: sheet.instruments.map((given) => ({
          ...given,
          answers: Object.fromEntries(Object.keys(given.answers).map((item) => [item, 1])),
          scores: given.scores.map((score) => ({
            kind: 'scored' as const,
            scale: score.scale,
            value: 9,
            answered: 9,
            of: 9,
            prorated: false,
            band: null,
          })),
        })),
      }))
    const primary = primaryOf({ change: calm })
    expect(primary.effect).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
    expect(primary.reliability).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
    expect(primary.contrasts[0]!.naive.hedgesG).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  })
  test('an item that nobody answered: no reliability, but the scores that could be prorated', () => {
    const withoutItem = (sheets: readonly DatasetSheet[]): readonly DatasetSheet[] =>
      sheets.map((sheet) => ({
        ...sheet,
        instruments: sheet.instruments.map((given) => ({ ...given, answers: { ...given.answers, phq9_4: 'skipped' } })),
      }))
    const primary = primaryOf({ change: withoutItem })
    expect(primary.reliability).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
    expect(primary.effect.kind).toBe('estimated')
  })
  test('nobody answers: every statistic says so and nothing breaks', () => {
    const primary = primaryOf({ skipRate: 1 })
    expect(primary.scores.every(({ n, mean }) => n === 0 && mean === null)).toBe(true)
    expect([primary.effect.kind, primary.reliability.kind]).toEqual(['not-estimable', 'not-estimable'])
  })
})

test('sheets without an arm and pupils who moved are counted apart and warned of', () => {
  const change = (sheets: readonly DatasetSheet[]) =>
    sheets.map((sheet) =>
      sheet.id === 'P0x0' && sheet.wave === 'post' ? { ...sheet, school: 'S2' } : sheet.id === 'P1x1' ? { ...sheet, arm: '' } : sheet,
    )
  const report = simulatedReport({ change })
  expect(report.warnings).toEqual(['few-schools', 'unallocated-pupils', 'moved-pupils'])
  expect(estimated(report.primary.effect).n).toBe(159)
})

test('a study without a control arm is refused in words', () => {
  const { manifest, ...rest } = simulatedDataset()
  const arms = manifest.arms.map((arm) => ({ ...arm, control: false }))
  expect(() => effectReport({ manifest: { ...manifest, arms }, ...rest }, { codeVersion: '0', generatedOn: '2026-01-01' })).toThrow(
    'manifest.json: arms: an effect needs a control arm and another, found programme, control',
  )
})
