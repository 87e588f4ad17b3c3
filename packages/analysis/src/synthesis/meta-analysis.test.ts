import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden, hasOracles, oracle, withOracles } from '../../test/oracle.ts'
import { metaAnalysis, type Study } from './meta-analysis.ts'

type Pair = readonly [number, number]
type Fixed = {
  readonly estimate: number
  readonly standardError: number
  readonly statistic: number
  readonly p: number
  readonly interval: Pair
}
type Random = Omit<Fixed, 'statistic'> & {
  readonly betweenVariance: number
  readonly iSquared: number
  readonly predictionInterval: Pair
  readonly knappHartung: { readonly standardError: number; readonly statistic: number; readonly p: number; readonly interval: Pair }
  readonly knappHartungPrediction: Pair
}
type Case = {
  readonly name: string
  readonly studies: Study[]
  readonly heterogeneity: { readonly statistic: number; readonly p: number }
  readonly fixed: Fixed
  readonly derSimonianLaird: Random
  readonly reml: Random
}
const { meta } = golden<{ readonly meta: readonly Case[] }>('synthesis')

test.each(meta.map((one) => [one.name, one] as const))(
  'every model equals metafor, closed forms to 1e-12 and REML to 1e-10: %s',
  (_, one) => {
    const found = estimated(metaAnalysis(one.studies))
    expectClose(found.heterogeneity.statistic, one.heterogeneity.statistic, 1e-12, 'Q')
    expectClose(found.heterogeneity.p, one.heterogeneity.p, 1e-12, 'Q p')
    for (const key of ['estimate', 'standardError', 'statistic', 'p'] as const)
      expectClose(found.fixed[key], one.fixed[key], 1e-12, `fixed ${key}`)
    for (const [model, tolerance] of [
      ['derSimonianLaird', 1e-12],
      ['reml', 1e-10],
    ] as const) {
      const [ours, theirs] = [found[model], one[model]]
      for (const key of ['estimate', 'standardError', 'p', 'betweenVariance', 'iSquared'] as const)
        expectClose(ours[key], theirs[key], tolerance, `${model} ${key}`)
      expectClose(ours.interval.lower, theirs.interval[0], tolerance, `${model} lower`)
      expectClose(ours.predictionInterval.upper, theirs.predictionInterval[1], tolerance, `${model} prediction`)
      for (const key of ['standardError', 'statistic', 'p'] as const)
        expectClose(ours.knappHartung[key], theirs.knappHartung[key], tolerance, `${model} Knapp-Hartung ${key}`)
      expectClose(ours.knappHartung.interval.upper, theirs.knappHartung.interval[1], tolerance, `${model} Knapp-Hartung upper`)
      expectClose(
        ours.knappHartung.predictionInterval.lower,
        theirs.knappHartungPrediction[0],
        tolerance,
        `${model} Knapp-Hartung prediction`,
      )
    }
  },
)

test('one study and a variance of zero are said', () => {
  expect(metaAnalysis([{ estimate: 1, variance: 1 }])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(() => metaAnalysis([{ estimate: 1, variance: 0 }])).toThrow('metaAnalysis requires variances above 0, got 0')
})

test('studies that agree exactly have no variance between them, and a prediction interval as wide as the interval', () => {
  const found = estimated(metaAnalysis([0.04, 0.02, 0.03].map((variance) => ({ estimate: 0.3, variance }))))
  expect([found.reml.betweenVariance, found.derSimonianLaird.betweenVariance, found.heterogeneity.iSquared]).toEqual([0, 0, 0])
  expect(found.reml.predictionInterval).toEqual(found.reml.interval)
})

test.skipIf(!hasOracles)(withOracles('thirteen published trials agree with metafor, REML to its own 1e-5'), () => {
  type Model = {
    readonly b: number
    readonly se: number
    readonly tau2: number
    readonly p: number
    readonly pi95: Pair
    readonly knha: { readonly se: number; readonly ci95: Pair }
  }
  type Reference = {
    readonly meta: { readonly bcg_logRR: Readonly<Record<'FE' | 'DL' | 'REML', Model>> & { readonly yi: number[]; readonly vi: number[] } }
  }
  const { yi, vi, FE, DL, REML } = oracle<Reference>('misc.json').meta.bcg_logRR
  const found = estimated(metaAnalysis(yi.map((estimate, k) => ({ estimate, variance: vi[k]! }))))
  expectClose(found.fixed.estimate, FE.b, 1e-12, 'fixed')
  expectClose(found.fixed.p, FE.p, 1e-12, 'fixed p')
  for (const [ours, theirs, tolerance] of [
    [found.derSimonianLaird, DL, 1e-12],
    [found.reml, REML, 1e-5],
  ] as const) {
    expectClose(ours.estimate, theirs.b, tolerance, 'estimate')
    expectClose(ours.standardError, theirs.se, tolerance, 'standard error')
    expectClose(ours.betweenVariance, theirs.tau2, tolerance, 'tau2')
    expectClose(ours.predictionInterval.lower, theirs.pi95[0], tolerance, 'prediction')
    expectClose(ours.knappHartung.standardError, theirs.knha.se, tolerance, 'Knapp-Hartung')
    expectClose(ours.knappHartung.interval.upper, theirs.knha.ci95[1], tolerance, 'Knapp-Hartung upper')
  }
})
