import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { expectClose, golden } from '../../test/oracle.ts'
import { clusterRobust } from '../models/cluster-robust.ts'
import { clusterSums } from '../models/cluster-sums.ts'
import { wildCluster } from './wild-cluster.ts'
import { weightDraws } from './wild-weights.ts'

type Case = {
  readonly name: string
  readonly school: readonly string[]
  readonly arm: readonly number[]
  readonly pre: readonly number[]
  readonly post: readonly number[]
  readonly estimate: readonly number[]
  readonly statistic: readonly number[]
  readonly p: readonly number[]
  readonly p_at: number
  readonly interval: readonly [number, number] | null
}
const { cases } = golden<{ readonly cases: readonly Case[] }>('wild-cluster')
const sumsOf = ({ school, arm, pre, post }: Case) =>
  clusterSums(school, [Float64Array.from(arm), Float64Array.from(pre), Float64Array.from(post)])

test.each(cases.map((one) => [one.name, one] as const))('every pattern of %s gives the p of brute force over rows in R', (_, one) => {
  const found = estimated(wildCluster(sumsOf(one), ['arm', 'pre']))
  expect(found).toMatchObject({ enumerated: true, draws: 2 ** (found.clusters - 1), leastP: 2 ** (1 - found.clusters) })
  for (const [k, { estimate, statistic, p }] of found.coefficients.entries()) {
    const offset = Math.abs(one.post[0]!) > 1e5 // where R's normal equations lose digits
    expectClose(estimate, one.estimate[k]!, offset ? 1e-7 : 1e-9)
    expectClose(statistic, one.statistic[k]!, offset ? 1e-6 : 1e-9)
    expectClose(p, one.p[k]!, 1e-12, `p of ${k}`)
  }
})

test('the interval holds the null values that are not rejected', () => {
  const [one] = cases
  const { interval } = estimated(wildCluster(sumsOf(one!), ['arm', 'pre'])).coefficients[1]!
  expectClose(interval!.lower, one!.interval![0], 1e-5)
  expectClose(interval!.upper, one!.interval![1], 1e-5)
})

test('a null value is tested by taking it from the outcome', () => {
  const [one] = cases
  const shifted = { ...one!, post: one!.post.map((value, pupil) => value + 0.5 * one!.arm[pupil]!) }
  expectClose(estimated(wildCluster(sumsOf(shifted), ['arm', 'pre'])).coefficients[1]!.p, one!.p_at, 1e-12)
})

test('drawn samples come near the enumerated ones, the same for a seed, and t is by CR1', () => {
  const [one] = cases
  const sums = sumsOf(one!)
  const [whole, drawn, again] = [{}, { weights: 'webb', draws: 4000, seed: 7 }, { weights: 'webb', draws: 4000, seed: 7 }].map((asked) =>
    estimated(wildCluster(sums, ['arm', 'pre'], asked as Parameters<typeof wildCluster>[2])),
  )
  expect(again).toEqual(drawn)
  expect(Math.abs(drawn!.coefficients[1]!.p - whole!.coefficients[1]!.p)).toBeLessThan(0.05)
  const robust = estimated(clusterRobust(sums, ['arm', 'pre'], 'CR1'))
  expectClose(whole!.coefficients[1]!.statistic, robust.coefficients[1]!.statistic, 1e-12)
})

test('Webb has six weights, each as often, of variance one', () => {
  const counts = new Map<number, number>()
  for (const weights of weightDraws('webb', 10, 3000, 3)) for (const weight of weights) counts.set(weight, (counts.get(weight) ?? 0) + 1)
  expect(counts.size).toBe(6)
  for (const count of counts.values()) expect(Math.abs(count - 5000)).toBeLessThan(350)
  expectClose([...counts.keys()].reduce((sum, weight) => sum + weight ** 2, 0) / 6, 1, 1e-14)
})

test('with very few clusters no value is rejected, and it is said; one school an arm is not estimable', () => {
  const few = estimated(wildCluster(sumsOf(cases[2]!), ['arm', 'pre']))
  expect([few.leastP, few.coefficients[1]!.interval]).toEqual([0.125, null])
  const alone = clusterSums(['A', 'A', 'A', 'B', 'B'], [Float64Array.of(1, 1, 1, 0, 0), Float64Array.of(1, 4, 2, 7, 5)])
  expect(wildCluster(alone, ['arm'])).toEqual({ kind: 'not-estimable', reason: 'too-few-schools' })
})
