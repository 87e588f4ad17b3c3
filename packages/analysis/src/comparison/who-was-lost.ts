import { type Description, describe } from '../describe.ts'
import type { NotEstimable } from '../result.ts'
import { numberDifference, type StandardisedDifference, shareDifference } from './standardised-difference.ts'

export type FollowedPupil = {
  readonly inProgramme: boolean
  readonly lost: boolean
  readonly baseline: number | null
  /** by the name of a grouping, such as left-behind status; null where not known */
  readonly groups: Readonly<Record<string, string | null>>
}
type Arms<T> = { readonly programme: T; readonly control: T }
type LostByScore = {
  readonly lost: Description
  readonly stayed: Description
  /** lost − stayed */
  readonly difference: StandardisedDifference | NotEstimable
}
type LostOfLevel = { readonly lost: number; readonly n: number; readonly rate: number | null }
export type WhoWasLost = {
  readonly baseline: (Arms<LostByScore> & { readonly both: LostByScore }) | null
  readonly groups: readonly ({
    readonly name: string
    readonly level: string
    /** lost among this level against lost among all others whose level is known, both arms together */
    readonly difference: StandardisedDifference | NotEstimable
  } & Arms<LostOfLevel>)[]
}

const byScore = (pupils: readonly FollowedPupil[]): LostByScore => {
  const scores = (lost: boolean) => pupils.flatMap((pupil) => (pupil.lost === lost && pupil.baseline !== null ? [pupil.baseline] : []))
  const [gone, stayed] = [scores(true), scores(false)]
  return { lost: describe(gone), stayed: describe(stayed), difference: numberDifference(gone, stayed) }
}

const counted = (pupils: readonly FollowedPupil[]) => ({ events: pupils.filter(({ lost }) => lost).length, n: pupils.length })
const rated = (pupils: readonly FollowedPupil[]): LostOfLevel => {
  const { events, n } = counted(pupils)
  return { lost: events, n, rate: n === 0 ? null : events / n }
}

/**
 * Who is missing after: the baseline of the lost against that of those who stayed, arm by arm, and the share lost of each group. For the page on attrition.
 * Differences in standard deviations, programme and control apart: a loss that goes with the score in one arm only is what biases an effect.
 * It tests nothing and says nothing of what was not measured at baseline.
 * @param pupils who were allocated, each with the same groups
 * @returns `baseline` is null where no pupil has one. Example: whoWasLost(pupils).baseline.programme.difference
 */
export const whoWasLost = (pupils: readonly FollowedPupil[]): WhoWasLost => {
  const arms = { programme: pupils.filter(({ inProgramme }) => inProgramme), control: pupils.filter(({ inProgramme }) => !inProgramme) }
  const names = Object.keys(pupils[0]?.groups ?? {})
  return {
    baseline: pupils.every(({ baseline }) => baseline === null)
      ? null
      : { programme: byScore(arms.programme), control: byScore(arms.control), both: byScore(pupils) },
    groups: names.flatMap((name) => {
      const levels = [...new Set(pupils.flatMap(({ groups }) => groups[name] ?? []))].sort()
      const known = pupils.filter(({ groups }) => groups[name] != null)
      const of = (among: readonly FollowedPupil[], level: string) => among.filter(({ groups }) => groups[name] === level)
      return levels.map((level) => ({
        name,
        level,
        programme: rated(of(arms.programme, level)),
        control: rated(of(arms.control, level)),
        difference: shareDifference(counted(of(known, level)), counted(known.filter(({ groups }) => groups[name] !== level))),
      }))
    }),
  }
}
