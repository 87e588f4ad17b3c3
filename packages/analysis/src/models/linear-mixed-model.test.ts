import { describe, expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { clusterVarianceTest, likelihoodRatio } from './likelihood-ratio.ts'
import { type LinearMixedModel, linearMixedModel } from './linear-mixed-model.ts'
import type { Method } from './profile.ts'
import { type ModelRow, schoolSums } from './school-sums.ts'

type Fit = {
  readonly coefficients: readonly { readonly estimate: number; readonly standardError: number; readonly df: number }[]
  readonly logLik: number
  readonly AIC: number
  readonly BIC: number
}
type Case = { readonly name: string; readonly REML: Fit; readonly ML: Fit; readonly dropped: readonly number[]; readonly variance: number }
type Simulated = { readonly name: string; readonly names: readonly string[]; readonly rows: readonly ModelRow[] }
const { cases } = golden<{ readonly cases: readonly Case[] }>('mixed-model')
const simulated = golden<{ readonly cases: readonly Simulated[] }>('random-intercept').cases

describe.each(cases.map((one) => [one.name, one] as const))('%s', (name, wanted) => {
  const { names, rows } = simulated.find((one) => one.name === name)!
  const sums = schoolSums(rows)

  test.each(['REML', 'ML'] as const)('%s has the Satterthwaite df of lmerTest to 1e-6, and its likelihood', (method) => {
    const fit = estimated(linearMixedModel(sums, names, method))
    const { coefficients, logLik, AIC, BIC } = wanted[method]
    for (const [place, { estimate, standardError, df }] of coefficients.entries()) {
      const found = fit.coefficients[place]!
      expectClose(found.estimate, estimate, 1e-6, found.name)
      expectClose(found.standardError, standardError, 1e-6, `standard error of ${found.name}`)
      expectClose(found.satterthwaite!.df, df, 1e-6, `df of ${found.name}`)
    }
    expectClose(fit.logLik, logLik, 1e-9, 'log-likelihood')
    expectClose(fit.AIC, AIC, 1e-9, 'AIC')
    expectClose(fit.BIC, BIC, 1e-9, 'BIC')
  })
  test('likelihood-ratio tests of each column and of the school variance are those of R', () => {
    for (const [place, statistic] of wanted.dropped.entries())
      expect(Math.abs(estimated(likelihoodRatio(sums, [place])).statistic - statistic)).toBeLessThan(1e-7)
    expect(Math.abs(estimated(clusterVarianceTest(sums)).statistic - wanted.variance)).toBeLessThan(1e-7)
  })
})

test('the likelihood ratio of one column has the p of chi-squared with one df, that of the variance half of it', () => {
  const sums = schoolSums(simulated[0]!.rows)
  expect(estimated(likelihoodRatio(sums, [0, 1]))).toMatchObject({ df: 2, method: 'likelihood-ratio-ml' })
  const singular = schoolSums(simulated[1]!.rows)
  expect(estimated(clusterVarianceTest(singular))).toMatchObject({ statistic: 0, p: 0.5 })
})

test('few clusters and a singular fit are said, and ML has no Kenward-Roger test', () => {
  const { names, rows } = simulated[1]!
  expect(estimated(linearMixedModel(schoolSums(rows), names)).warnings).toEqual(['singular-fit', 'few-schools'])
  expect(estimated(linearMixedModel(schoolSums(rows), names, 'ML')).coefficients[0]!.kenwardRoger).toBeNull()
})

test('what the data cannot answer is said, and a wrong call is refused', () => {
  const row = (school: string, ...values: number[]): ModelRow => ({ school, values })
  const one = schoolSums([row('A', 0, 1), row('A', 1, 2)])
  expect(linearMixedModel(one, ['arm'])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  const pairs = schoolSums([row('A', 0, 1), row('B', 0, 4), row('C', 1, 2), row('D', 1, 7)])
  expect(likelihoodRatio(pairs, [0])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(clusterVarianceTest(pairs)).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(() => linearMixedModel(one, [])).toThrow('linearMixedModel requires 0 covariates')
  expect(() => likelihoodRatio(one, [1])).toThrow('likelihoodRatio requires places of 0 to 0')
})

describe.skipIf(!hasOracles)(withOracles('published data sets'), () => {
  type Line = Readonly<Record<string, string>>
  const rows = (file: string, school: string, values: (line: Line) => readonly number[], kept: (line: Line) => boolean = () => true) =>
    oracleTable(file)
      .filter(kept)
      .map((line) => ({ school: line[school]!, values: values(line) }))
  const sets = {
    sleep_ri: () => rows('sleepstudy.csv', 'Subject', (line) => [Number(line.Days), Number(line.Reaction)]),
    exam_ri: () => rows('exam.csv', 'school', (line) => [Number(line.standLRT), Number(line.normexam)]),
    exam_null: () => rows('exam.csv', 'school', (line) => [Number(line.normexam)]),
    orthodont: () =>
      rows('orthodont.csv', 'Subject', (line) => {
        const female = Number(line.Sex === 'Female')
        return [Number(line.age), female, Number(line.age) * female, Number(line.distance)]
      }),
    star_k1_2level: () =>
      rows(
        'star_k_to_1.csv',
        'sch',
        (line) => [Number(line['read.pre']), Number(line.cltype === 'small'), Number(line.cltype === 'reg+A'), Number(line['read.post'])],
        (line) => Boolean(line['read.pre'] && line['read.post']),
      ),
  }
  const fitted = (name: keyof typeof sets, method: Method): LinearMixedModel => {
    const sums = schoolSums(sets[name]())
    return estimated(
      linearMixedModel(
        sums,
        sums[0]!.means.slice(1).map((_, place) => `x${place}`),
        method,
      ),
    )
  }
  const named = Object.keys(sets) as (keyof typeof sets)[] // the keys of a literal
  const methods = ['REML', 'ML'] as const

  type Truth = Readonly<Record<'s2' | 'tau2' | 'logLik', number>> & { readonly beta: readonly number[]; readonly se: readonly number[] }
  test.each(['sleep_ri', 'exam_ri', 'star_k1_2level'] as const)('%s equals the 40-digit truth to 1e-10, by REML and ML', (name) => {
    const truths = oracle<Readonly<Record<string, Readonly<Record<Method, Truth>>>>>('lmm_truth.json')[name]!
    for (const method of methods) {
      const fit = fitted(name, method)
      const { beta, se, s2, tau2, logLik } = truths[method]
      for (const [place, coefficient] of fit.coefficients.entries()) {
        expectClose(coefficient.estimate, beta[place]!, 1e-10, `${method} estimate`)
        expectClose(coefficient.standardError, se[place]!, 1e-10, `${method} standard error`)
      }
      expectClose(fit.varianceComponents.residual, s2, 1e-10, `${method} residual variance`)
      expectClose(fit.varianceComponents.cluster, tau2, 1e-10, `${method} cluster variance`)
      expectClose(fit.logLik, logLik, 1e-10, `${method} log-likelihood`)
    }
  })

  type Polished = {
    readonly coef: Readonly<Record<string, { readonly df_satterthwaite: number; readonly p_satterthwaite: number }>>
    readonly vcov_fixed: readonly (readonly number[])[]
    readonly logLik: number
    readonly AIC: number
    readonly BIC: number
  }
  type Lmm = {
    readonly cases: Readonly<
      Record<
        string,
        Readonly<
          Record<
            Method,
            { readonly polished: Polished; readonly lrt_vs_no_random_effects?: { readonly chisq: number; readonly p_half_chisq1: number } }
          >
        >
      >
    >
  }
  test.each(named)('%s has the Satterthwaite df of lmerTest, the covariance, AIC and BIC', (name) => {
    for (const method of methods) {
      const { polished, lrt_vs_no_random_effects: ratio } = oracle<Lmm>('lmm.json').cases[name]![method]
      const fit = fitted(name, method)
      for (const [place, { df_satterthwaite }] of Object.values(polished.coef).entries())
        expectClose(fit.coefficients[place]!.satterthwaite!.df, df_satterthwaite, 1e-6, `${method} df ${place}`)
      for (const [i, line] of polished.vcov_fixed.entries())
        for (const [j, value] of line.entries()) expectClose(fit.covariance[i]![j]!, value, 1e-6, `${method} covariance`)
      for (const key of ['logLik', 'AIC', 'BIC'] as const) expectClose(fit[key], polished[key], 1e-9, `${method} ${key}`)
      if (!ratio) continue
      const found = estimated(clusterVarianceTest(schoolSums(sets[name]())))
      expectClose(found.statistic, ratio.chisq, 1e-8, 'likelihood ratio')
      expectClose(found.p, ratio.p_half_chisq1, 1e-6, 'its p')
    }
  })
  test('a singular fit keeps the Satterthwaite df of lmerTest beside the 5 of Kenward and Roger', () => {
    const { dyestuff2 } = oracle<{ readonly dyestuff2: Readonly<Record<'df_satterthwaite' | 'p' | 'kr_ddf' | 'logLik_ML', number>> }>(
      'singular.json',
    )
    const sums = schoolSums(rows('dyestuff2.csv', 'Batch', (line) => [Number(line.Yield)]))
    const [coefficient] = estimated(linearMixedModel(sums, [])).coefficients
    expectClose(coefficient!.satterthwaite!.df, dyestuff2.df_satterthwaite, 1e-6, 'df')
    expectClose(coefficient!.satterthwaite!.p, dyestuff2.p, 1e-6, 'p')
    expectClose(coefficient!.kenwardRoger!.df, dyestuff2.kr_ddf, 1e-6, 'Kenward-Roger df')
    expectClose(estimated(linearMixedModel(sums, [], 'ML')).logLik, dyestuff2.logLik_ML, 1e-10, 'ML log-likelihood')
  })
})
