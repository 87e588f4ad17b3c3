// One programme arm against the control: the adjusted effect out of the joint model, and what ignoring schools would have said.
import { spread } from '../describe.ts'
import { hedgesG } from '../effects/hedges-g.ts'
import { welchT } from '../effects/welch-t.ts'
import { type RandomIntercept, randomIntercept } from '../models/random-intercept.ts'
import { type SchoolSums, schoolSums } from '../models/school-sums.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import type { CompletePupil } from './pupils.ts'
import type { AdjustedEffect, Contrast, StandardisedEffect } from './record.ts'

const inArm = (pupils: readonly CompletePupil[], arm: string) => pupils.filter((pupil) => pupil.arm === arm)

export type ModelSums = { readonly sums: readonly SchoolSums[]; readonly names: readonly string[] }

/** The sums of the joint model of all arms that have pupils: one indicator per programme arm, the baseline score about its mean, covariates about theirs. */
export const modelSums = (
  pupils: readonly CompletePupil[],
  control: string,
  arms: readonly string[],
  covariates: readonly string[],
): ModelSums | NotEstimable => {
  if (inArm(pupils, control).length === 0) return notEstimable('arm-without-pupils')
  const present = arms.filter((arm) => inArm(pupils, arm).length > 0)
  if (present.length === 0) return notEstimable('arm-without-pupils')
  const members = pupils.filter(({ arm }) => arm === control || present.includes(arm))
  const columns = [members.map(({ baseline }) => baseline), ...covariates.map((_, k) => members.map((pupil) => pupil.covariates[k]!))]
  const spreads = columns.map(spread)
  if (!spreads[0]) return notEstimable('too-few-values')
  const varying = columns.flatMap((_, k) => (spreads[k]!.variance > 0 ? [k] : [])) // a column that is the same for all tells nothing
  const rows = members.map((pupil, place) => ({
    school: pupil.school,
    values: [...present.map((arm) => Number(pupil.arm === arm)), ...varying.map((k) => columns[k]![place]! - spreads[k]!.mean), pupil.post],
  }))
  const names = ['baseline', ...covariates]
  return { sums: schoolSums(rows), names: [...present.map((arm) => `arm:${arm}`), ...varying.map((k) => names[k]!)] }
}

export const armModel = (made: ModelSums | NotEstimable, level: number): RandomIntercept | NotEstimable =>
  'kind' in made ? made : randomIntercept(made.sums, made.names, level)

export const effectOf = (model: RandomIntercept | NotEstimable, arm: string): AdjustedEffect | NotEstimable => {
  if (model.kind === 'not-estimable') return model
  const found = model.coefficients.find(({ name }) => name === `arm:${arm}`)
  if (!found) return notEstimable('arm-without-pupils')
  const { name: _, unadjustedStandardError: __, ...estimate } = found
  const { method, n, schools, intraclassCorrelation } = model
  return { kind: 'estimated', method, n, schools, intraclassCorrelation, ...estimate }
}

export const pooledBaseline = (first: readonly CompletePupil[], second: readonly CompletePupil[]): number | null => {
  const [a, b] = [first, second].map((pupils) => spread(pupils.map(({ baseline }) => baseline)))
  if (!a || !b) return null
  return Math.sqrt(((a.n - 1) * a.variance + (b.n - 1) * b.variance) / (a.n + b.n - 2))
}

export const standardised = (
  effect: AdjustedEffect | NotEstimable,
  standardDeviation: number | null,
): StandardisedEffect | NotEstimable => {
  if (effect.kind === 'not-estimable') return effect
  if (standardDeviation === null || standardDeviation === 0) return notEstimable('no-variation')
  const { lower, upper, level } = effect.interval
  return {
    kind: 'estimated',
    estimate: effect.estimate / standardDeviation,
    interval: { lower: lower / standardDeviation, upper: upper / standardDeviation, level },
    standardDeviation,
    standardisedBy: 'pooled-baseline-standard-deviation',
  }
}

export const contrast = (
  model: RandomIntercept | NotEstimable,
  pupils: readonly CompletePupil[],
  arm: string,
  against: string,
  level: number,
): Contrast => {
  const [programme, control] = [inArm(pupils, arm), inArm(pupils, against)]
  const changes = (members: readonly CompletePupil[]) => members.map(({ baseline, post }) => post - baseline)
  const effect = effectOf(model, arm)
  return {
    arm,
    against,
    effect,
    standardised: standardised(effect, pooledBaseline(programme, control)),
    naive: { welch: welchT(changes(programme), changes(control), level), hedgesG: hedgesG(changes(programme), changes(control), level) },
  }
}
