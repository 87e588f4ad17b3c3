/** R's exact and approximate rank tests with their shifts. */
import { expect } from 'vitest'
import type { RankSum } from '../src/effects/rank-sum.ts'
import type { SignedRank } from '../src/effects/signed-rank.ts'
import { expectClose, golden } from './oracle.ts'

type Wanted = {
  readonly name: string
  readonly level: number
  readonly exact: boolean
  readonly approximate: number
  readonly statistic: number
  readonly p: number
  readonly median: number
  readonly interval: readonly [number, number]
}
type Ranks = {
  readonly rank_sum: readonly (Wanted & { readonly first: readonly number[]; readonly second: readonly number[] })[]
  readonly signed_rank: readonly (Wanted & { readonly before: readonly number[]; readonly after: readonly number[] })[]
}
const { rank_sum, signed_rank } = golden<Ranks>('ranks')
export const rankSumCases = rank_sum.map((one) => [one.name, one] as const)
export const signedRankCases = signed_rank.map((one) => [one.name, one] as const)

export const expectAsInR = (found: RankSum | SignedRank, wanted: Wanted) => {
  expect([found.statistic, found.method.endsWith('exact')]).toEqual([wanted.statistic, wanted.exact])
  expectClose(found.p, wanted.p, 1e-12, 'p')
  expectClose(found.approximateP, wanted.approximate, 1e-12, 'approximate p')
  expectClose(found.shift.estimate, wanted.median, 1e-12, 'shift')
  const near = (value: number, other: number, what: string) =>
    wanted.exact ? expectClose(value, other, 1e-12, what) : expect(Math.abs(value - other), what).toBeLessThan(1e-4)
  near(found.shift.interval.lower, wanted.interval[0], 'lower')
  near(found.shift.interval.upper, wanted.interval[1], 'upper')
}
