import { expect, test } from 'vitest'
import { expectClose, golden } from '../../test/oracle.ts'
import { type ClusterDesign, clusterPower, minimumDetectableEffect, schoolsNeeded } from './cluster-power.ts'

type Case = {
  readonly name: string
  readonly effect: number
  readonly design: ClusterDesign
  readonly power: number
  readonly standardError: number
  readonly detectable: number
}
const { power: cases } = golden<{ readonly power: readonly Case[] }>('power')

test.each(cases.map((one) => [one.name, one] as const))('clusterPower and the detectable effect equal R: %s', (_, one) => {
  const found = clusterPower(one.effect, one.design)
  expectClose(found.power, one.power, 1e-10, 'power')
  expectClose(found.standardError, one.standardError, 1e-14, 'standard error')
  expectClose(minimumDetectableEffect(0.8, one.design), one.detectable, 1e-10, 'detectable')
})

const plan = { pupils: 50, intraclassCorrelation: 0.05 }

test('without an effect the power is alpha, and the sign of the effect does not matter', () => {
  expectClose(clusterPower(0, { ...plan, schools: 12 }).power, 0.05, 1e-12)
  expectClose(clusterPower(0.2, { ...plan, schools: 12 }).power, clusterPower(-0.2, { ...plan, schools: 12 }).power, 1e-12)
})

test('the schools needed suffice, and two fewer do not', () => {
  for (const effect of [0.1, 0.25, -0.8]) {
    const schools = schoolsNeeded(0.8, effect, plan)!
    expect(clusterPower(effect, { ...plan, schools }).power).toBeGreaterThanOrEqual(0.8)
    expect(clusterPower(effect, { ...plan, schools: schools - 2 }).power).toBeLessThan(0.8)
  }
  expect(schoolsNeeded(0.8, 0.001, plan)).toBeNull()
  expect(schoolsNeeded(0.8, 50, plan)).toBe(4)
})

test('equal schools of one pupil are a trial of pupils', () => {
  expect(clusterPower(0.5, { schools: 60, pupils: 1, intraclassCorrelation: 0.3 }).designEffect).toBe(1)
  expectClose(clusterPower(0.5, { schools: 60, pupils: 1, intraclassCorrelation: 0.3 }).standardError, Math.sqrt(4 / 60), 1e-15)
})

test('what is no design is refused with its number', () => {
  expect(() => clusterPower(0.2, { ...plan, schools: 2 })).toThrow('clusterPower requires more schools, got 2')
  expect(() => clusterPower(0.2, { ...plan, schools: 8, intraclassCorrelation: 2 })).toThrow('an intraclass correlation from 0 to 1, got 2')
  expect(() => clusterPower(0.2, { ...plan, schools: 8, pupils: 0 })).toThrow('a pupil or more a school, got 0')
  expect(() => minimumDetectableEffect(0.01, { ...plan, schools: 8 })).toThrow('a power between 0.05 and 1, got 0.01')
})
