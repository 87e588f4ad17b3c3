import { type NotEstimable, notEstimable } from '../result.ts'
import { attritionTable } from './attrition-table.ts'

type Followed = { readonly allocated: number; readonly analysed: number }
/** `low-cautious` is low under either assumption, `low-optimistic` only where loss has little to do with the outcome. */
type AttritionGrade = 'low-cautious' | 'low-optimistic' | 'high'
type Limits = { readonly cautious: number; readonly optimistic: number }
export type Attrition = {
  readonly kind: 'estimated'
  readonly method: 'wwc-attrition'
  readonly programme: Followed & { readonly rate: number }
  readonly control: Followed & { readonly rate: number }
  /** share lost of both arms together, and by how much the arms differ in it */
  readonly overall: number
  readonly differential: number
  /** the largest differential attrition that counts as low at this overall one, as shares; null beyond the table */
  readonly boundary: Limits | null
  readonly grade: AttritionGrade
}

/**
 * The boundary at an overall attrition (a share), straight between the whole per cents of the table, whose neighbours differ by .3 points at most.
 * Null beyond 57 per cent. Throws outside 0 to 1. Example: attritionBoundary(0.105) is { cautious: 0.0625, optimistic: 0.109 }
 */
export const attritionBoundary = (overall: number): Limits | null => {
  if (!(overall >= 0 && overall <= 1)) throw new Error(`attritionBoundary requires a share from 0 to 1, got ${overall}`)
  const percent = overall * 100
  const whole = Math.floor(percent + 1e-9) // .57 * 100 is not 57
  const [below, above] = [attritionTable[whole], attritionTable[whole + 1]]
  const past = Math.max(0, percent - whole)
  if (!below || (!above && past > 1e-9)) return null
  const between = (limit: keyof Limits) => (below[limit] + past * ((above ?? below)[limit] - below[limit])) / 100
  return { cautious: between('cautious'), optimistic: between('optimistic') }
}

const gradeOf = (differential: number, boundary: Limits | null): AttritionGrade => {
  const within = (limit: number) => differential <= limit + 1e-12
  if (!boundary) return 'high'
  return within(boundary.cautious) ? 'low-cautious' : within(boundary.optimistic) ? 'low-optimistic' : 'high'
}

/**
 * Overall and differential attrition of a trial, graded by the boundary of the What Works Clearinghouse. For pupils, or for schools, as counted.
 * A low grade does not say that the lost were like the others: see whoWasLost. Not for joiners: whoever was not allocated is not counted.
 * @param arms allocated and analysed units of each arm, whole counts
 * @returns shares from 0 to 1; not-estimable when an arm has nobody. Throws when more are analysed than were allocated.
 * Source: What Works Clearinghouse Standards Handbook 4.0, section II.A.2. Example: 100 and 100 allocated, 90 and 84 analysed: overall .13, differential .06
 */
export const attrition = (arms: { readonly programme: Followed; readonly control: Followed }): Attrition | NotEstimable => {
  const { programme, control } = arms
  for (const { allocated, analysed } of [programme, control])
    if (!(analysed >= 0 && analysed <= allocated)) throw new Error(`attrition requires 0 to ${allocated} analysed, got ${analysed}`)
  if (programme.allocated === 0 || control.allocated === 0) return notEstimable('too-few-values')
  const rateOf = ({ allocated, analysed }: Followed) => (allocated - analysed) / allocated
  const allocated = programme.allocated + control.allocated
  const overall = (allocated - programme.analysed - control.analysed) / allocated
  const differential = Math.abs(rateOf(programme) - rateOf(control))
  const boundary = attritionBoundary(overall)
  return {
    kind: 'estimated',
    method: 'wwc-attrition',
    programme: { ...programme, rate: rateOf(programme) },
    control: { ...control, rate: rateOf(control) },
    overall,
    differential,
    boundary,
    grade: gradeOf(differential, boundary),
  }
}
