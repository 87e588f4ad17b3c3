// The parts of a report that follows a plan, against what the rows of the dataset say.
import type { DatasetSheet } from '@tongxing/instruments'
import { describe, expect, test, vi } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { planOf } from '../../test/plans.ts'
import { simulatedDataset, type Trial } from '../../test/simulated-trial.ts'
import { numberIn } from '../dataset/read-dataset.ts'
import { effectReport, primaryOutcome } from './effect-report.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

/** Every seventh pupil has no sheet after; one pupil answers everything alike. */
const lossy = (sheets: readonly DatasetSheet[]): readonly DatasetSheet[] =>
  sheets
    .filter(({ id, wave }) => !(wave !== 'baseline' && /x[7]$/.test(id)))
    .map((sheet) =>
      sheet.id === 'P3x1'
        ? {
            ...sheet,
            instruments: sheet.instruments.map((given) => ({
              ...given,
              answers: Object.fromEntries(Object.keys(given.answers).map((item) => [item, 2])),
            })),
          }
        : sheet,
    )

const trial: Trial = {
  battery: ['phq-9', 'gad-7', 'rses'],
  laterWaves: ['post', 'follow-up'],
  sessions: 8,
  schools: 10,
  skipRate: 0.01,
  change: lossy,
}
const dataset = simulatedDataset(trial)
const made = { codeVersion: '0.0.0', generatedOn: '2026-01-02' }
const report = effectReport(dataset, { ...made, plan: planOf() })
const rowsOf = (arm: string, wave: string) => dataset.rows.filter((row) => row.arm === arm && row.wave === wave)

test('the plan stands in the record with its hash and date, and whether it came before the export', () => {
  const { hash } = planOf()
  expect(report.plan).toMatchObject({
    id: 'simulated-plan',
    hash,
    frozenOn: '2025-12-01',
    datasetCreatedOn: '2026-01-01',
    beforeExport: true,
  })
  expect(effectReport(dataset, { ...made, plan: planOf({ frozenOn: '2026-01-01' }) }).plan!.beforeExport).toBe(false)
})

test('what the plan names is planned; an outcome of the protocol alone is exploratory, and so is everything without a plan', () => {
  expect(report.adjusted.map(({ scale, standing }) => [scale, standing])).toEqual([
    ['gad7_total', 'planned'],
    ['rses_total', 'exploratory'],
  ])
  expect(report.subgroups.map(({ column, standing }) => [column, standing])).toEqual([['left_behind', 'planned']])
  const without = effectReport(dataset, made)
  expect(without.plan).toBeNull()
  expect(without.adjusted.map(({ standing }) => standing)).toEqual(['protocol', 'protocol'])
  expect(without.subgroups.map(({ column, standing }) => [column, standing])).toEqual([
    ['left_behind', 'exploratory'],
    ['sex', 'exploratory'],
  ])
  expect([without.imputation, without.careless, without.equivalence]).toEqual([null, null, null])
  expect([without.dose?.standing, without.aboveCutOff?.standing]).toEqual(['exploratory', 'exploratory'])
})

test('the covariates of the plan are in the model, about their means, and the primary outcome alone gives the same effect', () => {
  expect(estimated(report.primary.model).coefficients.map(({ name }) => name)).toEqual([
    'intercept',
    'arm:programme',
    'baseline',
    'sex:male',
    'age',
  ])
  expect(primaryOutcome(dataset, planOf())).toEqual(report.primary)
  expect(estimated(effectReport(dataset, made).primary.model).coefficients.map(({ name }) => name)).toEqual([
    'intercept',
    'arm:programme',
    'baseline',
  ])
})

test('the flow adds up: allocated are those with a sheet, received those with a session, lost and present make the allocated', () => {
  const { assessed, arms } = report.consort
  expect(assessed).toEqual({ schools: 10, pupils: 200 })
  for (const { arm, allocated, received, waves, analysed } of arms) {
    expect(allocated.pupils).toBe(new Set(rowsOf(arm, 'baseline').map(({ id }) => id)).size)
    expect(received?.pupils ?? null).toBe(
      arm === 'control' ? null : rowsOf(arm, 'baseline').filter((row) => (numberIn(row, 'sessions') ?? 0) > 0).length,
    )
    expect(waves.map(({ wave }) => wave)).toEqual(['post', 'follow-up'])
    for (const wave of waves) expect(wave.pupils + wave.lostPupils).toBe(allocated.pupils)
    expect(analysed.pupils).toBeLessThanOrEqual(waves[0]!.pupils)
  }
})

test('attrition counts those without a score after against those with a sheet at baseline', () => {
  const { programme, control, overall } = estimated(report.attrition.pupils)
  const rate = (arm: string) => {
    const scored = new Set(rowsOf(arm, 'post').flatMap((row) => (numberIn(row, 'phq9_total') === null ? [] : [row.id])))
    return 1 - rowsOf(arm, 'baseline').filter(({ id }) => scored.has(id)).length / rowsOf(arm, 'baseline').length
  }
  expectClose(programme.rate, rate('programme'), 1e-14)
  expectClose(control.rate, rate('control'), 1e-14)
  expectClose(overall, (rate('programme') + rate('control')) / 2, 1e-14)
  expect(report.attrition.lost.groups.map(({ name, level }) => [name, level])).toEqual([
    ['left_behind', '0'],
    ['left_behind', '1'],
  ])
})

test('the primary effect is asked again: robust, permuted, corrected; the naive one has an interval of its own', () => {
  const [own] = report.primaryEffects
  const robust = estimated(own!.robust)
  expect(robust.method).toBe('CR2')
  expect(Math.abs(robust.estimate - estimated(report.primary.effect).estimate)).toBeLessThan(0.5)
  expect(estimated(own!.permutation)).toMatchObject({ method: 'school-permutation-exact', allocations: 252, schools: [5, 5] })
  const { model } = own!.intraclassCorrelation
  expect(model!.interval!.lower).toBeLessThanOrEqual(model!.estimate)
  expect(model!.interval!.upper).toBeGreaterThan(model!.estimate)
})

test('the effect sizes of other studies are told apart by what divides them', () => {
  const [sizes] = report.effectSizes
  const after = (arm: string) => {
    const before = new Map(rowsOf(arm, 'baseline').map((row) => [row.id, numberIn(row, 'phq9_total')]))
    return rowsOf(arm, 'post').flatMap((row) => (typeof before.get(row.id) === 'number' ? (numberIn(row, 'phq9_total') ?? []) : []))
  }
  const [programme, control] = [after('programme'), after('control')]
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1)
  const difference = mean(programme) - mean(control)
  expectClose(estimated(sizes!.glassDelta).estimate, difference / Math.sqrt(variance(control)), 1e-12)
  const pooled =
    ((programme.length - 1) * variance(programme) + (control.length - 1) * variance(control)) / (programme.length + control.length - 2)
  expectClose(estimated(sizes!.cohensD).estimate, difference / Math.sqrt(pooled), 1e-12)
  expect(Math.sign(sizes!.improvementIndex!)).toBe(-Math.sign(estimated(sizes!.adjustedG).estimate))
})

test('every pupil with both scores is improved, recovered, unchanged or worse', () => {
  const individuals = estimated(report.individuals)
  for (const { arm, n, counts } of individuals.arms) {
    expect(n).toBe(report.primary.missing.find((one) => one.arm === arm)!.both)
    expect(counts!.recovered! + counts!.improved + counts!.unchanged + counts!.worse).toBe(n)
  }
})

test('an arm below the plan’s minimum is counted, and none of its cells is told', () => {
  const hidden = effectReport(dataset, { ...made, plan: planOf({ minimumCell: 100, missing: undefined }) })
  expect(estimated(hidden.individuals).arms.map(({ counts }) => counts)).toEqual([null, null])
  expect(hidden.change.map(({ changes }) => changes)).toEqual([[], []])
  expect(hidden.subgroups[0]!.levels.map(({ effect }) => effect)).toEqual([
    { kind: 'not-estimable', reason: 'small-cell' },
    { kind: 'not-estimable', reason: 'small-cell' },
  ])
  expect(hidden.course.schools.flatMap(({ means }) => means)).toEqual([])
  expect(hidden.dose!.observed).toEqual([])
  expect(hidden.warnings).toContain('small-arm')
})

test('what the plan leaves out is not imputed, and reliable change is exploratory', () => {
  const bare = effectReport(dataset, { ...made, plan: planOf({ missing: undefined, individuals: undefined, waves: ['follow-up'] }) })
  expect([bare.imputation, estimated(bare.individuals).standing, estimated(report.individuals).standing]).toEqual([
    null,
    'exploratory',
    'planned',
  ])
  expect([bare.course.named, report.course.named]).toEqual([['post', 'follow-up'], ['post']])
})

test('the course has a contrast for each later wave', () => {
  expect(estimated(report.course.contrasts).contrasts.map(({ wave, arm }) => [wave, arm])).toEqual([
    ['post', 'programme'],
    ['follow-up', 'programme'],
  ])
})

describe('missing data', () => {
  const imputation = (() => {
    const found = report.imputation
    if (found?.kind !== 'estimated') throw new Error('the plan asks for imputation')
    return found
  })()
  test('the patterns count every pupil once', () => {
    const { patterns, rows } = report.missingData.patterns
    expect(rows).toBe(200)
    expect(patterns.reduce((sum, pattern) => sum + pattern.rows, 0)).toBe(200)
  })
  test('imputation follows the plan and stands near the complete cases; without shift it is the delta series at 0', () => {
    expect(imputation).toMatchObject({ imputations: 3, iterations: 2, seed: 1 })
    expect(Math.abs(imputation.effect.estimate - estimated(report.primary.effect).estimate)).toBeLessThan(0.6)
    const { delta } = imputation
    if (delta?.kind !== 'estimated') throw new Error('the plan asks for shifts')
    const at = (shift: number) => delta.points.find((point) => point.shifted === 'programme' && point.delta === shift)!.estimate
    expectClose(at(0), imputation.effect.estimate, 1e-9)
    expect(at(2)).toBeGreaterThan(imputation.effect.estimate)
  })
  test('the same plan and dataset give the same record', () => {
    expect(effectReport(dataset, { ...made, plan: planOf() })).toEqual(report)
  })
})

test('careless sheets are those of the rule, and the effect without them has so many pupils fewer', () => {
  const { careless } = report
  expect(careless!.waves.map(({ wave, count }) => [wave, count > 0])).toEqual([
    ['baseline', true],
    ['post', true],
  ])
  expect(estimated(careless!.effect).n).toBe(estimated(report.primary.effect).n - careless!.leftOut)
})

test('equivalence is asked with the margin of the plan, at the interval of twice its alpha', () => {
  const result = report.equivalence!.arms[0]!.result
  if (result.kind !== 'estimated') throw new Error('the effect is estimated')
  expect(result.bounds).toEqual([-2, 2])
  expectClose(result.interval.level, 0.9, 1e-12)
})

test('the shares at the cut-off are those of the pupils with both scores', () => {
  const [programme] = report.aboveCutOff!.arms
  const before = new Map(rowsOf('programme', 'baseline').map((row) => [row.id, numberIn(row, 'phq9_total')]))
  const both = rowsOf('programme', 'post').filter((row) => typeof before.get(row.id) === 'number' && numberIn(row, 'phq9_total') !== null)
  expect(programme!.after).toEqual({ events: both.filter((row) => numberIn(row, 'phq9_total')! >= 10).length, n: both.length })
  expect(programme!.before).toEqual({ events: both.filter((row) => before.get(row.id)! >= 10).length, n: both.length })
})

test('the verdict’s curve passes through the effect at the correlation that was found, and turns where the interval meets zero', () => {
  const { byCorrelation, byLoss } = report.verdict!
  const effect = estimated(report.primary.effect)
  expect(byCorrelation.found).toBe(effect.intraclassCorrelation)
  const near = byCorrelation.points.reduce((best, point) =>
    Math.abs(point.at - byCorrelation.found) < Math.abs(best.at - byCorrelation.found) ? point : best,
  )
  expect(Math.abs(near.estimate - effect.estimate)).toBeLessThan(0.05)
  expect(byLoss.points[0]).toMatchObject({ at: 0, estimate: effect.estimate, upper: effect.interval.upper })
  if (byLoss.turnsAt !== null) expectClose(effect.interval.upper + byLoss.turnsAt * byLoss.worseBy, 0, 1e-9)
})

test('dose is that of the programme arm alone', () => {
  const { n, unknown, slope, fitted } = report.dose!
  expect(n + unknown).toBe(report.primary.missing.find(({ arm }) => arm === 'programme')!.both)
  expect(unknown).toBe(0)
  expectClose(fitted.at(-1)!.mean - fitted[0]!.mean, 8 * estimated(slope).estimate, 1e-9)
})

test('reliability has the items in their order, an alarm for one keyed the wrong way, and the stability of the control arm', () => {
  const [phq9] = report.reliability
  expect(phq9!.items.map(({ item }) => item)).toEqual(Array.from({ length: 9 }, (_, place) => `phq9_${place + 1}`))
  expect(phq9!.alpha).toEqual(report.primary.reliability)
  const stability = estimated(phq9!.stability)
  expect(stability.n).toBe(report.primary.missing.find(({ arm }) => arm === 'control')!.both)
  const turned = (sheets: readonly DatasetSheet[]): readonly DatasetSheet[] =>
    sheets.map((sheet) => ({
      ...sheet,
      instruments: sheet.instruments.map((given) => ({
        ...given,
        answers: typeof given.answers.phq9_2 === 'number' ? { ...given.answers, phq9_2: 3 - given.answers.phq9_2 } : given.answers,
      })),
    }))
  const other = effectReport(simulatedDataset({ change: turned }), made)
  expect(other.reliability[0]!.items.filter(({ warnings }) => warnings.includes('mis-keyed-item')).map(({ item }) => item)).toEqual([
    'phq9_2',
  ])
})

test('the schools’ line of the baseline table is of their means, and no p-value stands in it', () => {
  const [own] = report.baseline.arms
  expect(own!.schools.sizes.programme.n).toBe(5)
  const groups = [...Map.groupBy(rowsOf('programme', 'baseline'), ({ school }) => school!).values()].map((rows) =>
    rows.flatMap((row) => numberIn(row, 'phq9_total') ?? []),
  )
  const means = groups.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
  expectClose(
    own!.schools.rows.find(({ name }) => name === 'phq9_total')!.programme.mean!,
    means.reduce((sum, value) => sum + value, 0) / 5,
    1e-12,
  )
  expect(JSON.stringify(report.baseline)).not.toContain('"p":')
})

test('the methods listed are those that were used', () => {
  const ids = report.methods.map(({ id }) => id)
  for (const used of [
    'random-intercept-reml-kenward-roger',
    'CR2',
    'school-permutation-exact',
    'chained-equations-predictive-mean-matching',
    'two-one-sided-tests',
    'holm',
  ])
    expect(ids).toContain(used)
  const without = effectReport(dataset, made).methods.map(({ id }) => id)
  expect(without).not.toContain('two-one-sided-tests')
  expect(without).not.toContain('chained-equations-predictive-mean-matching')
})
