/** The effect between arms with schools counted: the mixed model, its robust companion, and the corrections that other reports quote. */
import { clusteredG } from '../effects/clustered-g.ts'
import { intraclassCorrelation } from '../effects/intraclass-correlation.ts'
import { type AllocatedPupil, schoolPermutation } from '../effects/school-permutation.ts'
import { clusterRobust } from '../models/cluster-robust.ts'
import { linearMixedModel } from '../models/linear-mixed-model.ts'
import { schoolSums } from '../models/school-sums.ts'
import type { Interval } from '../result.ts'

const valuesBySchool = (pupils: readonly AllocatedPupil[]): readonly (readonly number[])[] =>
  [...Map.groupBy(pupils, ({ school }) => school).values()].map((members) => members.map(({ post }) => post))

/** @param names of the covariates; @param g the standardised effect of pupils, raw and adjusted, null where there is none */
export const clusteredArms = (
  pupils: readonly AllocatedPupil[],
  names: readonly string[],
  g: { readonly raw: number | null; readonly adjusted: number | null },
  level: number,
) => {
  const arms = [pupils.filter(({ inProgramme }) => inProgramme), pupils.filter(({ inProgramme }) => !inProgramme)] as const
  const rows = pupils.map(({ school, inProgramme, covariates, post }) => ({ school, values: [Number(inProgramme), ...covariates, post] }))
  const sums = schoolSums(rows)
  const model = linearMixedModel(sums, ['arm', ...names], 'REML', level)
  const unadjusted = linearMixedModel(
    schoolSums(rows.map(({ school, values }) => ({ school, values: [values[0]!, values.at(-1)!] }))),
    ['arm'],
    'REML',
    level,
  )
  const robust = clusterRobust(sums, ['arm', ...names], 'CR2', level)
  const [tested, total] = [
    model.kind === 'estimated' ? (model.coefficients[1]!.kenwardRoger ?? model.coefficients[1]!.satterthwaite) : null,
    unadjusted.kind === 'estimated' ? Math.sqrt(unadjusted.varianceComponents.cluster + unadjusted.varianceComponents.residual) : null,
  ]
  const scaled = ({ lower, upper }: Interval, by: number): Interval => ({ lower: lower / by, upper: upper / by, level })
  const n = [arms[0].length, arms[1].length] as const
  const corrected = (effect: number | null) =>
    effect === null || unadjusted.kind !== 'estimated'
      ? null
      : clusteredG({ g: effect, n, schools: sums.length, intraclassCorrelation: unadjusted.icc }, level)
  return {
    schools: sums.length,
    schoolsByArm: { programme: valuesBySchool(arms[0]).length, control: valuesBySchool(arms[1]).length },
    model,
    /** the model's effect in total standard deviations of the outcome, school and pupil together, without covariates */
    standardised:
      model.kind === 'estimated' && tested && total
        ? {
            estimate: model.coefficients[1]!.estimate / total,
            interval: scaled(tested.interval, total),
            standardisedBy: 'total-standard-deviation',
            standardDeviation: total,
          }
        : null,
    robust: robust.kind === 'estimated' ? { ...robust, wald: undefined } : robust,
    intraclassCorrelation: {
      withinArms: unadjusted.kind === 'estimated' ? unadjusted.icc : null,
      programme: intraclassCorrelation(valuesBySchool(arms[0]), level),
      control: intraclassCorrelation(valuesBySchool(arms[1]), level),
    },
    permutation: schoolPermutation(pupils),
    clusteredG: corrected(g.raw),
    clusteredAdjustedG: corrected(g.adjusted),
  }
}
