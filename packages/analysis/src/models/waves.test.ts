import { expect, test } from 'vitest'
import { estimated } from '../../test/estimated.ts'
import { waveTrial } from '../../test/nested-trials.ts'
import { expectClose } from '../../test/oracle.ts'
import { type WaveRow, waveContrasts } from './waves.ts'

const rows = waveTrial.rows.map(
  ({ school, pupil, arm, wave, y }): WaveRow => ({
    school: String(school),
    pupil: String(pupil),
    arm: String(arm),
    wave: String(wave),
    score: Number(y),
  }),
)
const waves = ['w0', 'w1', 'w2', 'w3']
const asked = { waves, control: 'control' }

test('the change of each arm at each wave against the first has the standard errors and df of lmerTest and pbkrtest', () => {
  const fit = estimated(waveContrasts(rows, asked))
  expect(fit.contrasts.map(({ wave, arm }) => [wave, arm])).toEqual(waves.slice(1).map((wave) => [wave, 'programme']))
  for (const { wave, kenwardRoger, satterthwaite } of fit.contrasts) {
    const place = waveTrial.REML.coefficients.findIndex(({ name }) => name === `wave${wave}:armprogramme`)
    const wanted = waveTrial.REML.coefficients[place]!
    const adjusted = waveTrial.REML.kenwardRoger[place]!
    expectClose(satterthwaite!.estimate, wanted.estimate, 1e-6, 'estimate')
    expectClose(satterthwaite!.standardError, wanted.standardError, 1e-6, 'standard error')
    expectClose(satterthwaite!.df, wanted.df, 1e-6, 'df')
    expectClose(kenwardRoger.standardError, adjusted.standardError, 1e-6, 'adjusted standard error')
    expectClose(kenwardRoger.df, adjusted.df, 1e-6, 'Kenward-Roger df')
  }
  for (const key of ['statistic', 'dfNumerator', 'dfDenominator', 'p'] as const)
    expectClose(fit.joint![key], waveTrial.joint[key], 1e-6, `joint ${key}`)
  expectClose(fit.logLik, waveTrial.REML.logLik, 1e-9, 'log-likelihood')
  expect(fit).toMatchObject({ n: rows.length, missing: 0, schools: 9, pupils: 54, firstWave: 'w0', warnings: ['few-schools'] })
})

test('a missing score is left out and counted, and rows of other waves are passed over', () => {
  const holes = rows.map((row, place) => (place % 20 === 0 ? { ...row, score: null } : row))
  const fit = estimated(waveContrasts([...holes, { ...rows[0]!, wave: 'later' }], asked))
  expect(fit.missing).toBe(Math.ceil(rows.length / 20))
  const kept = estimated(
    waveContrasts(
      holes.filter(({ score }) => score !== null),
      asked,
    ),
  )
  expect(fit.contrasts).toEqual(kept.contrasts)
})

test('with a baseline the contrasts are differences at each wave, the first one too', () => {
  const first = new Map(rows.filter(({ wave }) => wave === 'w0').map(({ pupil, score }) => [pupil, score]))
  const later = rows.filter(({ wave }) => wave !== 'w0').map((row) => ({ ...row, baseline: first.get(row.pupil) ?? null }))
  const fit = estimated(waveContrasts(later, { ...asked, waves: waves.slice(1) }))
  expect(fit.contrasts.map(({ wave }) => wave)).toEqual(['w1', 'w2', 'w3'])
  expect(fit).toMatchObject({ adjustedForBaseline: true, missing: later.filter(({ baseline }) => baseline === null).length })
})

test('arms, schools and waves that do not suffice are said', () => {
  const refused = (some: readonly WaveRow[]) => waveContrasts(some, asked)
  expect(refused(rows.filter(({ arm }) => arm === 'control'))).toEqual({ kind: 'not-estimable', reason: 'arm-without-pupils' })
  expect(refused(rows.filter(({ wave }) => wave === 'w0'))).toEqual({ kind: 'not-estimable', reason: 'too-few-values' })
  expect(refused(rows.filter(({ school }) => school === 'S1' || school === 'S2'))).toEqual({
    kind: 'not-estimable',
    reason: 'too-few-schools',
  })
  expect(refused([])).toEqual({ kind: 'not-estimable', reason: 'arm-without-pupils' })
})
