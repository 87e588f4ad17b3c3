import { expect, test } from 'vitest'
import { valuesOf } from './answers.ts'
import { expectedPopulationScore, expectedScaleScore } from './expected-score.ts'
import { loadLibrary } from './library.ts'
import { seededRandom, simulateAnswers } from './simulate.ts'

const library = await loadLibrary()
const [phq9, rses] = [library.get('phq-9', '1.0.0')!, library.get('rses', '1.0.0')!]

/** Answers of many pupils whose distress is standard normal. */
const population = (definition: typeof phq9, count: number) => {
  const random = seededRandom(12)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: count }, () => simulateAnswers(definition, { latent: normal(), random }))
}

test('the generator is mulberry32: the first numbers of seed 1', () => {
  const random = seededRandom(1)
  expect([random(), random(), random()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522])
})

test('a seed is taken as 32 bits without a sign', () => {
  expect(seededRandom(-1)()).toBe(seededRandom(0xffffffff)())
  expect(seededRandom(2 ** 32 + 5)()).toBe(seededRandom(5)())
})

test('each further option is chosen about half as often as the one before, over a population', () => {
  const answers = population(phq9, 4000).flatMap((sheet) => phq9.items.slice(0, 8).map(({ id }) => sheet[id]))
  const counts = valuesOf(phq9, 'phq9_1').map((value) => answers.filter((answer) => answer === value).length)
  for (const [place, count] of counts.entries()) {
    if (place === 0) continue
    expect(count / counts[place - 1]!).toBeGreaterThan(0.4)
    expect(count / counts[place - 1]!).toBeLessThan(0.56)
  }
})

test('a sensitive item is endorsed by about six in a hundred', () => {
  const sheets = population(phq9, 4000)
  const endorsed = sheets.filter((sheet) => Number(sheet.phq9_9) > 0).length / sheets.length
  expect(Math.abs(endorsed - 0.06)).toBeLessThan(0.02)
})

test('with more distress a reversed item of a scale where high is good is agreed to, and the others are not', () => {
  const mean = (latent: number, item: string) => {
    const random = seededRandom(3)
    const answers = Array.from({ length: 500 }, () => Number(simulateAnswers(rses, { latent, random })[item]))
    return answers.reduce((sum, answer) => sum + answer, 0) / answers.length
  }
  expect(mean(1.5, 'rses_9')).toBeGreaterThan(mean(-1.5, 'rses_9')) // I certainly feel useless at times
  expect(mean(1.5, 'rses_1')).toBeLessThan(mean(-1.5, 'rses_1')) // a person of worth
})

test('items are skipped at the given rate, and at none when none is given', () => {
  const random = seededRandom(4)
  const answers = (skipRate: number) =>
    Array.from({ length: 400 }, () => Object.values(simulateAnswers(phq9, { latent: 0, random, skipRate }))).flat()
  const rate = answers(0.1).filter((answer) => answer === 'skipped').length / 3600
  expect(Math.abs(rate - 0.1)).toBeLessThan(0.025)
  expect(answers(0)).not.toContain('skipped')
})

test('the expected score of a population lies where its pupils are, and an unknown scale is named', () => {
  const wide = expectedPopulationScore(phq9, 'phq9_total', { mean: 0, standardDeviation: 1 })
  expect(wide).toBeGreaterThan(expectedScaleScore(phq9, 'phq9_total', -1))
  expect(wide).toBeLessThan(expectedScaleScore(phq9, 'phq9_total', 1))
  expect(() => expectedScaleScore(phq9, 'phq8_total', 0)).toThrow('expectedScaleScore knows no scale phq8_total in phq-9')
})
