import { expect, test } from 'vitest'
import { binaryTrials } from '../../test/binary-trial.ts'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { clusterRobust } from '../models/cluster-robust.ts'
import { clusterSums } from '../models/cluster-sums.ts'
import { gee } from '../models/gee.ts'
import { clusteredProportions } from './clustered-proportions.ts'
import { twoProportions } from './two-proportions.ts'

const one = binaryTrials[0]!
const arm = one.columns[0]!
const pupils = one.rows.map(({ school, y }, row) => ({ school, first: arm[row] === 1, event: y === 1 }))
const found = estimated(clusteredProportions(pupils))

test('the estimates are those of the pupils, whatever their schools', () => {
  const count = (first: boolean) => {
    const own = pupils.filter((pupil) => pupil.first === first)
    return { events: own.filter(({ event }) => event).length, n: own.length }
  }
  const plain = estimated(twoProportions(count(true), count(false)))
  for (const key of ['riskDifference', 'riskRatio', 'oddsRatio', 'coxIndex'] as const)
    expectClose(found[key]!.estimate, plain[key]!.estimate, 1e-12)
  expectClose(found.coxIndex!.corrected, plain.coxIndex!.corrected, 1e-12)
})

test('the difference has the standard error and df of least squares with CR2', () => {
  const robust = estimated(clusterRobust(clusterSums(one.clusters, [arm, one.y]), ['arm'], 'CR2'))
  expectClose(found.riskDifference.standardError, robust.coefficients[1]!.standardError, 1e-12)
  expectClose(found.riskDifference.df, robust.coefficients[1]!.df, 1e-12)
  const [[v00, v01], [, v11]] = robust.covariance as [[number, number], [number, number]]
  const [p1, p0] = found.proportions
  const variance = (v00 + 2 * v01 + v11) / p1 ** 2 + v00 / p0 ** 2 - (2 * (v00 + v01)) / (p1 * p0)
  expectClose(found.riskRatio!.standardError, Math.sqrt(variance), 1e-10)
  expectClose(found.riskRatio!.interval.lower * found.riskRatio!.interval.upper, found.riskRatio!.estimate ** 2, 1e-12)
})

test('the odds ratio has the standard error of estimating equations after Kauermann and Carroll', () => {
  const equations = gee(one.y, [arm], ['arm'], one.clusters, { correlation: 'independence' })
  if (equations.kind !== 'estimated') throw new Error(equations.kind)
  expectClose(found.oddsRatio!.standardError, equations.coefficients[1]!.kauermannCarroll!.standardError, 1e-10)
  expectClose(found.oddsRatio!.estimate, equations.coefficients[1]!.oddsRatio!.estimate, 1e-10)
})

test('an arm without events keeps its difference alone; one arm, or one school, has no answer', () => {
  const none = estimated(clusteredProportions(pupils.map((pupil) => ({ ...pupil, event: pupil.event && pupil.first }))))
  expect([none.riskRatio, none.oddsRatio, none.coxIndex]).toEqual([null, null, null])
  expect(clusteredProportions(pupils.filter(({ first }) => first))).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(clusteredProportions(pupils.map((pupil) => ({ ...pupil, school: 'A' })))).toEqual({
    kind: 'not-estimable',
    reason: 'too-few-schools',
  })
})
