import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import { schoolSums } from '../models/school-sums.ts'
import { schoolPermutation, sumsPermutation } from './school-permutation.ts'

type Row = { readonly school: string; readonly inProgramme: boolean; readonly post: number; readonly covariate: number }
type Case = {
  readonly name: string
  readonly pupils: readonly Row[]
  readonly adjusted: boolean
  readonly statistic: number
  readonly allocations: number
  readonly p: number
}
const { permutation } = golden<{ readonly permutation: readonly Case[] }>('synthesis')
const pupilsOf = ({ pupils, adjusted }: Case) =>
  pupils.map(({ covariate, ...pupil }) => ({ ...pupil, covariates: adjusted ? [covariate] : [] }))

test.each(permutation.map((one) => [one.name, one] as const))('schoolPermutation equals every allocation in R: %s', (_, one) => {
  const found = estimated(schoolPermutation(pupilsOf(one)))
  expect([found.method, found.allocations]).toEqual(['school-permutation-exact', one.allocations])
  expectClose(found.statistic, one.statistic, 1e-12, 'difference')
  expectClose(found.p, one.p, 1e-12, 'p')
})

test('of many schools allocations are drawn, the same ones for a seed; arms far apart give the smallest p there is', () => {
  const pupils = Array.from({ length: 24 }, (_, school) =>
    [3, 5, 4].map((size, k) => ({
      school: `${school}`,
      inProgramme: school % 2 === 0,
      covariates: [],
      post: ((school * 7) % 13) + size + k,
    })),
  )
  const found = estimated(schoolPermutation(pupils.flat()))
  expect([found.method, found.allocations]).toEqual(['school-permutation-drawn', 10_000])
  expect(estimated(schoolPermutation(pupils.flat())).p).toBe(found.p)
  expect(Math.abs(estimated(schoolPermutation(pupils.flat(), 2)).p - found.p)).toBeLessThan(0.03)
  const apart = pupils.flat().map((pupil) => ({ ...pupil, post: pupil.post + (pupil.inProgramme ? 1000 : 0) }))
  expect(estimated(schoolPermutation(apart)).p).toBe(1 / 10_000)
})

test('one arm, a school in both arms and a collinear covariate are said, not thrown', () => {
  const pupil = (school: string, inProgramme: boolean, post: number, covariate: number) => ({
    school,
    inProgramme,
    post,
    covariates: [covariate],
  })
  expect(schoolPermutation([pupil('A', true, 1, 1), pupil('B', true, 2, 5)])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
  expect(schoolPermutation([pupil('A', true, 1, 1), pupil('A', false, 2, 5)])).toEqual({ kind: 'not-estimable', reason: 'collinear' })
  expect(schoolPermutation([pupil('A', true, 1, 1), pupil('B', false, 2, 1)])).toEqual({ kind: 'not-estimable', reason: 'collinear' })
})

test('from per-cluster sums comes the same p, and a column that varies within clusters is no arm', () => {
  for (const [, one] of permutation.map((each) => [each.name, each] as const)) {
    const rows = pupilsOf(one).map(({ school, inProgramme, covariates, post }) => ({
      school,
      values: [...covariates, Number(inProgramme), post],
    }))
    const found = sumsPermutation(schoolSums(rows), one.adjusted ? 1 : 0)!
    expectClose(estimated(found).p, one.p, 1e-12, one.name)
    if (one.adjusted) expect(sumsPermutation(schoolSums(rows), 0)).toBeNull()
  }
})
