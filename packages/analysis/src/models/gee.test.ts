import { expect, test } from 'vitest'
import { binaryTrials } from '../../test/binary-trial.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { respiratory } from '../../test/respiratory.ts'
import { gee } from './gee.ts'

const estimated = (...asked: Parameters<typeof gee>) => {
  const found = gee(...asked)
  if (found.kind !== 'estimated') throw new Error(JSON.stringify(found))
  return found
}
const cases = binaryTrials.flatMap((one) => one.gee.map((wanted) => [wanted.family, wanted.correlation, one.name, one, wanted] as const))

test.each(cases)('%s, %s: %s equals geepack, its corrections the matrices written out, to 1e-9', (family, correlation, _, one, wanted) => {
  const found = estimated(family === 'binomial' ? one.y : one.score, one.columns, one.names, one.clusters, { family, correlation })
  expect(Math.abs(found.alpha - wanted.alpha)).toBeLessThan(1e-9)
  expectClose(found.scale, wanted.scale, 1e-9)
  for (const [k, own] of found.coefficients.entries()) {
    expectClose(own.estimate, wanted.estimate[k]!, 1e-9)
    expectClose(own.standardError, wanted.standardError[k]!, 1e-9)
    for (const correction of ['kauermannCarroll', 'manclDeRouen'] as const) {
      expectClose(own[correction]!.standardError, wanted[correction].standardError[k]!, 1e-9, correction)
      expectClose(own[correction]!.df, wanted[correction].df[k]!, 1e-9, correction)
    }
  }
})

test.skipIf(!hasOracles)(withOracles('the respiratory trial equals geepack to 1e-10'), () => {
  const { y, columns, names, patients, reference } = respiratory()
  for (const correlation of ['independence', 'exchangeable', 'ar1'] as const) {
    const [found, wanted] = [estimated(y, columns, names, patients, { correlation }), reference.gee[correlation]]
    expectClose(found.scale, wanted.scale, 1e-10)
    expectClose(found.alpha, wanted.alpha ?? 0, 1e-10)
    for (const { name, estimate, standardError, p } of found.coefficients) {
      expectClose(estimate, wanted.coef[name]!.est, 1e-10)
      expectClose(standardError, wanted.coef[name]!.se_robust, 1e-10)
      expectClose(p, wanted.coef[name]!.p, 1e-8) // a tail of 1e-8 has ten times the relative error of its z
    }
  }
})

test('clusters of one make it logistic regression with a sandwich, and the order of the rows does not matter', () => {
  const { y, columns, names, clusters } = binaryTrials[0]!
  const single = estimated(
    y,
    columns,
    names,
    clusters.map((_, row) => String(row)),
  )
  expect([single.alpha, single.largestCluster]).toEqual([0, 1])
  const back = [...y.keys()].reverse()
  const turned = estimated(
    Float64Array.from(back, (row) => y[row]!),
    columns.map((values) => Float64Array.from(back, (row) => values[row]!)),
    names,
    back.map((row) => clusters[row]!),
  )
  const plain = estimated(y, columns, names, clusters)
  expectClose(turned.coefficients[1]!.kauermannCarroll!.p, plain.coefficients[1]!.kauermannCarroll!.p, 1e-9)
  expectClose(plain.wald([1])!.p, plain.coefficients[1]!.kauermannCarroll!.p, 1e-9)
})

test('one school in an arm leaves one df between the others and no jackknife; separation and a single school have no answer', () => {
  const y = Float64Array.of(0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1)
  const arm = Float64Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0)
  const schools = ['A', 'A', 'A', 'A', 'B', 'B', 'B', 'B', 'C', 'C', 'C', 'C']
  const lone = estimated(y, [arm], ['arm'], schools)
  expect([lone.coefficients[1]!.manclDeRouen, lone.warnings]).toEqual([null, ['few-schools']])
  expectClose(lone.coefficients[1]!.kauermannCarroll!.df, 1, 1e-12)
  expect(
    gee(
      y,
      [arm],
      ['arm'],
      schools.map(() => 'A'),
    ),
  ).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(
    gee(
      arm.map((value, row) => (value === 1 ? 1 : y[row]!)),
      [arm],
      ['arm'],
      schools,
    ),
  ).toEqual({
    kind: 'separated',
    separation: 'quasi-complete',
    columns: ['arm'],
  })
  expect(() => gee(y, [arm], ['arm'], ['A'])).toThrow('gee requires 12 clusters, one a row')
})
