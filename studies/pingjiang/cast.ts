/** Schools, classes and pupils of one trial, before anybody answers. Simulated study, not real data (模拟研究·非真实数据): no name, no place. */
import { attendance } from './attendance.ts'
import { parameters } from './parameters.ts'
import { placeIn, type Random, stream } from './random.ts'

type School = {
  readonly id: string
  readonly place: number
  readonly arm: 'waiting' | 'groups'
  readonly size: number
  readonly weeks: readonly number[]
}
export type Pupil = {
  readonly id: string
  readonly school: School
  readonly class: { readonly id: string; readonly place: number }
  readonly age: number
  readonly sex: 'female' | 'male'
  /** Whether a parent has been away for half a year, said or not. */
  readonly isLeftBehind: boolean
  /** Sessions attended; null where none was offered. */
  readonly sessions: number | null
  /** Uniform: who draws below her chance of being lost is lost. */
  readonly loss: number
}

const shuffled = <T>(values: readonly T[], random: Random): readonly T[] =>
  values
    .map((value) => ({ value, place: random() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ value }) => value)

/** Half of each county's schools to either arm, by lot. A school is visited in the first, second or third week of each wave. */
const schoolsOf = (random: Random): readonly School[] =>
  Array.from({ length: parameters.counties.value }, (_, county) => {
    const places = Array.from({ length: parameters.schoolsPerCounty.value }, (_, place) => place)
    const chosen = new Set(shuffled(places, random).slice(0, places.length / 2))
    return places.map(
      (place): School => ({
        id: `sim-${county + 1}${place + 1}`,
        place: county * places.length + place,
        arm: chosen.has(place) ? 'groups' : 'waiting',
        size: parameters.pupilsPerSchool.value + Math.round((2 * random() - 1) * parameters.pupilsMoreOrLess.value),
        weeks: [0, 1, 2].map(() => Math.floor(3 * random())),
      }),
    )
  }).flat()

const ageIn = (grade: number, random: Random): number => {
  const { ageOverGrade, ageShareYounger, ageShareOlder } = parameters
  const above = [ageShareYounger.value, 1 - ageShareYounger.value - ageShareOlder.value, ageShareOlder.value]
  return grade + ageOverGrade.value + placeIn(above, random())
}

const pupilOf = (school: School, number: number, random: Random): Pupil => {
  const { classesPerSchool, lowestGrade, girls, leftBehindShare } = parameters
  const classNumber = number % classesPerSchool.value
  const grade = lowestGrade.value + classNumber
  const attended = placeIn(attendance, random())
  return {
    id: `${school.id}-${String(number + 1).padStart(2, '0')}`,
    school,
    class: { id: `${school.id}-g${grade}`, place: school.place * classesPerSchool.value + classNumber },
    age: ageIn(grade, random),
    sex: random() < girls.value ? 'female' : 'male',
    isLeftBehind: random() < leftBehindShare.value,
    sessions: school.arm === 'groups' ? attended : null,
    loss: random(),
  }
}

export type Cast = { readonly schools: readonly School[]; readonly pupils: readonly Pupil[] }

export const castOf = (seed: number): Cast => {
  const schools = schoolsOf(stream(seed, 'schools'))
  const random = stream(seed, 'pupils')
  return {
    schools,
    pupils: schools.flatMap((school) => Array.from({ length: school.size }, (_, number) => pupilOf(school, number, random))),
  }
}
