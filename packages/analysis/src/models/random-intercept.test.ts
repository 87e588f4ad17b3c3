import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, oracleTable, withOracles } from '../../test/oracle.ts'
import { randomIntercept } from './random-intercept.ts'
import { type ModelRow, schoolSums } from './school-sums.ts'

type Case = {
  readonly name: string
  readonly names: readonly string[]
  readonly singular: boolean
  readonly rows: readonly ModelRow[]
  readonly coefficients: readonly { readonly estimate: number; readonly standardError: number; readonly df: number }[]
}
type Truth = {
  readonly estimates: readonly number[]
  readonly standardErrors: readonly number[]
  readonly residualVariance: number
  readonly schoolVariance: number
  readonly logLikelihood: number
}
const { cases } = golden<{ readonly cases: readonly Case[] }>('random-intercept')
const truths = golden<{ readonly cases: readonly (Truth & { readonly name: string })[] }>('random-intercept-truth').cases

const expectTruth = (rows: readonly ModelRow[], names: readonly string[], truth: Truth) => {
  const fit = estimated(randomIntercept(schoolSums(rows), names))
  for (const [place, coefficient] of fit.coefficients.entries()) {
    expectClose(coefficient.estimate, truth.estimates[place]!, 1e-10, coefficient.name)
    expectClose(coefficient.unadjustedStandardError, truth.standardErrors[place]!, 1e-10, `standard error of ${coefficient.name}`)
  }
  expectClose(fit.residualVariance, truth.residualVariance, 1e-10, 'residual variance')
  expectClose(fit.schoolVariance, truth.schoolVariance, 1e-10, 'school variance')
  expectClose(fit.logLikelihood, truth.logLikelihood, 1e-10, 'log-likelihood')
  return fit
}

describe.each(cases.map((one) => [one.name, one] as const))('%s', (name, { rows, names, singular, coefficients }) => {
  test('estimates equal the 40-digit truth to 1e-10', () => {
    expect(expectTruth(rows, names, truths.find((truth) => truth.name === name)!).singular).toBe(singular)
  })
  test('Kenward-Roger standard errors and df equal pbkrtest to 1e-6', () => {
    const fit = estimated(randomIntercept(schoolSums(rows), names))
    for (const [place, wanted] of coefficients.entries()) {
      expectClose(fit.coefficients[place]!.df, wanted.df, 1e-6, `df of ${fit.coefficients[place]!.name}`)
      expectClose(fit.coefficients[place]!.standardError, wanted.standardError, 1e-6, `standard error of ${fit.coefficients[place]!.name}`)
    }
  })
})

test('a singular fit says so and keeps the school variance at zero', () => {
  const { rows, names } = cases.find(({ singular }) => singular)!
  const fit = estimated(randomIntercept(schoolSums(rows), names))
  expect(fit).toMatchObject({ singular: true, schoolVariance: 0, intraclassCorrelation: 0, warnings: ['singular-fit'] })
})

const row = (school: string, ...values: number[]): ModelRow => ({ school, values })

describe('what the data cannot answer is said, not thrown', () => {
  const refused = (rows: readonly ModelRow[], names: readonly string[] = ['arm']) => randomIntercept(schoolSums(rows), names)

  test('no school, one school', () => {
    expect(refused([])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
    expect(refused([row('A', 0, 1), row('A', 0, 2)])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  })
  test('two arms with one school each: the arm is the school', () => {
    const rows = [row('A', 0, 1), row('A', 0, 4), row('A', 0, 2), row('B', 1, 3), row('B', 1, 5), row('B', 1, 9)]
    expect(refused(rows)).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  })
  test('every school of one pupil: the two variances cannot be told apart', () => {
    expect(refused([row('A', 0, 1), row('B', 0, 4), row('C', 1, 2), row('D', 1, 7)])).toEqual({
      kind: 'not-estimable',
      reason: 'too-few-schools',
    })
  })
  test('a constant outcome, an arm that never varies, an outcome without spread inside schools', () => {
    const arms = [0, 0, 1, 1].flatMap((arm, school) => [1, 2, 3].map((pupil) => ({ arm, school: `S${school}`, pupil })))
    expect(refused(arms.map(({ arm, school }) => row(school, arm, 5)))).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
    expect(refused(arms.map(({ school, pupil }) => row(school, 1, pupil)))).toEqual({ kind: 'not-estimable', reason: 'collinear' })
    expect(refused(arms.map(({ arm, school }) => row(school, arm, Number(school.slice(1)) ** 2)))).toEqual({
      kind: 'not-estimable',
      reason: 'no-variation-within-schools',
    })
  })
  test('as many values as columns', () => {
    expect(refused([row('A', 0, 1, 1), row('A', 0, 2, 4), row('B', 1, 2, 2)], ['arm', 'baseline'])).toEqual({
      kind: 'not-estimable',
      reason: 'too-few-values',
    })
  })
})

test('schools that explain almost everything leave an intraclass correlation of almost one', () => {
  const rows = [0, 1, 2, 3, 4, 5].flatMap((school) =>
    [-1, 1, 3].map((pupil) => row(`S${school}`, school % 2, 10 * school ** 2 + 1e-7 * pupil ** school)),
  )
  expect(estimated(randomIntercept(schoolSums(rows), ['arm'])).intraclassCorrelation).toBeGreaterThan(0.999999)
})

test('names and columns that disagree are refused', () => {
  expect(() => randomIntercept(schoolSums([row('A', 1, 2)]), ['arm', 'baseline'])).toThrow(
    'randomIntercept requires 2 covariates and the outcome',
  )
  expect(() => schoolSums([row('A', 1, 2), row('A', 1)])).toThrow('schoolSums requires 2 values in every row')
})

test('shifting the outcome moves the intercept alone, whatever the unit', () => {
  const { rows, names } = cases[0]!
  const base = estimated(randomIntercept(schoolSums(rows), names))
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 1, max: 64 }), (shift, scale) => {
      const moved = rows.map(({ school, values }) => ({
        school,
        values: values.map((value, k) => (k === values.length - 1 ? shift + scale * value : value)),
      }))
      const fit = estimated(randomIntercept(schoolSums(moved), names))
      expectClose(fit.coefficients[1]!.estimate, scale * base.coefficients[1]!.estimate, 1e-8)
      expectClose(fit.coefficients[1]!.df, base.coefficients[1]!.df, 1e-8)
      expectClose(fit.intraclassCorrelation, base.intraclassCorrelation, 1e-7)
    }),
    { numRuns: 25 },
  )
})

test('the order of rows and the names of schools do not matter', () => {
  const { rows, names } = cases[2]!
  const renamed = rows.toReversed().map(({ school, values }) => ({ school: `x${school}`, values }))
  const [one, other] = [rows, renamed].map((some) => estimated(randomIntercept(schoolSums(some), names)))
  expectClose(one!.coefficients[1]!.statistic, other!.coefficients[1]!.statistic, 1e-11)
})

describe.skipIf(!hasOracles)(withOracles('published data sets'), () => {
  type Lmm = {
    readonly cases: Readonly<
      Record<
        string,
        {
          readonly REML: {
            readonly kenward_roger?: { readonly coef: Readonly<Record<string, { readonly se_kr: number; readonly ddf_kr: number }>> }
          }
        }
      >
    >
  }
  type Reml = {
    readonly beta: readonly number[]
    readonly se: readonly number[]
    readonly s2: number
    readonly tau2: number
    readonly logLik: number
  }
  const read = (file: string, school: string, values: (line: Readonly<Record<string, string>>) => readonly number[]) =>
    oracleTable(file).map((line) => ({ school: line[school]!, values: values(line) }))

  const sets = {
    sleep_ri: () => ({ names: ['Days'], rows: read('sleepstudy.csv', 'Subject', (line) => [Number(line.Days), Number(line.Reaction)]) }),
    exam_ri: () => ({ names: ['standLRT'], rows: read('exam.csv', 'school', (line) => [Number(line.standLRT), Number(line.normexam)]) }),
    star_k1_2level: () => ({
      names: ['pre', 'small', 'aide'],
      rows: oracleTable('star_k_to_1.csv')
        .filter((line) => line['read.pre'] && line['read.post'])
        .map((line) => ({
          school: line.sch!,
          values: [Number(line['read.pre']), Number(line.cltype === 'small'), Number(line.cltype === 'reg+A'), Number(line['read.post'])],
        })),
    }),
    orthodont: () => ({
      names: ['age', 'female', 'age:female'],
      rows: read('orthodont.csv', 'Subject', (line) => {
        const female = Number(line.Sex === 'Female')
        return [Number(line.age), female, Number(line.age) * female, Number(line.distance)]
      }),
    }),
  }

  test.each(['sleep_ri', 'exam_ri', 'star_k1_2level'] as const)('%s equals the 40-digit truth to 1e-10', (name) => {
    const { beta, se, s2, tau2, logLik } = oracle<Readonly<Record<string, { readonly REML: Reml }>>>('lmm_truth.json')[name]!.REML
    const { names, rows } = sets[name]()
    expectTruth(rows, names, { estimates: beta, standardErrors: se, residualVariance: s2, schoolVariance: tau2, logLikelihood: logLik })
  })
  test.each(['sleep_ri', 'exam_ri', 'orthodont'] as const)('%s has the Kenward-Roger df of pbkrtest to 1e-6', (name) => {
    const wanted = Object.values(oracle<Lmm>('lmm.json').cases[name]!.REML.kenward_roger!.coef)
    const { names, rows } = sets[name]()
    const fit = estimated(randomIntercept(schoolSums(rows), names))
    for (const [place, { se_kr, ddf_kr }] of wanted.entries()) {
      expectClose(fit.coefficients[place]!.df, ddf_kr, 1e-6, 'df')
      expectClose(fit.coefficients[place]!.standardError, se_kr, 1e-6, 'standard error')
    }
  })
  test('a singular fit keeps 5 degrees of freedom, not 29', () => {
    const { dyestuff2 } = oracle<{ readonly dyestuff2: Readonly<Record<'est' | 'kr_se' | 'kr_ddf' | 'sigma2' | 'logLik_REML', number>> }>(
      'singular.json',
    )
    const fit = estimated(randomIntercept(schoolSums(read('dyestuff2.csv', 'Batch', (line) => [Number(line.Yield)])), []))
    expect(fit.singular).toBe(true)
    expectClose(fit.coefficients[0]!.estimate, dyestuff2.est, 1e-10)
    expectClose(fit.coefficients[0]!.standardError, dyestuff2.kr_se, 1e-10)
    expectClose(fit.coefficients[0]!.df, dyestuff2.kr_ddf, 1e-6)
    expectClose(fit.residualVariance, dyestuff2.sigma2, 1e-10)
    expectClose(fit.logLikelihood, dyestuff2.logLik_REML, 1e-10)
  })
})
