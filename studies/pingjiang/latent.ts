/** Latent distress of every pupil at every wave. Simulated study, not real data (模拟研究·非真实数据). */
import { doseOf } from './attendance.ts'
import { type Calibration, type Outcome, shiftOf } from './calibration.ts'
import type { Cast, Pupil } from './cast.ts'
import { parameters, type Wave } from './parameters.ts'
import { normal, type Random, stream } from './random.ts'

/** A standard normal value at each wave, any two of which correlate alike. */
type Course = Readonly<Record<Wave, number>>
const course = (stability: number, random: Random): Course => {
  const lasting = Math.sqrt(stability) * normal(random)
  const at = () => lasting + Math.sqrt(1 - stability) * normal(random)
  return { baseline: at(), post: at(), 'follow-up': at() }
}

type Levels = 'schools' | 'classes' | 'pupils'
/** One factor's values for every school, class and pupil. */
type Factor = Readonly<Record<Levels, readonly Course[]>>
const factorOf = ({ schools, pupils }: Cast, stability: number, random: Random): Factor => {
  const courses = (count: number) => Array.from({ length: count }, () => course(stability, random))
  return {
    schools: courses(schools.length),
    classes: courses(schools.length * parameters.classesPerSchool.value),
    pupils: courses(pupils.length),
  }
}

/** The latent value of a pupil, by her place in the cast: variance 1 within a group of pupils, in all instruments. */
export type Latent = (place: number, wave: Wave) => number

/** What is common to all instruments and what belongs to each, of school, class and pupil; then the group and the programme. */
export const latentValues = (cast: Cast, { schoolShare, classShare, stability }: Calibration, seed: number) => {
  const general = factorOf(cast, stability, stream(seed, 'factor general'))
  const [shared, particular] = [Math.sqrt(parameters.generalShare.value), Math.sqrt(1 - parameters.generalShare.value)]
  const [ofSchool, ofClass, ofPupil] = [schoolShare, classShare, 1 - schoolShare - classShare].map(Math.sqrt) as [number, number, number] // three in, three out
  return ({ total: { definition } }: Outcome, effect: Outcome['effect']): Latent => {
    const own = factorOf(cast, stability, stream(seed, `factor ${definition.id}`))
    const both = (level: Levels, place: number, wave: Wave) => shared * general[level][place]![wave] + particular * own[level][place]![wave]
    const programme = ({ sessions }: Pupil, wave: Wave) => (sessions === null ? 0 : effect[wave] * doseOf(sessions))
    return (place, wave) => {
      const pupil = cast.pupils[place]!
      return (
        ofSchool * both('schools', pupil.school.place, wave) +
        ofClass * both('classes', pupil.class.place, wave) +
        ofPupil * both('pupils', place, wave) +
        shiftOf(pupil.isLeftBehind, pupil.sex === 'female') +
        programme(pupil, wave)
      )
    }
  }
}
