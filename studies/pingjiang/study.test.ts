import { readFileSync } from 'node:fs'
import type { DatasetSheet, Protocol } from '@tongxing/instruments'
import { expect, test, vi } from 'vitest'
import { comparisonsOf } from './comparison.ts'
import { goldenNumbers } from './numbers.ts'
import { trialSimulator, trueEffect } from './simulation.ts'
import { instrumentsOf, readProtocol, simulatedStudy, truthsOf } from './study.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const protocol = await readProtocol()
const released = await instrumentsOf(protocol)
const definitions = released.map(({ definition }) => definition)

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const sumOfSquares = (values: readonly number[]) => {
  const centre = mean(values)
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
}
const total = (sheet: DatasetSheet | undefined, place: number) => {
  const score = sheet?.instruments[place]?.scores[0]
  return score?.kind === 'scored' ? score.value : null
}
const seeds = (count: number) => Array.from({ length: count }, (_, position) => 1000 + position)
const trials = seeds(20).map(trialSimulator(definitions))
const baselines = (sheets: readonly DatasetSheet[]) => sheets.filter(({ wave }) => wave === 'baseline')

test('the numbers of the report at the golden seed are unchanged; npm run golden renews them', async () => {
  expect(await goldenNumbers()).toBe(readFileSync(new URL('./report.golden.json', import.meta.url), 'utf8'))
})

test('over 200 simulated trials the 95% interval covers the true effect about 95% of the time, and the estimate is centred on it', () => {
  const primaryAlone: Protocol = {
    ...protocol,
    waves: protocol.waves.map((wave) => ({ ...wave, battery: wave.battery.filter(({ instrument }) => instrument === 'phq-9') })),
    secondary: [],
  }
  const phq9 = released.filter(({ definition }) => definition.id === 'phq-9')
  const study = simulatedStudy(primaryAlone, phq9)
  const found = seeds(200).map((seed) => {
    const { report, truths } = study(seed)
    const { trueEffect: truth, found: effect } = comparisonsOf(report, truths)[0]!
    if (effect.kind === 'not-estimable') throw new Error(`seed ${seed}: ${effect.reason}`)
    return { ...effect, error: effect.estimate - truth }
  })
  const covered = mean(found.map(({ covers }) => Number(covers)))
  expect(covered).toBeGreaterThanOrEqual(0.91) // 2.6 binomial standard errors of 200 trials to either side
  expect(covered).toBeLessThanOrEqual(0.99)
  const errors = found.map(({ error }) => error)
  const monteCarlo = Math.sqrt(sumOfSquares(errors) / (errors.length - 1) / errors.length)
  expect(Math.abs(mean(errors))).toBeLessThan(3 * monteCarlo)
})

test('the true effects: depression falls by about d = -.2, the RSES is the null outcome', () => {
  const truths = Object.fromEntries(truthsOf(protocol, released).map(({ scale, trueEffect: effect }) => [scale, effect]))
  expect(Object.keys(truths)).toEqual(['phq9_total', 'gad7_total', 'k6_total', 'rses_total'])
  expect(truths.rses_total).toBe(0)
  const spread = mean(
    trials.map((sheets) => {
      const totals = baselines(sheets).flatMap((sheet) => total(sheet, 0) ?? [])
      return Math.sqrt(sumOfSquares(totals) / (totals.length - 1))
    }),
  )
  expect(truths.phq9_total! / spread).toBeLessThan(-0.15)
  expect(truths.phq9_total! / spread).toBeGreaterThan(-0.25)
})

test('the true effect is what complete answers of both arms differ by, within four Monte Carlo standard errors', () => {
  const schools = trials.flatMap((sheets) => [
    ...Map.groupBy(
      sheets.filter(({ wave }) => wave === 'post'),
      ({ school }) => school,
    ).values(),
  ])
  const meanOf = (school: readonly DatasetSheet[]) => mean(school.flatMap((sheet) => total(sheet, 0) ?? []))
  const [groups, waiting] = ['groups', 'waiting'].map((arm) => schools.filter(([first]) => first!.arm === arm).map(meanOf))
  const error = Math.sqrt([groups!, waiting!].reduce((sum, means) => sum + sumOfSquares(means) / (means.length - 1) / means.length, 0))
  expect(Math.abs(mean(groups!) - mean(waiting!) - trueEffect(definitions[0]!, 'phq9_total'))).toBeLessThan(4 * error)
})

test.each(definitions.map(({ id }, place) => [id, place] as const))(
  '%s: the totals of the two waves correlate between .55 and .65',
  (_id, place) => {
    const correlations = trials.map((sheets) => {
      const after = new Map(sheets.filter(({ wave }) => wave === 'post').map((sheet) => [sheet.id, sheet]))
      const pairs = baselines(sheets)
        .filter(({ arm }) => arm === 'waiting')
        .map((sheet) => [total(sheet, place), total(after.get(sheet.id), place)] as const)
        .filter((pair): pair is readonly [number, number] => pair[0] !== null && pair[1] !== null)
      const [first, second] = [pairs.map(([before]) => before), pairs.map(([, later]) => later)]
      const products = pairs.reduce((sum, [before, later]) => sum + (before - mean(first)) * (later - mean(second)), 0)
      return products / Math.sqrt(sumOfSquares(first) * sumOfSquares(second))
    })
    expect(mean(correlations)).toBeGreaterThan(0.55)
    expect(mean(correlations)).toBeLessThan(0.65)
  },
)

test('schools share .02 to .04 of the variance of the PHQ-9 total', () => {
  const shares = trials.map((sheets) => {
    const schools = [...Map.groupBy(baselines(sheets), ({ school }) => school).values()].map((school) =>
      school.flatMap((sheet) => total(sheet, 0) ?? []),
    )
    const all = schools.flat()
    const within = schools.reduce((sum, totals) => sum + sumOfSquares(totals), 0) / (all.length - schools.length)
    const between = schools.reduce((sum, totals) => sum + totals.length * (mean(totals) - mean(all)) ** 2, 0) / (schools.length - 1)
    const size = (all.length - schools.reduce((sum, totals) => sum + totals.length ** 2, 0) / all.length) / (schools.length - 1)
    return (between - within) / (between + (size - 1) * within)
  })
  expect(mean(shares)).toBeGreaterThan(0.02)
  expect(mean(shares)).toBeLessThan(0.04)
})

test('24 schools of 42 to 58 pupils, twelve in each arm, three of each county', () => {
  for (const sheets of trials) {
    const schools = [...Map.groupBy(baselines(sheets), ({ school }) => school).entries()]
    expect(schools).toHaveLength(24)
    for (const [, pupils] of schools) expect(Math.abs(pupils.length - 50)).toBeLessThanOrEqual(8)
    for (const county of ['1', '2', '3', '4']) {
      const arms = schools.filter(([id]) => id.startsWith(`sim-${county}`)).map(([, pupils]) => pupils[0]!.arm)
      expect(arms.toSorted()).toEqual(['groups', 'groups', 'groups', 'waiting', 'waiting', 'waiting'])
    }
  }
})

test('about 12% are lost, more of those with high totals; 40 to 50% are left-behind; 1 to 3% of items are skipped', () => {
  const base = trials.flatMap(baselines)
  const stayed = trials.flatMap((sheets) => {
    const after = new Set(sheets.filter(({ wave }) => wave === 'post').map(({ id }) => id))
    return baselines(sheets).map(({ id }) => after.has(id))
  })
  const lost = 1 - mean(stayed.map(Number))
  expect(Math.abs(lost - 0.12)).toBeLessThan(0.02)
  const totalsWhere = (stays: boolean) => base.filter((_, place) => stayed[place] === stays).flatMap((sheet) => total(sheet, 0) ?? [])
  expect(mean(totalsWhere(false))).toBeGreaterThan(mean(totalsWhere(true)))
  expect(Math.abs(mean(base.map(({ leftBehind }) => Number(leftBehind))) - 0.45)).toBeLessThan(0.05)
  const answers = base.flatMap((sheet) => sheet.instruments.flatMap((given) => Object.values(given.answers)))
  const skipped = mean(answers.map((answer) => Number(answer === 'skipped')))
  expect(skipped).toBeGreaterThan(0.01)
  expect(skipped).toBeLessThan(0.03)
})

test('equal seeds give equal bytes, another seed another dataset', () => {
  const [first, again, other] = [5, 5, 6].map((seed) => simulatedStudy(protocol, released)(seed).bundle)
  expect(again).toEqual(first)
  expect(other!.manifest.hash).not.toBe(first!.manifest.hash)
})

test('a battery that the library does not hold is refused by name', async () => {
  const waves = [{ ...protocol.waves[0]!, battery: [{ instrument: 'phq-9', version: '0.0.1' }] }]
  await expect(instrumentsOf({ ...protocol, waves })).rejects.toThrow('protocol.json: the library has no phq-9 0.0.1')
})
