import { expect, test } from 'vitest'
import { incompleteTrial } from '../../test/incomplete-trial.ts'
import { expectClose } from '../../test/oracle.ts'
import { parseFormula } from '../formula/parse-formula.ts'
import { deltaSeries } from './delta.ts'
import { multipleImputation } from './multiple-imputation.ts'
import { pooledModel } from './pooled-model.ts'

const { columns, clusters, rows } = incompleteTrial({ seed: 4, schools: 16, pupils: 25, effect: -0.6 })
const imputed = multipleImputation(columns, clusters, { imputations: 5, iterations: 3, seed: 1 })
if (imputed.kind !== 'imputed') throw new Error(imputed.reason)
const formula = parseFormula('post ~ pre + arm + (1 | school)')
const inProgramme = rows.map(({ arm }) => arm === 'programme')
const asked = (deltas: readonly number[], own = formula, groups: readonly string[] | null = clusters) => {
  const found = deltaSeries(imputed, { formula: own, clusters: groups, term: 'armprogramme', inProgramme, deltas })
  if (found.kind !== 'estimated') throw new Error(found.reason)
  return found
}

test('without a shift it is the pooled model, for either arm', () => {
  const pooled = pooledModel(imputed.tables, formula, clusters)
  if (pooled.kind !== 'estimated') throw new Error(pooled.reason)
  const found = asked([])
  expect(found.points.map(({ shifted, delta }) => [shifted, delta])).toEqual([
    ['programme', 0],
    ['control', 0],
    ['both', 0],
  ])
  for (const point of found.points) expectClose(point.estimate, pooled.terms[2]!.estimate, 1e-12)
})

test('a shift moves the mean of an arm by its share of imputed values', () => {
  const plain = parseFormula('post ~ arm')
  const found = asked([2], plain, null)
  const at = (shifted: string, delta: number) => found.points.find((one) => one.shifted === shifted && one.delta === delta)!.estimate
  const size = inProgramme.filter(Boolean).length
  expectClose(at('programme', 2) - at('programme', 0), (2 * found.imputed.programme) / size, 1e-9)
  expectClose(at('control', 2) - at('control', 0), (-2 * found.imputed.control) / (rows.length - size), 1e-9)
})

test('at the tipping point an end of the interval is 0', () => {
  const found = asked([1, 5, 10])
  const { delta } = found.tippingPoints.find(({ shifted }) => shifted === 'programme')!
  expect(delta).not.toBeNull()
  const at = asked([delta!]).points.find((one) => one.shifted === 'programme' && one.delta === delta)!
  expect(Math.abs(at.interval.upper)).toBeLessThan(1e-5)
  expect(asked([0.01]).tippingPoints.every((one) => one.delta === null)).toBe(true)
})

test('a coefficient that the model does not have is refused', () => {
  expect(() => deltaSeries(imputed, { formula, clusters, term: 'arm', inProgramme, deltas: [1] })).toThrow(
    'deltaSeries requires the coefficient arm, the model has (Intercept), pre, armprogramme',
  )
})
