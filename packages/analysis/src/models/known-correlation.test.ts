import { describe, expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose } from '../../test/oracle.ts'
import { knownCorrelation } from './known-correlation.ts'
import { linearMixedModel } from './linear-mixed-model.ts'
import { schoolSums } from './school-sums.ts'

const rows = Array.from({ length: 60 }, (_, pupil) => {
  const school = pupil % 7
  const before = 10 + ((pupil * 37) % 11)
  return { school: `S${school}`, values: [school % 2, before, 0.5 * before + 2 * (school % 3) - (school % 2) + ((pupil * 53) % 9)] }
})
const sums = schoolSums(rows)
const answer = (icc: number) => {
  const found = knownCorrelation(sums, 0, icc)
  if ('kind' in found) throw new Error(found.reason)
  return found
}

test('at the correlation that the mixed model finds, the estimate and its unadjusted standard error are the model’s', () => {
  const model = estimated(linearMixedModel(sums, ['arm', 'before']))
  const found = answer(model.icc)
  expectClose(found.estimate, model.coefficients[1]!.estimate, 1e-10)
  expectClose(found.standardError, model.coefficients[1]!.standardError, 1e-10)
  expect(found.df).toBe(5)
})

test('with no correlation it is least squares, and the interval widens as the correlation grows', () => {
  const mean = (arm: number, k: number) => {
    const own = rows.filter(({ values }) => values[0] === arm)
    return own.reduce((sum, { values }) => sum + values[k]!, 0) / own.length
  }
  const plain = knownCorrelation(schoolSums(rows.map(({ school, values }) => ({ school, values: [values[0]!, values[2]!] }))), 0, 0)
  if ('kind' in plain) throw new Error(plain.reason)
  expectClose(plain.estimate, mean(1, 2) - mean(0, 2), 1e-12)
  const widths = [0, 0.05, 0.1, 0.3].map((icc) => answer(icc).standardError)
  expect(widths).toEqual(widths.toSorted((a, b) => a - b))
})

describe('what cannot be answered', () => {
  test('two schools, a column that is another', () => {
    expect(knownCorrelation(sums.slice(0, 2), 0, 0.1)).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
    const twice = schoolSums(rows.map(({ school, values }) => ({ school, values: [values[0]!, values[0]!, values[2]!] })))
    expect(knownCorrelation(twice, 0, 0.1)).toEqual({ kind: 'not-estimable', reason: 'collinear' })
  })
  test('a correlation of 1', () => expect(() => knownCorrelation(sums, 0, 1)).toThrow('from 0 to below 1, got 1'))
})
