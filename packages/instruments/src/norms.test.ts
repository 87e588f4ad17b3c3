import { expect, test } from 'vitest'
import { small } from '../test/small.ts'
import type { Definition, Norm } from './definition.ts'
import { loadLibrary } from './library.ts'
import { normedScore } from './norms.ts'

const norm = (id: string, cells: Norm['cells']): Norm => ({
  id,
  scale: 'total',
  cells,
  sample: 'made up for a test',
  year: 2020,
  status: 'judgement',
  source: 'made up for a test',
})
const teens = { from: 12, to: 15 }
const normed: Definition = {
  ...small,
  norms: [
    norm('by-sex', [
      { ages: teens, sex: 'female', n: 400, mean: 9, standardDeviation: 2 },
      { ages: teens, sex: 'male', mean: 8, standardDeviation: 4 },
    ]),
    norm('all', [{ ages: teens, mean: 8.5, standardDeviation: 3 }]),
    norm('county', [{ grades: { from: 7, to: 9 }, region: 'Hunan', mean: 7, standardDeviation: 2 }]),
  ],
}
const girl = { age: 13, sex: 'female' } as const

test('a score is told in standard deviations and as T, with the norm it stands against', () => {
  const { norms } = normed
  expect(normedScore(normed, 'total', 12, girl)).toEqual({
    kind: 'normed',
    z: 1.5,
    t: 65,
    norm: { id: 'by-sex', sample: norms![0]!.sample, year: 2020, status: 'judgement', source: 'made up for a test', n: 400 },
  })
  expect(normedScore(normed, 'total', 12, { ...girl, sex: 'male' })).toMatchObject({ z: 1, t: 60, norm: { id: 'by-sex', n: null } })
})

test('a child whose sex is not known stands against the norm that does not ask it', () => {
  expect(normedScore(normed, 'total', 10, { age: 12, sex: null })).toMatchObject({ kind: 'normed', z: 0.5, norm: { id: 'all' } })
})

test('both ends of an age span belong to it, and beyond there is no valid norm for this child', () => {
  for (const age of [12, 15]) expect(normedScore(normed, 'total', 9, { ...girl, age })).toMatchObject({ z: 0 })
  const elsewhere = { grade: 6, region: 'Hunan' }
  for (const age of [11, 16])
    expect(normedScore(normed, 'total', 9, { ...girl, ...elsewhere, age })).toEqual({ kind: 'no-norm', reason: 'child-outside-norms' })
})

test('a child of whom too little is known has no norm, and it says so', () => {
  expect(normedScore(normed, 'total', 9, { age: null, sex: null })).toEqual({ kind: 'no-norm', reason: 'child-not-known-enough' })
  expect(normedScore(normed, 'total', 9, { age: 17, sex: 'male', grade: 9 })).toEqual({ kind: 'no-norm', reason: 'child-not-known-enough' })
  expect(normedScore(normed, 'total', 9, { age: 17, sex: 'male', grade: 9, region: 'Hunan' })).toMatchObject({ z: 1 })
})

test('a scale without a norm says so, and an unknown scale is named', () => {
  expect(normedScore(normed, 'mean', 3, girl)).toEqual({ kind: 'no-norm', reason: 'no-norm-for-scale' })
  expect(() => normedScore(normed, 'sum', 3, girl)).toThrow('normedScore knows no scale sum in small')
})

test('every norm of the library gives its own mean the T score 50', async () => {
  for (const { definition } of (await loadLibrary()).list())
    for (const { scale, cells } of definition.norms ?? [])
      for (const { ages, grades, sex, region, mean } of cells) {
        const child = { age: ages?.from ?? null, grade: grades?.from ?? null, sex: sex ?? null, region: region ?? null }
        expect(normedScore(definition, scale, mean, child), definition.id).toMatchObject({ kind: 'normed', t: 50 })
      }
})
