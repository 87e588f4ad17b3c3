/** The simulated trial as sheets of answers. Simulated study, not real data (模拟研究·非真实数据). Everything random comes from one seed. */
import {
  type DatasetSheet,
  type Definition,
  expectedPopulationScore,
  scoreAnswers,
  seededRandom,
  simulateAnswers,
} from '@tongxing/instruments'
import { latentEffects, parameters } from './parameters.ts'

type Random = () => number
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const shuffled = <T>(values: readonly T[], random: Random): readonly T[] =>
  values
    .map((value) => ({ value, place: random() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ value }) => value)

const waves = ['baseline', 'post'] as const
type Wave = (typeof waves)[number]
/** A standard normal value at each wave, correlated as stable people and schools are. */
type Course = Readonly<Record<Wave, number>>
const course = (random: Random): Course => {
  const { value: stability } = parameters.stability
  const baseline = normal(random)
  return { baseline, post: stability * baseline + Math.sqrt(1 - stability ** 2) * normal(random) }
}

/** What is common to all instruments, and what belongs to each. */
type Courses = { readonly general: Course; readonly own: Readonly<Record<string, Course>> }
const courses = (definitions: readonly Definition[], random: Random): Courses => ({
  general: course(random),
  own: Object.fromEntries(definitions.map(({ id }) => [id, course(random)])),
})

const leftBehindShift = (leftBehind: boolean) =>
  parameters.leftBehindDistress.value * ((leftBehind ? 1 : 0) - parameters.leftBehindShare.value)

type School = { readonly id: string; readonly arm: string; readonly size: number; readonly courses: Courses }
type Pupil = { readonly school: School; readonly courses: Courses; readonly leftBehind: boolean }

/** Variance 1 in either group of pupils: general and own parts, each of school and pupil. */
const latentOf = (definition: Definition, { school, courses: mine, leftBehind }: Pupil, wave: Wave): number => {
  const { schoolShare, generalShare } = parameters
  const part = ({ general, own }: Courses) =>
    Math.sqrt(generalShare.value) * general[wave] + Math.sqrt(1 - generalShare.value) * own[definition.id]![wave]
  const effect = wave === 'post' && school.arm === 'groups' ? latentEffects[definition.id]!.value : 0
  return (
    Math.sqrt(schoolShare.value) * part(school.courses) +
    Math.sqrt(1 - schoolShare.value) * part(mine) +
    leftBehindShift(leftBehind) +
    effect
  )
}

/** Half of each county's schools to either arm, by lot. */
const allocatedSchools = (definitions: readonly Definition[], random: Random): readonly School[] =>
  Array.from({ length: parameters.counties.value }, (_, county) => {
    const places = Array.from({ length: parameters.schoolsPerCounty.value }, (_, place) => place)
    const chosen = new Set(shuffled(places, random).slice(0, places.length / 2))
    return places.map((place) => ({
      id: `sim-${county + 1}${place + 1}`,
      arm: chosen.has(place) ? 'groups' : 'waiting',
      size: parameters.pupilsPerSchool.value + Math.round((2 * random() - 1) * parameters.pupilsMoreOrLess.value),
      courses: courses(definitions, random),
    }))
  }).flat()

const isLost = (total: number | null, average: number, random: Random) => {
  const { lost, lostByScore, scoreSpread } = parameters
  const standardised = total === null ? 0 : (total - average) / scoreSpread.value
  const logOdds = Math.log(lost.value / (1 - lost.value)) + lostByScore.value * standardised
  return random() < 1 / (1 + Math.exp(-logOdds))
}

const sheetsOfPupil = (
  definitions: readonly Definition[],
  school: School,
  number: number,
  average: number,
  random: Random,
): readonly DatasetSheet[] => {
  const { classesPerSchool, youngest, oldest, leftBehindShare, skipped } = parameters
  const pupil: Pupil = { school, courses: courses(definitions, random), leftBehind: random() < leftBehindShare.value }
  const age = youngest.value + Math.floor(random() * (oldest.value - youngest.value + 1))
  const sex = random() < 0.5 ? 'female' : 'male'
  const [baseline, post] = waves.map(
    (wave): DatasetSheet => ({
      id: `${school.id}-${String(number + 1).padStart(2, '0')}`,
      school: school.id,
      class: `${school.id}-${'abcdef'[number % classesPerSchool.value]}`,
      arm: school.arm,
      wave,
      week: 0,
      age,
      sex,
      leftBehind: pupil.leftBehind,
      instruments: definitions.map((definition) => {
        const answers = simulateAnswers(definition, { latent: latentOf(definition, pupil, wave), random, skipRate: skipped.value })
        return { instrument: definition.id, version: definition.version, answers, scores: scoreAnswers(definition, answers) }
      }),
    }),
  )
  const score = baseline!.instruments[0]!.scores[0]!
  return isLost(score.kind === 'scored' ? score.value : null, average, random) ? [baseline!] : [baseline!, post!]
}

/** The expected total of all pupils of an arm at the second wave, left-behind or not, exact to about 1e-12. */
const expected = (definition: Definition, scale: string, effect: number): number => {
  const { value: share } = parameters.leftBehindShare
  const among = (leftBehind: boolean) =>
    expectedPopulationScore(definition, scale, { mean: leftBehindShift(leftBehind) + effect, standardDeviation: 1 })
  return share * among(true) + (1 - share) * among(false)
}

/**
 * The true effect of the programme on a scale, in its points: the expected total of a pupil with it minus that of one without, over all pupils
 * allocated and complete sheets. An estimate from the pupils who stayed may differ a little: the effect is larger where distress is higher.
 */
export const trueEffect = (definition: Definition, scale: string): number =>
  expected(definition, scale, latentEffects[definition.id]!.value) - expected(definition, scale, 0)

/** A simulator of whole trials: all sheets of one, from its seed. The first instrument's first scale decides who is lost. */
export const trialSimulator = (definitions: readonly Definition[]) => {
  const average = expected(definitions[0]!, definitions[0]!.scales[0]!.id, 0)
  return (seed: number): readonly DatasetSheet[] => {
    const random = seededRandom(seed)
    return allocatedSchools(definitions, random).flatMap((school) =>
      Array.from({ length: school.size }, (_, number) => sheetsOfPupil(definitions, school, number, average, random)).flat(),
    )
  }
}
