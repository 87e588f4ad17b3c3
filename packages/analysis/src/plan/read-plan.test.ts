import { canonicalJson } from '@tongxing/instruments'
import { expect, test } from 'vitest'
import { planOf, planText, soundPlan } from '../../test/plans.ts'
import { simulatedDataset } from '../../test/simulated-trial.ts'
import { sha256 } from '../dataset/hash.ts'
import { checkPlan, readPlan } from './read-plan.ts'

const dataset = simulatedDataset({ battery: ['phq-9', 'gad-7'], sessions: 8 })

test('a plan is read with its hash, which white space and the order of fields do not change, and any other change does', () => {
  const { plan, hash } = readPlan(planText())
  expect(plan).toEqual({ ...soundPlan, waves: [] })
  expect(hash).toBe(sha256(canonicalJson(soundPlan)))
  expect(readPlan(JSON.stringify(Object.fromEntries(Object.entries(soundPlan).reverse()))).hash).toBe(hash)
  expect(planOf({ frozenOn: '2025-12-02' }).hash).not.toBe(hash)
  expect(planOf({ alpha: 0.1, level: 0.9 }).hash).not.toBe(hash)
})

test('what a plan leaves out has a stated default', () => {
  const { secondary: _, missing: __, individuals: ___, multiplicity: ____, ...rest } = soundPlan
  expect(readPlan(JSON.stringify(rest)).plan).toMatchObject({
    secondary: [],
    waves: [],
    multiplicity: { method: 'holm' },
  })
})

test.each([
  ['{', 'plan.json: not JSON'],
  [
    planText({ primary: { ...soundPlan.primary, scale: 'PHQ' } }),
    'plan.json: primary.scale: allowed are small letters, digits and underscores',
  ],
  [planText({ frozenOn: 'last week' }), 'plan.json: frozenOn: allowed is a date such as 2026-08-15'],
  [planText({ multiplicity: { method: 'none' } }), 'plan.json: multiplicity.method: Invalid option: expected one of "holm"|"hochberg"'],
  [planText({ power: 0.8 }), 'plan.json: the whole file: Unrecognized key: "power"'],
  [planText({ alpha: 0.1 }), 'plan.json: alpha: is 0.1, but a level of 0.95 leaves 0.05'],
  [planText({ missing: { ...soundPlan.missing, imputations: 1 } }), 'plan.json: missing.imputations: Too small'],
])('a plan that is wrong is refused in one sentence: %#', (text, sentence) => {
  expect(() => readPlan(text)).toThrow(sentence)
})

test('the sound plan can be answered by its dataset', () => {
  expect(() => checkPlan(dataset, planOf().plan)).not.toThrow()
})

test.each([
  [{ study: 'another' }, 'plan.json: study: another is not in the dataset, which has simulated-trial'],
  [{ primary: { ...soundPlan.primary, wave: 'later' } }, 'plan.json: primary.wave: later is not in the dataset, which has baseline, post'],
  [
    { secondary: [{ scale: 'k6_total' }] },
    'plan.json: secondary.0.scale: k6_total is not in the dataset, which has gad7_total, phq9_total',
  ],
  [
    { model: { kind: 'random-intercept', covariates: ['school'] } },
    'plan.json: model.covariates.0: school is not in the dataset, which has',
  ],
  [{ waves: ['later'] }, 'plan.json: waves.0: later is not in the dataset, which has baseline, post'],
  [{ subgroups: ['sex', 'phq9_total'] }, 'plan.json: subgroups.1: phq9_total is not in the dataset, which has'],
  [{ careless: { instruments: ['k6'] } }, 'plan.json: careless.instruments.0: k6 is not in the dataset, which has gad-7, phq-9'],
  [{ equivalence: { margin: 1, scale: 'rses_total' } }, 'plan.json: equivalence.scale: rses_total is not in the dataset'],
  [{ dose: { column: 'hours' } }, 'plan.json: dose.column: hours is not in the dataset'],
])('a plan of other data is refused with its field and what there is: %#', (changed, sentence) => {
  expect(() => checkPlan(dataset, planOf(changed).plan)).toThrow(sentence)
})
