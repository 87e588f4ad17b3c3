import type { Dataset } from '../dataset/read-dataset.ts'
import { numberIn } from '../dataset/read-dataset.ts'
import { describe } from '../describe.ts'
import { pairedT } from '../effects/paired-t.ts'
import { studentEstimate } from '../effects/student-estimate.ts'
import type { Warning } from '../result.ts'
import { armModel, contrast } from './contrast.ts'
import { type CompletePupil, isComplete, type Pupil, pupilsOf } from './pairs.ts'
import type { ArmChange, Missing, Outcome, ScoreSummary } from './record.ts'
import { keyOf, reliabilityOf } from './reliability.ts'

export type Design = {
  readonly arms: readonly string[]
  readonly control: string
  readonly programmes: readonly string[]
  readonly level: number
}

const withInterval = (values: readonly number[], level: number) => {
  const summary = describe(values)
  const { n, mean, standardDeviation } = summary
  const known = mean !== null && standardDeviation !== null && standardDeviation > 0
  return { ...summary, interval: known ? studentEstimate(mean, standardDeviation / Math.sqrt(n), n - 1, level).interval : null }
}

const scoreSummary = (dataset: Dataset, scale: string, arm: string, wave: string, level: number): ScoreSummary => {
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
export const outcome = (dataset: Dataset, scale: string, { arms, control, programmes, level }: Design): Outcome => {
  const { manifest, codebook } = dataset
  const key = keyOf(codebook, scale)
  const column = codebook.columns.find(({ kind, name }) => kind === 'scale' && name === scale)! // readDataset refuses an outcome without its column
  const pupils = pupilsOf(dataset, scale)
  const complete = pupils.filter(isComplete)
  const model = armModel(complete, control, programmes, level)
  const contrasts = programmes.map((arm) => contrast(model, complete, arm, control, level))
  const reliability = reliabilityOf(dataset, key, manifest.primary.baselineWave, level)
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
    scores: arms.flatMap((arm) => manifest.waves.map(({ id }) => scoreSummary(dataset, scale, arm, id, level))),
    missing,
    change: arms.map((arm) => changeIn(complete, arm, level)),
    model,
    effect: contrasts[0]!.effect,
    contrasts,
    reliability,
    warnings,
  }
}
