import { expect, test } from 'vitest'
import { binaryTrials } from '../../test/binary-trial.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { respiratory } from '../../test/respiratory.ts'
import { gaussHermite } from './gauss-hermite.ts'
import { logisticMixedModel } from './logistic-mixed-model.ts'
import { logisticRegression } from './logistic-regression.ts'

const estimated = (...asked: Parameters<typeof logisticMixedModel>) => {
  const found = logisticMixedModel(...asked)
  if (found.kind !== 'estimated') throw new Error(JSON.stringify(found))
  return found
}
const cases = binaryTrials.flatMap((one) => one.glmm.map((wanted) => [wanted.points, one.name, one, wanted] as const))

test.each(cases)(
  '%d points: %s equals glmer to 1e-5 (Laplace the approximation written out), its likelihood to 1e-8',
  (points, _, one, wanted) => {
    const found = estimated(one.y, one.columns, one.names, one.clusters, { quadraturePoints: points })
    expectClose(found.logLik, wanted.logLik, 1e-8)
    expectClose(found.clusterStandardDeviation, wanted.sd, 1e-5)
    for (const [k, { estimate, standardError }] of found.coefficients.entries()) {
      expectClose(estimate, wanted.estimate[k]!, 1e-5)
      expectClose(standardError, wanted.standardError[k]!, 1e-5)
    }
  },
)

test.skipIf(!hasOracles)(
  withOracles('the respiratory trial equals glmer with 25 points to 1e-5, and has the higher likelihood by Laplace'),
  () => {
    const { y, columns, names, patients, reference } = respiratory()
    const [found, wanted] = [estimated(y, columns, names, patients), reference.glmer_nAGQ25]
    expectClose(found.clusterStandardDeviation, wanted.sd_id, 1e-5)
    expectClose(found.logLik, wanted.logLik, 1e-9)
    for (const { name, estimate, standardError } of found.coefficients) {
      expectClose(estimate, wanted.coef[name]!.est, 1e-5)
      expectClose(standardError, wanted.coef[name]!.se, 1e-5)
    }
    // glmer's own tolerance (tolPwrss 1e-7) stops it 8e-4 below the maximum; with 1e-12 it gives 1.90953356 and -217.6013808, as here
    const laplace = estimated(y, columns, names, patients, { quadraturePoints: 1 })
    expect(laplace.logLik).toBeGreaterThan(reference.glmer_laplace.logLik)
    expectClose(laplace.logLik, -217.601380789, 1e-8)
    expectClose(laplace.clusterStandardDeviation, 1.9095335589933, 1e-7)
    for (const { name, estimate } of laplace.coefficients) expectClose(estimate, reference.glmer_laplace.est[name]!, 1e-3)
  },
)

test('schools that differ no more than chance leave no variance: logistic regression, and it is said', () => {
  const one = binaryTrials.find(({ singular }) => singular)!
  const found = estimated(one.y, one.columns, one.names, one.clusters)
  const plain = logisticRegression(one.y, one.columns, one.names)
  if (plain.kind !== 'estimated') throw new Error('it is estimable')
  expect([found.singular, found.clusterStandardDeviation, found.icc, found.clusterVarianceTest.p]).toEqual([true, 0, 0, 1])
  expect(found.warnings).toEqual(['singular-fit', 'few-schools'])
  for (const [k, { estimate, standardError }] of found.coefficients.entries()) {
    expectClose(estimate, plain.coefficients[k]!.estimate, 1e-12)
    expectClose(standardError, plain.coefficients[k]!.standardError, 1e-10)
  }
})

test('the icc is of the latent response, odds ratios are the exponentials with their intervals', () => {
  const { y, columns, names, clusters } = binaryTrials[0]!
  const found = estimated(y, columns, names, clusters)
  expectClose(found.icc, found.clusterVariance / (found.clusterVariance + Math.PI ** 2 / 3), 1e-15)
  const [, arm] = found.coefficients
  expectClose(arm!.oddsRatio.estimate, Math.exp(arm!.estimate), 1e-15)
  expectClose(Math.log(arm!.oddsRatio.interval.upper), arm!.interval.upper, 1e-12)
})

test('nodes and weights integrate polynomials against the normal density', () => {
  const moments = [1, 0, 1, 0, 3, 0, 15, 0, 105]
  for (const n of [5, 25, 60]) {
    const { nodes, weights } = gaussHermite(n)
    for (const [power, wanted] of moments.entries())
      expectClose(nodes.reduce((sum, z, k) => sum + weights[k]! * z ** power, 0) + 1, wanted + 1, 1e-11)
  }
  expect(() => gaussHermite(0)).toThrow('1 to 100 points, got 0')
})

test('a row to each cluster, or one cluster, is refused; separation is said', () => {
  const { y, columns, names, clusters } = binaryTrials[0]!
  const each = clusters.map((_, row) => String(row))
  expect(logisticMixedModel(y, columns, names, each)).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(
    logisticMixedModel(
      y,
      columns,
      names,
      clusters.map(() => 'A'),
    ),
  ).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  const all = y.map((value, row) => (columns[0]![row] === 1 ? 1 : value))
  expect(logisticMixedModel(all, columns, names, clusters)).toMatchObject({ kind: 'separated', columns: ['arm'] })
})
