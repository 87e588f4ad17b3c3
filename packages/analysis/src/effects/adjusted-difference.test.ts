import { expect, test } from 'vitest'
import { ancovaCases } from '../../test/comparisons.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { trialCases } from '../../test/pre-post-oracle.ts'
import { adjustedDifference } from './adjusted-difference.ts'

const armOf = ({
  before,
  after,
  age,
}: {
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly age?: readonly number[]
}) => ({
  outcome: after,
  covariates: before.map((value, pupil) => (age ? [value, age[pupil]!] : [value])),
})

test.each(ancovaCases)('adjustedDifference equals R to 1e-12: %s', (_, wanted) => {
  const found = estimated(adjustedDifference(armOf(wanted.programme), armOf(wanted.control)))
  for (const [ours, theirs] of [
    [found, wanted.effect] as const,
    ...found.covariates.map((one, k) => [one, wanted.covariates[k]!] as const),
  ]) {
    for (const key of ['estimate', 'standardError', 'statistic', 'p'] as const) expectClose(ours[key], theirs[key]!, 1e-12, key)
    expectClose(ours.interval.lower, theirs.lower!, 1e-12, 'lower')
    expectClose(ours.interval.upper, theirs.upper!, 1e-12, 'upper')
  }
  for (const [k, mean] of found.adjustedMeans.entries()) {
    expectClose(mean.estimate, wanted.means.estimate[k]!, 1e-12, 'adjusted mean')
    expectClose(mean.standardError, wanted.means.standardError[k]!, 1e-12, 'its standard error')
    expectClose(mean.interval.lower, wanted.means.lower[k]!, 1e-12, 'its lower limit')
  }
  expectClose(found.g.estimate, wanted.g, 1e-12, 'g')
  expectClose(found.g.approximate, wanted.approximate, 1e-12, 'g, approximate')
  expectClose(found.g.interval.upper - found.g.estimate, 1.959963984540054 * wanted.gError, 1e-12, 'margin of g')
  expectClose(found.residualStandardDeviation, wanted.sigma, 1e-12, 'sigma')
  expectClose(found.rSquared, wanted.rSquared, 1e-12, 'R²')
  expectClose(found.slopes!.statistic, wanted.slopes.statistic, 1e-12, 'F of slopes')
  expectClose(found.slopes!.p, wanted.slopes.p, 1e-12, 'its p')
})

test('a covariate that tells the arms apart, too few pupils and an exact line are said, not thrown', () => {
  const arm = (covariate: number, outcome: readonly number[]) => ({ outcome, covariates: outcome.map(() => [covariate]) })
  expect(adjustedDifference(arm(1, [1, 2, 4]), arm(0, [2, 3, 3]))).toEqual({ kind: 'not-estimable', reason: 'collinear' })
  const pairs = (values: readonly number[]) => ({ outcome: values.map((value) => 2 * value), covariates: values.map((value) => [value]) })
  expect(adjustedDifference(pairs([1, 2, 4]), pairs([2, 3, 5]))).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(adjustedDifference(arm(1, [1]), arm(0, [2, 3]))).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
})

test.skipIf(!hasOracles)(withOracles('four pre/post trials agree with R to 1e-12'), () => {
  for (const { name, reference, programme, control } of trialCases()) {
    const [t, c] = [programme, control].map(({ baseline, post }) => armOf({ before: baseline, after: post }))
    const found = estimated(adjustedDifference(t!, c!))
    const wanted = reference.ancova
    for (const [ours, theirs] of [
      [found, wanted.coef.armT],
      [found.covariates[0]!, wanted.coef.pre],
    ] as const) {
      expectClose(ours.estimate, theirs.est, 1e-12, `${name} estimate`)
      expectClose(ours.standardError, theirs.se, 1e-12, `${name} standard error`)
      expectClose(ours.p, theirs.p, 1e-12, `${name} p`)
      expectClose(ours.interval.lower, theirs.ci95[0], 1e-12, `${name} lower`)
    }
    for (const [k, arm] of (['T', 'C'] as const).entries()) {
      expectClose(found.adjustedMeans[k]!.estimate, wanted.adj_means[arm], 1e-12, `${name} adjusted mean`)
      expectClose(found.adjustedMeans[k]!.standardError, wanted.adj_means_se[arm], 1e-12, `${name} its standard error`)
    }
    expectClose(found.g.approximate, wanted.g_adj_wwc, 1e-12, `${name} g`)
    expectClose(found.rSquared, wanted.r2, 1e-12, `${name} R²`)
    expectClose(found.partialEtaSquared, wanted.partial_eta2_arm, 1e-12, `${name} partial eta²`)
    expectClose(found.slopes!.statistic, wanted.slope_homogeneity.F, 1e-12, `${name} F of slopes`)
  }
})
