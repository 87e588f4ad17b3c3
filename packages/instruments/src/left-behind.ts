/**
 * Whether a child is left behind, under each definition in use, derived from dated facts: who is away, since when, who could be guardian.
 * The definitions disagree, so none is stored: a count says whose it is. What the facts do not say is an answer of its own, never a no.
 */
import { type Answers, unansweredReason } from './answers.ts'
import { type LeftBehindDefinition, leftBehindDefinitions } from './left-behind-definitions.ts'

export type Parent = 'father' | 'mother'
type IsoDate = string
/** One stay away from home for work; `to` is null while it lasts. A parent without a stay is at home, if `known` names that parent. */
export type StayAway = { readonly parent: Parent; readonly from: IsoDate; readonly to: IsoDate | null }
export type LeftBehindFacts = {
  readonly bornOn: IsoDate | null
  readonly stays: readonly StayAway[]
  readonly known: readonly Parent[]
  readonly ableGuardians: Readonly<Record<Parent, boolean | null>>
}

/** What one parent does on one day: at home, or away for at least `from` and less than `to` whole months. Null is not known. */
export type ParentSituation = 'home' | { readonly from: number; readonly to: number } | null
export type LeftBehindSituation = {
  readonly age: number | null
  readonly parents: Readonly<Record<Parent, ParentSituation>>
  readonly ableGuardians: LeftBehindFacts['ableGuardians']
}

const wholeMonths = (from: IsoDate, to: IsoDate): number => {
  const [start, end] = [from, to].map((date) => date.split('-').map(Number)) as [number[], number[]] // two dates in, two lists out
  const months = (end[0]! - start[0]!) * 12 + end[1]! - start[1]!
  return end[2]! < start[2]! ? months - 1 : months
}

const parentOn = ({ stays, known }: LeftBehindFacts, parent: Parent, day: IsoDate): ParentSituation => {
  const stay = stays.find((one) => one.parent === parent && one.from <= day && (one.to === null || one.to > day))
  if (!stay) return known.includes(parent) ? 'home' : null
  const months = wholeMonths(stay.from, day)
  return { from: months, to: months + 1 }
}

/** How things stand on a day (ISO date), by the facts known of it. Days compare as text; a stay ends on the day of return. */
export const situationOn = (facts: LeftBehindFacts, day: IsoDate): LeftBehindSituation => ({
  age: facts.bornOn === null ? null : Math.floor(wholeMonths(facts.bornOn, day) / 12),
  parents: { father: parentOn(facts, 'father', day), mother: parentOn(facts, 'mother', day) },
  ableGuardians: facts.ableGuardians,
})

const sinceWhen: readonly ParentSituation[] = [
  'home',
  { from: 0, to: 3 },
  { from: 3, to: 6 },
  { from: 6, to: 12 },
  { from: 12, to: 36 },
  { from: 36, to: Number.POSITIVE_INFINITY },
]
const away: Readonly<Record<Parent, readonly number[]>> = { father: [1, 2], mother: [2, 3] }

/** How things stand by a pupil's own sheet of `left-behind` 1.0.0. A guess beside dated facts: who could be guardian is not asked of a child. */
export const situationFromAnswers = (answers: Answers, age: number | null): LeftBehindSituation => {
  const coded = (item: string) => (unansweredReason(answers, item) === null ? Number(answers[item]) : null)
  const who = coded('leftbehind_1')
  const parent = (name: Parent, item: string): ParentSituation => {
    if (who === null) return null
    if (!away[name].includes(who)) return 'home'
    const since = coded(item)
    return since === null || since === 0 ? { from: 0, to: Number.POSITIVE_INFINITY } : sinceWhen[since]!
  }
  return {
    age,
    parents: { father: parent('father', 'leftbehind_2'), mother: parent('mother', 'leftbehind_3') },
    ableGuardians: { father: null, mother: null },
  }
}

type Claim = boolean | null // null: the facts do not say
const and = (...claims: readonly Claim[]): Claim => (claims.includes(false) ? false : claims.includes(null) ? null : true)
const or = (...claims: readonly Claim[]): Claim => (claims.includes(true) ? true : claims.includes(null) ? null : false)

const isAway = (situation: ParentSituation, months: number): Claim => {
  if (situation === null || situation === 'home') return situation === null ? null : false
  if (situation.from >= months) return true
  return situation.to <= months ? false : null
}

/** Whether a child is left behind under one definition; null where the facts do not decide it. Not a verdict on anybody's care. */
export const isLeftBehind = (definition: LeftBehindDefinition, { age, parents, ableGuardians }: LeftBehindSituation): Claim => {
  const ofAge = age === null ? null : age >= definition.fromAge && age < definition.underAge
  const [father, mother] = [isAway(parents.father, definition.months), isAway(parents.mother, definition.months)]
  if (definition.parents === 'either') return and(ofAge, or(father, mother))
  const unable = (able: boolean | null): Claim => (able === null ? null : !able)
  return and(ofAge, or(and(father, mother), and(father, unable(ableGuardians.mother)), and(mother, unable(ableGuardians.father))))
}

/** Every definition with its answer, for a table that shows how much the count depends on whose words are taken. */
export const leftBehindUnderEach = (situation: LeftBehindSituation): Readonly<Record<string, Claim>> =>
  Object.fromEntries(leftBehindDefinitions.map((definition) => [definition.id, isLeftBehind(definition, situation)]))
