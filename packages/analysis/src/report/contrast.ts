// One programme arm against the control: the adjusted effect out of the joint model, and what ignoring schools would have said.
import { spread } from '../describe.ts'
import { hedgesG } from '../effects/hedges-g.ts'
import { welchT } from '../effects/welch-t.ts'
import { type RandomIntercept, randomIntercept } from '../models/random-intercept.ts'
import { schoolSums } from '../models/school-sums.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import type { CompletePupil } from './pairs.ts'
import type { AdjustedEffect, Contrast, StandardisedEffect } from './record.ts'

const inArm = (pupils: readonly CompletePupil[], arm: string) => pupils.filter((pupil) => pupil.arm === arm)

/** The joint model of all arms that have pupils: post score on one indicator per programme arm and the baseline score about its mean. */
export const armModel = (
  pupils: readonly CompletePupil[],
  control: string,
  arms: readonly string[],
  level: number,
): RandomIntercept | NotEstimable => {
  if (inArm(pupils, control).length === 0) return notEstimable('arm-without-pupils')
  const present = arms.filter((arm) => inArm(pupils, arm).length > 0)
  if (present.length === 0) return notEstimable('arm-without-pupils')
  const members = pupils.filter(({ arm }) => arm === control || present.includes(arm))
  const centre = spread(members.map(({ baseline }) => baseline))?.mean
  if (centre === undefined) return notEstimable('too-few-values')
  const hasBaseline = members.some(({ baseline }) => baseline !== members[0]!.baseline)
  const rows = members.map((pupil) => ({
    school: pupil.school,
    values: [...present.map((arm) => Number(pupil.arm === arm)), ...(hasBaseline ? [pupil.baseline - centre] : []), pupil.post],
  }))
  return randomIntercept(schoolSums(rows), [...present.map((arm) => `arm:${arm}`), ...(hasBaseline ? ['baseline'] : [])], level)
}

const effectOf = (model: RandomIntercept | NotEstimable, arm: string): AdjustedEffect | NotEstimable => {
  if (model.kind === 'not-estimable') return model
  const found = model.coefficients.find(({ name }) => name === `arm:${arm}`)
  if (!found) return notEstimable('arm-without-pupils')
  const { name: _, unadjustedStandardError: __, ...estimate } = found
  const { method, n, schools, intraclassCorrelation } = model
  return { kind: 'estimated', method, n, schools, intraclassCorrelation, ...estimate }
}

const pooledBaseline = (first: readonly CompletePupil[], second: readonly CompletePupil[]): number | null => {
  const [a, b] = [first, second].map((pupils) => spread(pupils.map(({ baseline }) => baseline)))
  if (!a || !b) return null
  return Math.sqrt(((a.n - 1) * a.variance + (b.n - 1) * b.variance) / (a.n + b.n - 2))
}

const standardised = (effect: AdjustedEffect | NotEstimable, standardDeviation: number | null): StandardisedEffect | NotEstimable => {
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
