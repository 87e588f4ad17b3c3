// Pupils of the two waves joined: one record a pupil, with what is known of her at each.
import type { DatasetRow } from '@tongxing/instruments'
import { numberIn } from '../dataset/read-dataset.ts'
import type { Covariate } from './covariates.ts'

/** A pupil of an arm in the two waves of the comparison; scores are null where there is none. */
export type Pupil = {
  readonly id: string
  readonly school: string
  readonly arm: string
  readonly baseline: number | null
  readonly post: number | null
  readonly covariates: readonly (number | null)[]
  /** the sheet at baseline, else the first one seen: facts that no programme changes are read from it */
  readonly facts: DatasetRow
}
/** With both scores and every covariate. */
export type CompletePupil = Pupil & { readonly baseline: number; readonly post: number; readonly covariates: readonly number[] }

type Waves = { readonly baselineWave: string; readonly postWave: string }

const byPupil = (rows: readonly DatasetRow[], wave: string): ReadonlyMap<string, DatasetRow> =>
  new Map(rows.filter((row) => row.wave === wave).map((row) => [row.id!, row]))

const bothWaves = (rows: readonly DatasetRow[], { baselineWave, postWave }: Waves) => {
  const [before, after] = [byPupil(rows, baselineWave), byPupil(rows, postWave)]
  const ids = [...new Set([...before.keys(), ...after.keys()])]
  return ids.map((id) => ({ id, before: before.get(id), after: after.get(id) }))
}

/** Every pupil seen in either wave, with school and arm as at baseline (as allocated), else as first seen. */
export const pupilsOf = (
  rows: readonly DatasetRow[],
  scale: string,
  { covariates, ...waves }: Waves & { readonly covariates: readonly Covariate[] },
): readonly Pupil[] =>
  bothWaves(rows, waves).map(({ id, before, after }) => {
    const known = (before ?? after)! // an id comes from one of the two
    return {
      id,
      school: known.school!,
      arm: known.arm!,
      baseline: before ? numberIn(before, scale) : null,
      post: after ? numberIn(after, scale) : null,
      covariates: covariates.filter(({ column }) => column !== scale).map(({ valueIn }) => valueIn(known)),
      facts: known,
    }
  })

export const isComplete = (pupil: Pupil): pupil is CompletePupil =>
  pupil.baseline !== null && pupil.post !== null && !pupil.covariates.includes(null)

/** Pupils whose school or arm differs between the two waves. */
export const movedPupils = (rows: readonly DatasetRow[], waves: Waves): number =>
  bothWaves(rows, waves).filter(({ before, after }) => before && after && (before.school !== after.school || before.arm !== after.arm))
    .length
