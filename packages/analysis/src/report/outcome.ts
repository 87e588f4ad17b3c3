import { numberIn } from '../dataset/read-dataset.ts'
import { describe } from '../describe.ts'
import { pairedT } from '../effects/paired-t.ts'
import { studentEstimate } from '../effects/student-estimate.ts'
import type { CronbachAlpha } from '../psychometrics/cronbach-alpha.ts'
import type { NotEstimable, Warning } from '../result.ts'
import type { Context } from './context.ts'
import { armModel, contrast, modelSums } from './contrast.ts'
import { completePupils, covariateNames } from './effect-among.ts'
import type { CompletePupil, Pupil } from './pupils.ts'
import type { ArmChange, Missing, Outcome, ScoreSummary } from './record.ts'
import { keyOf } from './reliability.ts'

const withInterval = (values: readonly number[], level: number) => {
  const summary = describe(values)
  const { n, mean, standardDeviation } = summary
  const known = mean !== null && standardDeviation !== null && standardDeviation > 0
  return { ...summary, interval: known ? studentEstimate(mean, standardDeviation / Math.sqrt(n), n - 1, level).interval : null }
}

const scoreSummary = ({ dataset, level }: Context, scale: string, arm: string, wave: string): ScoreSummary => {
  const values = dataset.rows.filter((row) => row.arm === arm && row.wave === wave).flatMap((row) => numberIn(row, scale) ?? [])
  return { arm, wave, ...withInterval(values, level) }
}

const changeIn = (complete: readonly CompletePupil[], arm: string, level: number): ArmChange => {
  const members = complete.filter((pupil) => pupil.arm === arm)
  const [baseline, post] = [members.map((pupil) => pupil.baseline), members.map((pupil) => pupil.post)]
  return { arm, baseline: withInterval(baseline, level), post: withInterval(post, level), result: pairedT(baseline, post, level) }
}

const missingIn = (pupils: readonly Pupil[], arm: string): Missing => {
  const members = pupils.filter((pupil) => pupil.arm === arm)
  const count = (baseline: boolean, post: boolean) =>
    members.filter((pupil) => (pupil.baseline !== null) === baseline && (pupil.post !== null) === post).length
  return {
    arm,
    participants: members.length,
    both: count(true, true),
    baselineOnly: count(true, false),
    postOnly: count(false, true),
    neither: count(false, false),
  }
}

/** Everything that the report says of one scale. */
export const outcome = (context: Context, scale: string, reliability: CronbachAlpha | NotEstimable): Outcome => {
  const { dataset, arms, control, programmes, level } = context
  const { manifest, codebook } = dataset
  const key = keyOf(codebook, scale)
  const column = codebook.columns.find(({ kind, name }) => kind === 'scale' && name === scale)! // readDataset refuses an outcome without its column
  const pupils = context.pupils(scale)
  const complete = completePupils(context, scale)
  const model = armModel(modelSums(complete, control, programmes, covariateNames(context, scale)), level)
  const contrasts = programmes.map((arm) => contrast(model, complete, arm, control, level))
  const missing = arms.map((arm) => missingIn(pupils, arm))
  const warnings: readonly Warning[] = [
    ...(model.kind === 'estimated' ? model.warnings : []),
    ...(reliability.kind === 'estimated' ? reliability.warnings : []),
    ...(missing.some(({ baselineOnly, postOnly, neither }) => baselineOnly + postOnly + neither > 0)
      ? (['unmatched-pupils'] as const)
      : []),
  ]
  return {
    scale,
    label: column.label,
    instrument: { id: key.instrument.id, version: key.instrument.version },
    direction: key.scale.direction,
    range: column.range ?? null,
    scores: arms.flatMap((arm) => manifest.waves.map(({ id }) => scoreSummary(context, scale, arm, id))),
    missing,
    change: arms.map((arm) => changeIn(complete, arm, level)),
    model,
    effect: contrasts[0]!.effect,
    contrasts,
    reliability,
    warnings,
  }
}
