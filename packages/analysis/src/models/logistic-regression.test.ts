import { expect, test } from 'vitest'
import { binaryTrials } from '../../test/binary-trial.ts'
import { expectClose, hasOracles, withOracles } from '../../test/oracle.ts'
import { respiratory } from '../../test/respiratory.ts'
import { logisticRegression } from './logistic-regression.ts'

const estimated = (...asked: Parameters<typeof logisticRegression>) => {
  const found = logisticRegression(...asked)
  if (found.kind !== 'estimated') throw new Error(JSON.stringify(found))
  return found
}

test.each(binaryTrials.map((one) => [one.name, one] as const))(
  'estimates, standard errors, p and likelihood equal glm to 1e-10: %s',
  (_, one) => {
    const found = estimated(one.y, one.columns, one.names)
    expectClose(found.logLik, one.glm.logLik, 1e-10)
    for (const [k, { estimate, standardError, p }] of found.coefficients.entries()) {
      expectClose(estimate, one.glm.estimate[k]!, 1e-10)
      expectClose(standardError, one.glm.standardError[k]!, 1e-10)
      expectClose(p, one.glm.p[k]!, 1e-9)
    }
  },
)

test.skipIf(!hasOracles)(withOracles('the respiratory trial equals glm to 1e-10'), () => {
  const { y, columns, names, reference } = respiratory()
  for (const { name, estimate, standardError } of estimated(y, columns, names).coefficients) {
    expectClose(estimate, reference.glm[name]!.est, 1e-10)
    expectClose(standardError, reference.glm[name]!.se, 1e-10)
  }
})

test('an offset of a million and another unit change a coefficient by its unit alone', () => {
  const { y, columns, names } = binaryTrials[0]!
  const moved = columns.map((values, k) => (k === 1 ? values.map((value) => 1e6 + value / 1000) : values))
  const [plain, found] = [estimated(y, columns, names), estimated(y, moved, names)]
  expectClose(found.coefficients[2]!.estimate, plain.coefficients[2]!.estimate * 1000, 1e-7)
  expectClose(found.logLik, plain.logLik, 1e-10)
})

const x = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)
test.each([
  ['complete: a cut tells the outcome apart', [0, 0, 0, 0, 1, 1, 1, 1], [x], 'complete', ['x']],
  [
    'quasi-complete: all of an arm have the event',
    [0, 1, 0, 1, 1, 1, 1, 1],
    [Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1)],
    'quasi-complete',
    ['x'],
  ],
  [
    'only the column that separates is named',
    [0, 1, 0, 1, 1, 1, 1, 1],
    [Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1), Float64Array.of(1, 2, 3, 2.5, 1, 3, 2, 4)],
    'quasi-complete',
    ['x'],
  ],
  [
    'two columns together',
    [0, 1, 0, 1, 0, 1],
    [Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(1, 0, 3, 1, 5, 3)],
    'complete',
    ['x', 'z'],
  ],
] as const)('separation is said: %s', (_, y, columns, separation, named) => {
  expect(logisticRegression(Float64Array.from(y), columns, ['x', 'z'].slice(0, columns.length))).toEqual({
    kind: 'separated',
    separation,
    columns: named,
  })
})

test('a coefficient that is large but finite is estimated', () => {
  const y = Float64Array.from({ length: 2000 }, (_, row) => Number(row < 1000 ? row === 0 : row !== 1999))
  const found = estimated(y, [Float64Array.from(y, (_, row) => Number(row >= 1000))], ['arm'])
  expectClose(found.coefficients[1]!.estimate, 2 * Math.log(999), 1e-10)
})

test('what cannot be estimated has its reason, and a wrong outcome is refused', () => {
  const y = Float64Array.of(0, 1, 0, 1, 1)
  expect(logisticRegression(Float64Array.of(1, 1, 1, 1), [x.slice(0, 4)], ['x'])).toEqual({ kind: 'not-estimable', reason: 'no-variation' })
  expect(logisticRegression(y, [x.slice(0, 5), x.slice(0, 5)], ['x', 'z'])).toEqual({ kind: 'not-estimable', reason: 'collinear' })
  expect(logisticRegression(y, [x.slice(0, 5).fill(2)], ['x'])).toEqual({ kind: 'not-estimable', reason: 'collinear' })
  expect(logisticRegression(y.slice(0, 2), [x.slice(0, 2)], ['x'])).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(() => logisticRegression(Float64Array.of(0, 2, 1), [], [])).toThrow('logisticRegression requires an outcome of 0 and 1, got 2')
})
