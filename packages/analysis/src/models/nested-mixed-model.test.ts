import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { nestedData, nestedTrials, nestedTruth } from '../../test/nested-trials.ts'
import { expectClose, golden, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { linearMixedModel } from './linear-mixed-model.ts'
import { groupsOf } from './nested-groups.ts'
import { nestedLikelihoodRatios } from './nested-likelihood-ratio.ts'
import { type NestedData, type NestedMixedModel, nestedMixedModel } from './nested-mixed-model.ts'
import type { Method } from './profile.ts'
import { type ModelRow, schoolSums } from './school-sums.ts'

const fitted = (data: NestedData, method: Method = 'REML'): NestedMixedModel => {
  const fit = nestedMixedModel(data, method)
  if ('levels' in fit) throw new Error(`${fit.reason} of ${fit.levels.join(', ')}`)
  return estimated(fit)
}
const methods = ['REML', 'ML'] as const

describe.each(nestedTrials.map((one) => [one.name, one] as const))('%s', (name, trial) => {
  test.each(methods)('%s equals the 40-digit truth to 1e-10', (method) => {
    const fit = fitted(nestedData(trial), method)
    const truth = nestedTruth(name, method)
    for (const [place, found] of fit.coefficients.entries()) {
      expectClose(found.estimate, truth.estimates[place]!, 1e-10, found.name)
      expectClose(found.standardError, truth.standardErrors[place]!, 1e-10, `standard error of ${found.name}`)
    }
    expectClose(fit.residualVariance, truth.residualVariance, 1e-10, 'residual variance')
    for (const [place, { group, covariance }] of fit.randomEffects.toReversed().entries()) {
      const found = covariance.length === 1 ? covariance[0]! : [covariance[0]![0]!, covariance[0]![1]!, covariance[1]![1]!]
      for (const [k, value] of truth.covariances[place]!.entries()) expectClose(found[k]!, value, 1e-10, `covariance ${k} of ${group}`)
    }
    expectClose(fit.logLik, truth.logLik, 1e-10, 'log-likelihood')
  })
  test('the df of lmerTest and pbkrtest and the adjusted standard errors are met to 1e-6, and AIC, BIC and a singular fit are those of lme4', () => {
    for (const method of methods) {
      const fit = fitted(nestedData(trial), method)
      for (const [place, wanted] of trial[method].coefficients.entries()) {
        const { satterthwaite, kenwardRoger } = fit.coefficients[place]!
        expectClose(satterthwaite!.df, wanted.df, 1e-6, `${method} df of ${wanted.name}`)
        if (method === 'ML') expect(kenwardRoger).toBeNull()
        else {
          expectClose(kenwardRoger!.standardError, trial.REML.kenwardRoger[place]!.standardError, 1e-6, `adjusted error of ${wanted.name}`)
          expectClose(kenwardRoger!.df, trial.REML.kenwardRoger[place]!.df, 1e-6, `Kenward-Roger df of ${wanted.name}`)
        }
      }
      expectClose(fit.AIC, trial[method].AIC, 1e-9, 'AIC')
      expectClose(fit.BIC, trial[method].BIC, 1e-9, 'BIC')
      expect(fit.singular).toBe(trial[method].singular)
      expect(fit.converged).toBe(true)
    }
  })
})

const [classes, noSchools, pupils, , line] = nestedTrials.map(nestedData)

test('a variance of zero and a correlation of one are said', () => {
  const zero = fitted(noSchools!)
  expect(zero.randomEffects[0]).toMatchObject({ group: 'school', covariance: [[0]], correlations: [[null]] })
  expect(zero.icc.school).toBe(0)
  expect(zero.warnings).toEqual(['singular-fit', 'few-schools'])
  expectClose(fitted(line!).randomEffects[0]!.correlations[0]![1]!, 1, 1e-10)
})

test('one level with an intercept is the random-intercept model', () => {
  const { cases } = golden<{ readonly cases: readonly { readonly names: readonly string[]; readonly rows: readonly ModelRow[] }[] }>(
    'random-intercept',
  )
  for (const { names, rows } of cases)
    for (const method of methods) {
      const wanted = estimated(linearMixedModel(schoolSums(rows), names, method))
      const fit = fitted(
        {
          outcome: Float64Array.from(rows, ({ values }) => values.at(-1)!),
          covariates: names.map((name, k) => ({ name, values: Float64Array.from(rows, ({ values }) => values[k]!) })),
          levels: [{ name: 'school', groups: groupsOf(rows.map(({ school }) => school)), slopes: [] }],
        },
        method,
      )
      for (const [place, { estimate, standardError, satterthwaite, kenwardRoger }] of wanted.coefficients.entries()) {
        const found = fit.coefficients[place]!
        expectClose(found.estimate, estimate, 1e-9, found.name)
        expectClose(found.standardError, standardError, 1e-9, 'standard error')
        expectClose(found.satterthwaite!.df, satterthwaite!.df, 1e-7, 'df')
        if (kenwardRoger) expectClose(found.kenwardRoger!.df, kenwardRoger.df, 1e-7, 'Kenward-Roger df')
      }
      expectClose(fit.randomEffects[0]!.covariance[0]![0]!, wanted.varianceComponents.cluster, 1e-8, 'cluster variance')
      expectClose(fit.logLik, wanted.logLik, 1e-10, 'log-likelihood')
    }
})

test('counting waves from another year moves the intercept and its variance alone', () => {
  const base = fitted(pupils!)
  fc.assert(
    fc.property(fc.integer({ min: -3000, max: 3000 }), (shift) => {
      const wave = pupils!.levels[0]!.slopes[0]!.values.map((value) => value + shift)
      const [, arm] = pupils!.covariates
      const covariates = [
        { name: 'wave', values: wave },
        arm!,
        { name: 'wave:arm', values: wave.map((value, row) => value * arm!.values[row]!) },
      ]
      const fit = fitted({ ...pupils!, covariates, levels: [{ ...pupils!.levels[0]!, slopes: [covariates[0]!] }] })
      expectClose(fit.logLik, base.logLik, 1e-10)
      expectClose(fit.coefficients[3]!.kenwardRoger!.p, base.coefficients[3]!.kenwardRoger!.p, 1e-6)
      expectClose(fit.randomEffects[0]!.covariance[1]![1]!, base.randomEffects[0]!.covariance[1]![1]!, 1e-6)
    }),
    { numRuns: 10 },
  )
})

test('the F test of one column is the square of its t, with its df', () => {
  const { termTests, coefficients } = fitted(classes!)
  for (const [place, { statistic, dfNumerator, dfDenominator, p }] of termTests.entries()) {
    const { kenwardRoger } = coefficients[place + 1]!
    expect(dfNumerator).toBe(1)
    expectClose(statistic, kenwardRoger!.statistic ** 2, 1e-10)
    expectClose(dfDenominator, kenwardRoger!.df, 1e-8)
    expectClose(p, kenwardRoger!.p, 1e-8)
  }
  expect(fitted(classes!, 'ML').termTests).toEqual([])
})

test('class 1 of one school is not class 1 of another', () => {
  expect(groupsOf(['A', 'A', 'B', 'B'], ['1', '2', '1', '1'])).toEqual({ codes: Int32Array.of(0, 1, 2, 2), count: 3 })
})

test('levels that cross, coincide or do not suffice are said with their names', () => {
  const level = (name: string, ...names: readonly string[]) => ({ name, groups: groupsOf(names), slopes: [] as NestedData['covariates'] })
  const outcome = Float64Array.of(1, 3, 2, 5, 4, 7)
  const refused = (...levels: NestedData['levels']) => nestedMixedModel({ outcome, covariates: [], levels })
  const school = level('school', 'A', 'A', 'A', 'B', 'B', 'B')
  expect(refused(school, level('rater', 'x', 'y', 'z', 'x', 'y', 'z'))).toMatchObject({
    reason: 'crossed-groups',
    levels: ['rater', 'school'],
  })
  expect(refused(school, level('town', 'u', 'u', 'u', 'v', 'v', 'v'))).toMatchObject({ reason: 'same-groups', levels: ['school', 'town'] })
  expect(refused(school, level('pupil', '1', '2', '3', '4', '5', '6'))).toMatchObject({
    reason: 'too-few-rows-in-groups',
    levels: ['pupil'],
  })
  expect(refused(level('school', 'A', 'A', 'A', 'A', 'A', 'A'))).toMatchObject({ reason: 'one-group', levels: ['school'] })
  const arm = { name: 'arm', values: Float64Array.of(0, 0, 0, 1, 1, 1) }
  expect(nestedMixedModel({ outcome, covariates: [arm], levels: [school] })).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(nestedMixedModel({ outcome, covariates: [arm, { ...arm, name: 'twice' }], levels: [school] })).toEqual({
    kind: 'not-estimable',
    reason: 'collinear',
  })
  expect(nestedMixedModel({ outcome: outcome.map(() => 4), covariates: [], levels: [school] })).toEqual({
    kind: 'not-estimable',
    reason: 'no-variation',
  })
  const same = Float64Array.of(1, 1, 1, 5, 5, 5)
  expect(nestedMixedModel({ outcome: same, covariates: [], levels: [school] })).toEqual({
    kind: 'not-estimable',
    reason: 'no-variation-within-schools',
  })
})

test('likelihood-ratio tests drop what no other term contains, and the last that varies at each level', () => {
  const withTerms = (data: NestedData) => ({ ...data, covariates: data.covariates.map((column) => ({ ...column, term: column.name })) })
  const { terms, levels } = nestedLikelihoodRatios(withTerms(pupils!))!
  expect(terms.map(({ term }) => term)).toEqual(['wave:arm'])
  expect(levels).toMatchObject([{ term: '(wave | pupil)', df: 2 }])
  const flat = fitted({ ...pupils!, levels: [{ ...pupils!.levels[0]!, slopes: [] }] }, 'ML')
  expectClose(levels[0]!.statistic, 2 * (fitted(pupils!, 'ML').logLik - flat.logLik), 1e-9)
  expect(nestedLikelihoodRatios(withTerms(noSchools!))!.levels[0]).toMatchObject({ term: '(1 | school)', p: 0.5 })
  expect(nestedLikelihoodRatios(withTerms(classes!))!.levels.map(({ term }) => term)).toEqual(['(1 | school)', '(1 | class:school)'])
})

describe.skipIf(!hasOracles)(withOracles('published data sets'), () => {
  type Polished = {
    readonly coef: Readonly<Record<string, { readonly est: number; readonly se: number; readonly df_satterthwaite: number }>>
    readonly varcomp: readonly { readonly group: string; readonly vcov: number }[]
    readonly icc_by_level: Readonly<Record<string, number>>
    readonly logLik: number
    readonly AIC: number
    readonly BIC: number
  }
  const star = (): NestedData => {
    const rows = oracleTable('star_k_to_1.csv').filter((line) => line['read.pre'] && line['read.post'] && line.tch)
    const number = (name: string, value: (line: (typeof rows)[number]) => number) => ({ name, values: Float64Array.from(rows, value) })
    const [schools, teachers] = [rows.map(({ sch }) => sch!), rows.map(({ tch }) => tch!)]
    return {
      outcome: number('read.post', (line) => Number(line['read.post'])).values,
      covariates: [
        number('read.pre', (line) => Number(line['read.pre'])),
        number('small', ({ cltype }) => Number(cltype === 'small')),
        number('aide', ({ cltype }) => Number(cltype === 'reg+A')),
      ],
      levels: [
        { name: 'sch', groups: groupsOf(schools), slopes: [] },
        { name: 'tch:sch', groups: groupsOf(schools, teachers), slopes: [] },
      ],
    }
  }
  test.each(methods)('star_k1_3level by %s is lmer where its deviance is least', (method) => {
    const { polished } = oracle<{ readonly cases: Readonly<Record<string, Readonly<Record<Method, { readonly polished: Polished }>>>> }>(
      'lmm.json',
    ).cases.star_k1_3level![method]
    const fit = fitted(star(), method)
    for (const [place, { est, se, df_satterthwaite }] of Object.values(polished.coef).entries()) {
      expectClose(fit.coefficients[place]!.estimate, est, 1e-8, 'estimate')
      expectClose(fit.coefficients[place]!.standardError, se, 1e-8, 'standard error')
      expectClose(fit.coefficients[place]!.satterthwaite!.df, df_satterthwaite, 1e-6, 'df')
    }
    for (const { group, covariance } of fit.randomEffects)
      expectClose(covariance[0]![0]!, polished.varcomp.find((one) => one.group === group)!.vcov, 1e-7, `variance of ${group}`)
    for (const [group, share] of Object.entries(fit.icc)) expectClose(share, polished.icc_by_level[group]!, 1e-7, `icc of ${group}`)
    for (const key of ['logLik', 'AIC', 'BIC'] as const) expectClose(fit[key], polished[key], 1e-10, key)
  })
})
