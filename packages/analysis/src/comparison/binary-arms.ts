/** A binary outcome with schools counted: proportions with robust errors, and the odds ratio adjusted by estimating equations. */
import { type ClusteredProportions, clusteredProportions } from '../effects/clustered-proportions.ts'
import type { BinaryRefusal } from '../models/binary-fit.ts'
import { gee } from '../models/gee.ts'
import type { NotEstimable } from '../result.ts'

type Pupil = { readonly school: string; readonly inProgramme: boolean; readonly covariates: readonly number[]; readonly post: number }
export type BinaryArms = {
  readonly proportions: ClusteredProportions | NotEstimable
  /** the arm's log odds ratio with the covariates beside it, exchangeable within schools; null without covariates */
  readonly adjusted: AdjustedOdds | BinaryRefusal | null
}
type AdjustedOdds = {
  readonly kind: 'estimated'
  readonly method: 'gee-exchangeable-kauermann-carroll'
  readonly alpha: number
} & Corrected
type Corrected = {
  readonly logOddsRatio: number
  readonly standardError: number
  readonly df: number
  readonly p: number
  readonly oddsRatio: {
    readonly estimate: number
    readonly interval: { readonly lower: number; readonly upper: number; readonly level: number }
  }
}

const adjustedOdds = (pupils: readonly Pupil[], names: readonly string[], level: number): AdjustedOdds | BinaryRefusal => {
  const column = (value: (pupil: Pupil) => number) => Float64Array.from(pupils, value)
  const columns = [column(({ inProgramme }) => Number(inProgramme)), ...names.map((_, k) => column(({ covariates }) => covariates[k]!))]
  const fit = gee(
    column(({ post }) => post),
    columns,
    ['arm', ...names],
    pupils.map(({ school }) => school),
    { correlation: 'exchangeable', level },
  )
  if (fit.kind !== 'estimated') return fit
  const { estimate, kauermannCarroll: found } = fit.coefficients[1]!
  if (!found?.oddsRatio) return { kind: 'not-estimable', reason: 'too-few-schools' }
  const { standardError, df, p, oddsRatio } = found
  return {
    kind: 'estimated',
    method: 'gee-exchangeable-kauermann-carroll',
    alpha: fit.alpha,
    logOddsRatio: estimate,
    standardError,
    df,
    p,
    oddsRatio,
  }
}

/** @param names of the covariates */
export const binaryArms = (pupils: readonly Pupil[], names: readonly string[], level: number): BinaryArms => ({
  proportions: clusteredProportions(
    pupils.map(({ school, inProgramme, post }) => ({ school, first: inProgramme, event: post === 1 })),
    level,
  ),
  adjusted: names.length > 0 ? adjustedOdds(pupils, names, level) : null,
})
