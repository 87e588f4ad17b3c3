// What every section of the report computes from: the dataset, the plan, and the pupils of a scale, joined once.
import type { Dataset } from '../dataset/read-dataset.ts'
import { planFromProtocol } from '../plan/plan-from-protocol.ts'
import type { Plan } from '../plan/plan-schema.ts'
import type { FrozenPlan } from '../plan/read-plan.ts'
import { checkPlan } from '../plan/read-plan.ts'
import { type Covariate, covariatesOf } from './covariates.ts'
import { type Pupil, pupilsOf } from './pupils.ts'

/** Whether a result was named before: in the plan, in the protocol alone, or nowhere. */
export type Standing = 'planned' | 'protocol' | 'exploratory'

export type Context = {
  readonly dataset: Dataset
  readonly plan: Plan
  readonly frozen: FrozenPlan | null
  readonly arms: readonly string[]
  readonly control: string
  readonly programmes: readonly string[]
  readonly level: number
  readonly baselineWave: string
  readonly postWave: string
  readonly covariates: readonly Covariate[]
  /** every pupil seen in either wave, with her scores of the scale */
  readonly pupils: (scale: string) => readonly Pupil[]
  readonly standingOfScale: (scale: string) => Standing
  /** of anything else: planned when the plan says so */
  readonly standing: (isPlanned: boolean) => Standing
}

const designOf = ({ manifest }: Dataset) => {
  const arms = manifest.arms.map(({ id }) => id)
  const control = manifest.arms.find((arm) => arm.control)?.id
  if (!control || arms.length < 2)
    throw new Error(`manifest.json: arms: an effect needs a control arm and another, found ${arms.join(', ') || 'none'}`)
  return { arms, control, programmes: arms.filter((arm) => arm !== control) }
}

const remembered = <T>(make: (key: string) => T) => {
  const made = new Map<string, T>()
  return (key: string): T => {
    if (!made.has(key)) made.set(key, make(key))
    return made.get(key)!
  }
}

export const contextOf = (dataset: Dataset, frozen: FrozenPlan | null, level: number): Context => {
  if (frozen) checkPlan(dataset, frozen.plan)
  const plan = frozen?.plan ?? planFromProtocol(dataset, level)
  const { wave: postWave, baselineWave } = plan.primary
  const covariates = covariatesOf(dataset.codebook, plan.model.covariates)
  const named = new Set([plan.primary.scale, ...plan.secondary.map(({ scale }) => scale)])
  return {
    dataset,
    plan,
    frozen,
    ...designOf(dataset),
    level: plan.level,
    baselineWave,
    postWave,
    covariates,
    pupils: remembered((scale) => pupilsOf(dataset.rows, scale, { baselineWave, postWave, covariates })),
    standingOfScale: (scale) => (named.has(scale) ? (frozen ? 'planned' : 'protocol') : 'exploratory'),
    standing: (isPlanned) => (frozen && isPlanned ? 'planned' : 'exploratory'),
  }
}
