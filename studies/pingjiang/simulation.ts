/** The simulated trial as sheets of answers. Simulated study, not real data (模拟研究·非真实数据). Everything random comes from one seed. */
import { type Answers, type DatasetSheet, type Definition, scoreAnswers, simulateAnswers } from '@tongxing/instruments'
import type { Calibration } from './calibration.ts'
import { carelessAnswers, careOf } from './careless.ts'
import { type Cast, castOf, type Pupil } from './cast.ts'
import { householdAnswers, saysLeftBehind } from './household.ts'
import { latentValues } from './latent.ts'
import { isLost } from './loss.ts'
import { parameters, type Wave, waves } from './parameters.ts'
import { stream } from './random.ts'

export type Variant = {
  /** The left-behind sheet, given at baseline; without it the dataset says of every pupil whether she is left behind. */
  readonly household?: Definition
  /** Waves that are wanted, all unless some are named. */
  readonly waves?: readonly Wave[]
  /** False: the programme does nothing. For the size of a test. */
  readonly works?: boolean
  /** True: pupils of the programme who would have answered high later are lost more often. */
  readonly lostNotAtRandom?: boolean
}

type Given = DatasetSheet['instruments'][number]
const givenOf = (definition: Definition, answers: Answers): Given => ({
  instrument: definition.id,
  version: definition.version,
  answers,
  scores: scoreAnswers(definition, answers),
})

/** What every pupil would answer to every instrument at every wave, by wave, instrument and place in the cast. */
const answersOfAll = (cast: Cast, calibration: Calibration, seed: number, { waves: asked = waves, works = true }: Variant) => {
  const latentOf = latentValues(cast, calibration, seed)
  const none = { baseline: 0, post: 0, 'follow-up': 0 }
  const instruments = calibration.outcomes.map((outcome) => ({
    definition: outcome.total.definition,
    latent: latentOf(outcome, works ? outcome.effect : none),
  }))
  return asked.map((wave) => {
    const chance = stream(seed, `care ${wave}`)
    const cares = cast.pupils.map(() => careOf(chance))
    return instruments.map(({ definition, latent }) => {
      const random = stream(seed, `answers ${definition.id} ${wave}`)
      const skipRate = parameters.skipped.value
      return cares.map((care, place) =>
        givenOf(
          definition,
          care.kind === 'careful'
            ? simulateAnswers(definition, { latent: latent(place, wave), random, skipRate })
            : carelessAnswers(definition, care, random),
        ),
      )
    })
  })
}

const totalIn = (given: Given, scale: string): number | null => {
  const score = given.scores.find((candidate) => candidate.scale === scale)
  return score?.kind === 'scored' ? score.value : null
}

const sheetOf = (pupil: Pupil, wave: Wave, leftBehind: boolean | null, instruments: readonly Given[]): DatasetSheet => ({
  id: pupil.id,
  school: pupil.school.id,
  class: pupil.class.id,
  arm: pupil.school.arm,
  wave,
  week: pupil.school.weeks[waves.indexOf(wave)]!,
  age: pupil.age,
  sex: pupil.sex,
  leftBehind,
  sessions: pupil.sessions,
  instruments,
})

/** A simulator of whole trials: all sheets of one, from its seed. Leaving out outcomes or waves changes no number of the others. */
export const trialSimulator =
  (calibration: Calibration, variant: Variant = {}) =>
  (seed: number): readonly DatasetSheet[] => {
    const { household, waves: asked = waves, lostNotAtRandom = false } = variant
    const cast = castOf(seed)
    const given = answersOfAll(cast, calibration, seed, variant)
    const { scale } = calibration.outcomes[0]!.total // the primary outcome stands first, and baseline and post are always asked
    const total = (wave: Wave, place: number) => totalIn(given[asked.indexOf(wave)]![0]![place]!, scale)
    const homes = stream(seed, 'household')
    return cast.pupils.flatMap((pupil, place) => {
      const home = household && givenOf(household, householdAnswers(household, pupil.isLeftBehind, homes))
      const leftBehind = home ? saysLeftBehind(home.answers, pupil.age) : pupil.isLeftBehind
      const totals = { baseline: total('baseline', place), later: lostNotAtRandom ? total('post', place) : null }
      return asked.flatMap((wave, at) => {
        if (isLost(calibration, pupil, wave, totals)) return []
        const sheets = given[at]!.map((ofAll) => ofAll[place]!)
        return [sheetOf(pupil, wave, leftBehind, home && wave === 'baseline' ? [...sheets, home] : sheets)]
      })
    })
  }
