/** Plans for tests: a sound one for the simulated trial, and the text of one with some fields changed. */
import { type FrozenPlan, readPlan } from '../src/plan/read-plan.ts'

export const soundPlan = {
  schemaVersion: 1,
  id: 'simulated-plan',
  title: { 'zh-CN': '模拟分析计划', en: 'A simulated plan' },
  study: 'simulated-trial',
  frozenOn: '2025-12-01',
  primary: { scale: 'phq9_total', wave: 'post', baselineWave: 'baseline' },
  model: { kind: 'random-intercept', covariates: ['sex', 'age'] },
  secondary: [{ scale: 'gad7_total' }],
  subgroups: ['left_behind'],
  individuals: { limit: 1.96, cutOff: 10 },
  cutOff: 10,
  careless: { instruments: ['phq-9'], longString: 9, mahalanobis: 0.999, atLeast: 1 },
  missing: { imputations: 3, iterations: 2, seed: 1, deltas: [0, 2] },
  multiplicity: { method: 'holm' },
  level: 0.95,
  alpha: 0.05,
  minimumCell: 10,
  equivalence: { margin: 2 },
  dose: { column: 'sessions' },
}

export const planText = (changed: Readonly<Record<string, unknown>> = {}): string => JSON.stringify({ ...soundPlan, ...changed }, null, 2)
export const planOf = (changed: Readonly<Record<string, unknown>> = {}): FrozenPlan => readPlan(planText(changed))
