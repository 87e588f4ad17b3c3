// The share of pupils at or beyond the cut-off of the primary scale, before and after, and how the arms differ in it.
import { type TwoProportions, twoProportions } from '../effects/two-proportions.ts'
import { clusterRobust } from '../models/cluster-robust.ts'
import { gee } from '../models/gee.ts'
import { schoolSums } from '../models/school-sums.ts'
import { type Estimate, type Interval, type NotEstimable, notEstimable } from '../result.ts'
import type { Context, Standing } from './context.ts'
import { completePupils } from './effect-among.ts'
import { keyOf } from './reliability.ts'

type AdjustedOdds = {
  readonly kind: 'estimated'
  readonly method: 'generalised-estimating-equations'
  readonly estimate: number
  readonly interval: Interval
  readonly df: number
  readonly p: number
}
type AdjustedRisk = Estimate & { readonly kind: 'estimated'; readonly method: string }
/** Which scores ask for a second look. */
type Side = 'at-or-above' | 'at-or-below' | 'below'
export type Share = { readonly events: number; readonly n: number }
export type CutOffPart = {
  readonly cutOff: number
  readonly side: Side
  readonly standing: Standing
  readonly arms: readonly { readonly arm: string; readonly before: Share; readonly after: Share }[]
  readonly contrasts: readonly {
    readonly arm: string
    readonly against: string
    /** difference in shares after, adjusted for being beyond the cut-off before, schools counted (CR2) */
    readonly riskDifference: AdjustedRisk | NotEstimable
    /** of being beyond the cut-off after, adjusted for before; schools counted by estimating equations */
    readonly oddsRatio: AdjustedOdds | NotEstimable
    /** from the counts after alone, schools ignored */
    readonly proportions: TwoProportions | NotEstimable
  }[]
}
type Counted = { readonly arm: string; readonly school: string; readonly before: number; readonly after: number }

/** The plan's cut-off on the side of more distress, else the first that the scale's definition has. */
const cutOffOf = ({ plan, dataset }: Context): { readonly cutOff: number; readonly side: Side } | null => {
  const { scale } = keyOf(dataset.codebook, plan.primary.scale)
  if (plan.cutOff !== undefined) return { cutOff: plan.cutOff, side: scale.direction === 'higher-is-worse' ? 'at-or-above' : 'at-or-below' }
  const [published] = scale.cutOffs
  if (published?.atLeast !== undefined) return { cutOff: published.atLeast, side: 'at-or-above' }
  return published?.below === undefined ? null : { cutOff: published.below, side: 'below' }
}

const isBeyond = (score: number, cutOff: number, side: Side): boolean =>
  side === 'at-or-above' ? score >= cutOff : side === 'below' ? score < cutOff : score <= cutOff

const riskDifference = (pupils: readonly Counted[], arm: string, level: number): AdjustedRisk | NotEstimable => {
  const rows = pupils.map((pupil) => ({ school: pupil.school, values: [Number(pupil.arm === arm), pupil.before, pupil.after] }))
  const fit = clusterRobust(schoolSums(rows), ['arm', 'before'], 'CR2', level)
  if (fit.kind === 'not-estimable') return fit
  const { name: _, ...estimate } = fit.coefficients[1]!
  return { kind: 'estimated', method: fit.method, ...estimate }
}

const oddsRatio = (pupils: readonly Counted[], arm: string, level: number): AdjustedOdds | NotEstimable => {
  const column = (of: (pupil: Counted) => number) => Float64Array.from(pupils, of)
  const columns = [column((pupil) => Number(pupil.arm === arm)), column(({ before }) => before)]
  const schools = pupils.map(({ school }) => school)
  const fit = gee(
    column(({ after }) => after),
    columns,
    ['arm', 'before'],
    schools,
    { level },
  )
  if (fit.kind !== 'estimated') return notEstimable(fit.kind === 'not-estimable' ? fit.reason : 'no-variation')
  const corrected = fit.coefficients[1]!.kauermannCarroll
  if (!corrected?.oddsRatio) return notEstimable('too-few-schools')
  return { kind: 'estimated', method: fit.method, ...corrected.oddsRatio, df: corrected.df, p: corrected.p }
}

/** Null where neither the plan nor the scale has a cut-off. */
export const cutOffPart = (context: Context): CutOffPart | null => {
  const { plan, arms, control, programmes, level } = context
  const found = cutOffOf(context)
  if (!found) return null
  const beyond = (score: number) => Number(isBeyond(score, found.cutOff, found.side))
  const pupils = completePupils(context, plan.primary.scale).map(
    ({ arm, school, baseline, post }): Counted => ({ arm, school, before: beyond(baseline), after: beyond(post) }),
  )
  const own = (arm: string) => pupils.filter((pupil) => pupil.arm === arm)
  const share = (arm: string, when: 'before' | 'after'): Share => ({
    events: own(arm).filter((pupil) => pupil[when] === 1).length,
    n: own(arm).length,
  })
  const between = <T>(arm: string, ask: (pupils: readonly Counted[], arm: string, level: number) => T | NotEstimable) => {
    const [programme, others] = [own(arm), own(control)]
    return programme.length === 0 || others.length === 0 ? notEstimable('arm-without-pupils') : ask([...programme, ...others], arm, level)
  }
  return {
    ...found,
    standing: context.standing(plan.cutOff !== undefined),
    arms: arms.map((arm) => ({ arm, before: share(arm, 'before'), after: share(arm, 'after') })),
    contrasts: programmes.map((arm) => ({
      arm,
      against: control,
      riskDifference: between(arm, riskDifference),
      oddsRatio: between(arm, oddsRatio),
      proportions: twoProportions(share(arm, 'after'), share(control, 'after'), level),
    })),
  }
}
