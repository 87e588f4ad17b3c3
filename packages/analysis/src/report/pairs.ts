// Pupils of the two waves joined: one record a pupil, with what is known of her at each.
import type { DatasetRow } from '@tongxing/instruments'
import { type Dataset, numberIn } from '../dataset/read-dataset.ts'

/** A pupil of an arm in the two waves of the comparison; scores are null where there is none. */
export type Pupil = {
  readonly id: string
  readonly school: string
  readonly arm: string
  readonly baseline: number | null
  readonly post: number | null
}
export type CompletePupil = Pupil & { readonly baseline: number; readonly post: number }

const byPupil = (dataset: Dataset, wave: string): ReadonlyMap<string, DatasetRow> =>
  new Map(dataset.rows.filter((row) => row.wave === wave).map((row) => [row.id!, row]))

const bothWaves = (dataset: Dataset) => {
  const { baselineWave, wave } = dataset.manifest.primary
  const [before, after] = [byPupil(dataset, baselineWave), byPupil(dataset, wave)]
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  return ids.map((id) => ({ id, before: before.get(id), after: after.get(id) }))
}

/** Every pupil seen in either wave, with school and arm as at baseline (as allocated), else as first seen. */
export const pupilsOf = (dataset: Dataset, scale: string): readonly Pupil[] =>
  bothWaves(dataset).map(({ id, before, after }) => {
    const known = (before ?? after)! // an id comes from one of the two
    return {
      id,
      school: known.school!,
      arm: known.arm!,
      baseline: before ? numberIn(before, scale) : null,
      post: after ? numberIn(after, scale) : null,
    }
  })

export const isComplete = (pupil: Pupil): pupil is CompletePupil => pupil.baseline !== null && pupil.post !== null

/** Pupils whose school or arm differs between the two waves. */
export const movedPupils = (dataset: Dataset): number =>
  bothWaves(dataset).filter(({ before, after }) => before && after && (before.school !== after.school || before.arm !== after.arm)).length
