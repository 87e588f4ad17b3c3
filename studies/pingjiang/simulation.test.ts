import { type DatasetSheet, isAsked } from '@tongxing/instruments'
import { expect, test, vi } from 'vitest'
import { attendance } from './attendance.ts'
import { parameters } from './parameters.ts'
import { trialSimulator } from './simulation.ts'
import { settingOf } from './study.ts'

vi.setConfig({ testTimeout: 300_000 }) // a busy machine is no failure

const { calibration, released } = await settingOf()
const household = released.find(({ definition }) => definition.id === 'left-behind')!.definition
const primaryAlone = { ...calibration, outcomes: calibration.outcomes.slice(0, 1) }

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const at = (sheets: readonly DatasetSheet[], wave: string) => sheets.filter((sheet) => sheet.wave === wave)
const total = (sheet: DatasetSheet) => {
  const score = sheet.instruments[0]!.scores[0]!
  return score.kind === 'scored' ? score.value : null
}
const meanTotal = (sheets: readonly DatasetSheet[]) => mean(sheets.flatMap((sheet) => total(sheet) ?? []))
const seeds = (count: number) => Array.from({ length: count }, (_, position) => 1000 + position)
const whole = seeds(4).map(trialSimulator(calibration, { household }))
const trials = seeds(20).map(trialSimulator(primaryAlone))
const answersOf = (sheet: DatasetSheet, instrument: string) => sheet.instruments.find((given) => given.instrument === instrument)!.answers

test('equal seeds give equal sheets, another seed others', () => {
  const simulate = trialSimulator(primaryAlone)
  expect(simulate(5)).toEqual(simulate(5))
  expect(simulate(6)).not.toEqual(simulate(5))
})

test('leaving out instruments or waves changes no answer of the others', () => {
  const few = trialSimulator(primaryAlone, { household, waves: ['baseline', 'post'] })(1000)
  const first = (sheet: DatasetSheet) => ({ ...sheet, instruments: sheet.instruments.slice(0, 1) })
  expect(few.map(first)).toEqual(whole[0]!.filter(({ wave }) => wave !== 'follow-up').map(first))
})

test('24 schools of 42 to 58 pupils in two classes, twelve schools in each arm, three of each county', () => {
  for (const sheets of trials) {
    const schools = [...Map.groupBy(at(sheets, 'baseline'), ({ school }) => school).entries()]
    expect(schools).toHaveLength(24)
    for (const [, pupils] of schools) {
      expect(Math.abs(pupils.length - 50)).toBeLessThanOrEqual(8)
      expect(new Set(pupils.map((pupil) => pupil.class)).size).toBe(2)
    }
    for (const county of ['1', '2', '3', '4']) {
      const arms = schools.filter(([id]) => id.startsWith(`sim-${county}`)).map(([, pupils]) => pupils[0]!.arm)
      expect(arms.toSorted()).toEqual(['groups', 'groups', 'groups', 'waiting', 'waiting', 'waiting'])
    }
  }
})

test('pupils of grade 7 are 12 to 14 and those of grade 8 are 13 to 15', () => {
  for (const sheet of at(trials[0]!, 'baseline')) {
    const grade = Number(sheet.class.at(-1))
    expect([grade + 5, grade + 6, grade + 7]).toContain(sheet.age)
  }
})

test('12% are lost after the programme and 17% by the follow-up, more of those with high totals, and nobody comes back', () => {
  const shares = trials.map((sheets) => {
    const [all, post, later] = ['baseline', 'post', 'follow-up'].map((wave) => new Set(at(sheets, wave).map(({ id }) => id)))
    for (const id of later!) expect(post!.has(id)).toBe(true)
    return [1 - post!.size / all!.size, 1 - later!.size / all!.size] as const
  })
  expect(Math.abs(mean(shares.map(([post]) => post)) - parameters.lostByPost.value)).toBeLessThan(0.008)
  expect(Math.abs(mean(shares.map(([, later]) => later)) - parameters.lostByFollowUp.value)).toBeLessThan(0.009)
  const stays = trials.map((sheets) => new Set(at(sheets, 'post').map(({ id }) => id)))
  const baselines = (stayed: boolean) =>
    trials.flatMap((sheets, place) => at(sheets, 'baseline').filter(({ id }) => stays[place]!.has(id) === stayed))
  expect(meanTotal(baselines(false))).toBeGreaterThan(meanTotal(baselines(true)) + 1)
})

test('lost not at random, the programme arm keeps those who answer lower, and the waiting arm stays as it was', () => {
  const other = seeds(20).map(trialSimulator(primaryAlone, { lostNotAtRandom: true }))
  const posts = (of: readonly (readonly DatasetSheet[])[], arm: string) =>
    of.flatMap((sheets) => at(sheets, 'post').filter((sheet) => sheet.arm === arm))
  expect(posts(other, 'waiting')).toEqual(posts(trials, 'waiting'))
  expect(meanTotal(posts(other, 'groups'))).toBeLessThan(meanTotal(posts(trials, 'groups')) - 0.1)
})

test('40 to 50% of sheets say left-behind, some leave it open, and each question is shown only where it is asked', () => {
  const pupils = whole.flatMap((sheets) => at(sheets, 'baseline'))
  const said = pupils.flatMap(({ leftBehind }) => (leftBehind === null ? [] : [Number(leftBehind)]))
  expect(mean(said)).toBeGreaterThan(0.4)
  expect(mean(said)).toBeLessThan(0.5)
  expect(said.length / pupils.length).toBeGreaterThan(0.95)
  expect(said.length).toBeLessThan(pupils.length)
  for (const sheet of pupils) {
    const answers = answersOf(sheet, 'left-behind')
    for (const { id } of household.items) expect(answers[id] === 'not_shown').toBe(!isAsked(household, answers, id))
  }
  for (const sheet of whole.flatMap((sheets) => at(sheets, 'post')))
    expect(sheet.instruments.some(({ instrument }) => instrument === 'left-behind')).toBe(false)
})

test('1 to 3% of items are skipped, and 3 to 8% of sheets are answered without care, half of them in one column', () => {
  const sheets = whole.flat()
  const answers = sheets.flatMap((sheet) => Object.values(answersOf(sheet, 'rses')))
  const skipped = mean(answers.map((answer) => Number(answer === 'skipped')))
  expect(skipped).toBeGreaterThan(0.01)
  expect(skipped).toBeLessThan(0.03)
  const lined = sheets.filter((sheet) =>
    ['phq-9', 'gad-7', 'rses', 'psss-pupil'].every(
      (instrument) => new Set(Object.values(answersOf(sheet, instrument)).filter((answer) => answer !== 'skipped')).size === 1,
    ),
  )
  expect(lined.length / sheets.length).toBeGreaterThan(0.015) // a column ticked through reversed items is no careful sheet
  expect(lined.length / sheets.length).toBeLessThan(0.04)
})

test('pupils of the programme attend 0 to 14 sessions, 12 on average, and those who attend more change more', () => {
  const pupils = trials.flatMap((sheets) => at(sheets, 'baseline'))
  for (const { arm, sessions } of pupils) expect(sessions === null).toBe(arm === 'waiting')
  const attended = pupils.flatMap(({ sessions }) => sessions ?? [])
  expect(Math.abs(mean(attended) - 12)).toBeLessThan(0.1)
  expect(attendance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 14)
  const posts = (holds: (sessions: number) => boolean) =>
    trials.flatMap((sheets) => at(sheets, 'post').filter(({ sessions }) => sessions != null && holds(sessions)))
  expect(meanTotal(posts((sessions) => sessions >= 13))).toBeLessThan(meanTotal(posts((sessions) => sessions <= 9)))
})
