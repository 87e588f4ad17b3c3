import { randomIntercept, schoolSums } from '@tongxing/analysis'
import type { DatasetSheet } from '@tongxing/instruments'
import { describe, expect, test, vi } from 'vitest'
import { calibrate, correlations, pointsGained } from './calibration.ts'
import { effects, lasting, parameters } from './parameters.ts'
import { trialSimulator } from './simulation.ts'
import { instrumentsOf, readProtocol } from './study.ts'
import { calibrationOf, truthsAt } from './truth.ts'

vi.setConfig({ testTimeout: 300_000 }) // a busy machine is no failure

const protocol = await readProtocol()
const released = await instrumentsOf(protocol)
const calibration = calibrationOf(protocol, released)
const [primary, ...others] = calibration.outcomes
const never = { baseline: -100, post: -100, 'follow-up': -100 } // log odds at which nobody is lost
const primaryAlone = { ...calibration, outcomes: [primary!], logOddsLost: never }

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]) => sum(values) / values.length
const squares = (values: readonly number[], about = mean(values)) => sum(values.map((value) => (value - about) ** 2))
const standardError = (values: readonly number[]) => Math.sqrt(squares(values) / (values.length - 1) / values.length)

type Scored = Pick<DatasetSheet, 'id' | 'school' | 'class' | 'arm' | 'wave'> & { readonly total: number }
const scored = (sheets: readonly DatasetSheet[], place = 0): readonly Scored[] =>
  sheets.flatMap((sheet) => {
    const score = sheet.instruments[place]!.scores.find(({ scale }) => scale === calibration.outcomes[place]!.total.scale)!
    return score.kind === 'scored' ? [{ ...sheet, total: score.value }] : []
  })
const seeds = Array.from({ length: 100 }, (_, position) => 5000 + position)
const trials = seeds.map((seed) => scored(trialSimulator(primaryAlone)(seed)))
const totals = (sheets: readonly Scored[]) => sheets.map(({ total }) => total)

/** Holds a figure of each trial against the parameter: their mean, within 3.5 Monte Carlo standard errors. */
const expectAbout = (figures: readonly number[], parameter: number) =>
  expect(Math.abs(mean(figures) - parameter) / standardError(figures), `${mean(figures)} for ${parameter}`).toBeLessThan(3.5)

/** Variances between schools, between the classes of a school and within classes, by the nested analysis of variance. */
const variances = (sheets: readonly Scored[]) => {
  const schools = [...Map.groupBy(sheets, ({ school }) => school).values()].map((school) => [
    ...Map.groupBy(school, (sheet) => sheet.class).values(),
  ])
  const classes = schools.flat()
  const sizes = (groups: readonly (readonly Scored[])[]) => sum(groups.map(({ length }) => length ** 2))
  const schoolSizes = schools.map((one) => one.flat().length)
  const [n, all] = [sheets.length, mean(totals(sheets))]
  const within = sum(classes.map((one) => squares(totals(one)))) / (n - classes.length)
  const ofClasses = sum(schools.map((one) => sum(one.map((each) => each.length * (mean(totals(each)) - mean(totals(one.flat()))) ** 2))))
  const ofSchools = sum(schools.map((one) => one.flat().length * (mean(totals(one.flat())) - all) ** 2))
  const classesInSchool = sum(schools.map((one, place) => sizes(one) / schoolSizes[place]!))
  const [freeClasses, freeSchools] = [classes.length - schools.length, schools.length - 1]
  const betweenClasses = (ofClasses - freeClasses * within) / (n - classesInSchool)
  const classTerm = classesInSchool - sizes(classes) / n
  const betweenSchools =
    (ofSchools - freeSchools * within - classTerm * betweenClasses) / (n - sum(schoolSizes.map((size) => size ** 2)) / n)
  return { betweenSchools, betweenClasses, within }
}

describe('what the simulated PHQ-9 totals show over 100 trials is what the parameters say, within Monte Carlo error', () => {
  const baselines = trials.map((sheets) => sheets.filter(({ wave }) => wave === 'baseline'))
  const variance = primary!.standardDeviation ** 2

  test('mean and standard deviation at baseline', () => {
    expectAbout(
      baselines.map((sheets) => mean(totals(sheets))),
      primary!.mean,
    )
    expectAbout(
      baselines.map((sheets) => squares(totals(sheets), primary!.mean) / sheets.length),
      variance,
    )
  })

  test('shares of the variance between schools and between the classes of a school', () => {
    const parts = baselines.map(variances)
    expectAbout(
      parts.map(({ betweenSchools }) => betweenSchools / variance),
      parameters.schoolShare.value,
    )
    expectAbout(
      parts.map(({ betweenClasses }) => betweenClasses / variance),
      parameters.classShare.value,
    )
  })

  test.each([
    ['baseline', 'post'],
    ['baseline', 'follow-up'],
    ['post', 'follow-up'],
  ])('correlation of %s and %s within an arm', (first, second) => {
    const products = trials.map((sheets) => {
      const later = new Map(sheets.filter(({ wave }) => wave === second).map(({ id, total }) => [id, total]))
      const pairs = sheets
        .filter(({ wave, arm, id }) => wave === first && arm === 'waiting' && later.has(id))
        .map(({ id, total }) => (total - primary!.mean) * (later.get(id)! - primary!.mean))
      return mean(pairs) / variance
    })
    expectAbout(products, parameters.prePost.value)
  })

  test.each(['post', 'follow-up'] as const)('the standardised effect at %s', (wave) => {
    const differences = trials.map((sheets) => {
      const inArm = (arm: string) => totals(sheets.filter((sheet) => sheet.wave === wave && sheet.arm === arm))
      return (mean(inArm('groups')) - mean(inArm('waiting'))) / primary!.standardDeviation
    })
    expectAbout(differences, effects.phq9_total!.value * lasting[wave].value)
  })
})

test('the true effect is what the same pupils answer with the programme and without, to a few hundredths of a point', () => {
  const [working, idle] = [true, false].map((works) => trialSimulator(primaryAlone, { works, waves: ['baseline', 'post'] }))
  const differences = seeds.slice(0, 30).map((seed) => {
    const without = new Map(scored(idle!(seed)).map((sheet) => [`${sheet.id} ${sheet.wave}`, sheet.total]))
    const pairs = scored(working!(seed)).filter(({ wave, arm }) => wave === 'post' && arm === 'groups')
    return mean(pairs.map(({ id, wave, total }) => total - without.get(`${id} ${wave}`)!))
  })
  expect(standardError(differences)).toBeLessThan(0.02)
  expectAbout(differences, pointsGained(primary!, primary!.effect.post))
})

test('the other outcomes have the effects of the parameters too, the RSES none at all', () => {
  const simulate = trialSimulator({ ...calibration, logOddsLost: never }, { waves: ['baseline', 'post'] })
  const sheets = seeds.slice(0, 20).map(simulate)
  for (const [position, outcome] of others.entries()) {
    const differences = sheets.map((trial) => {
      const posts = scored(trial, position + 1).filter(({ wave }) => wave === 'post')
      const inArm = (arm: string) => totals(posts.filter((sheet) => sheet.arm === arm))
      return (mean(inArm('groups')) - mean(inArm('waiting'))) / outcome.standardDeviation
    })
    expectAbout(differences, effects[outcome.total.scale]!.value)
  }
  expect(truthsAt('post', calibration).map(({ scale, trueEffect }) => [scale, Math.sign(trueEffect)])).toEqual([
    ['phq9_total', -1],
    ['gad7_total', -1],
    ['rses_total', 0],
    ['pssspupil_total', 1],
  ])
})

test('any two waves correlate as the README says, .6 on the primary outcome', () => {
  const expected = calibration.outcomes.map((outcome) => correlations(outcome).ofWaves(calibration.stability).toFixed(2))
  expect(expected).toEqual(['0.60', '0.62', '0.69', '0.53'])
})

test('a model of schools alone sees between 2 and 4% of the variance between them', () => {
  const seen = trials.map((sheets) => {
    const rows = sheets.filter(({ wave }) => wave === 'baseline').map(({ school, total }) => ({ school, values: [total] }))
    const model = randomIntercept(schoolSums(rows), [])
    return model.kind === 'estimated' ? model.intraclassCorrelation : Number.NaN
  })
  expect(mean(seen)).toBeGreaterThan(0.02)
  expect(mean(seen)).toBeLessThan(0.04)
})

test('a total that is no plain sum is refused by name', () => {
  const { definition } = calibration.outcomes.at(-1)!.total
  expect(() => calibrate([[definition, 'pssspupil_family_mean']])).toThrow('totalOf requires a plain sum, which pssspupil_family_mean')
})
