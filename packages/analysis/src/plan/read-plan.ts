import { canonicalJson } from '@tongxing/instruments'
import { sha256 } from '../dataset/hash.ts'
import type { Dataset } from '../dataset/read-dataset.ts'
import { type Plan, planSchema } from './plan-schema.ts'

/** A plan with the SHA-256 of its canonical JSON: two plans that say the same have one hash, whatever their white space. */
export type FrozenPlan = { readonly plan: Plan; readonly hash: string }

const said = (issue: { readonly path: readonly PropertyKey[]; readonly message: string }) =>
  `plan.json: ${issue.path.map(String).join('.') || 'the whole file'}: ${issue.message}`

/**
 * Reads the text of a plan.json and checks it. Throws an Error naming the field and what is allowed.
 * Example: readPlan(text).hash
 */
export const readPlan = (text: string): FrozenPlan => {
  const json = (() => {
    try {
      return JSON.parse(text) as unknown
    } catch (error) {
      throw new Error(`plan.json: not JSON: ${(error as Error).message}`) // JSON.parse throws nothing else
    }
  })()
  const parsed = planSchema.safeParse(json)
  if (!parsed.success) throw new Error(said(parsed.error.issues[0]!))
  const { level, alpha } = parsed.data
  if (Math.abs(level + alpha - 1) > 1e-12)
    throw new Error(`plan.json: alpha: is ${alpha}, but a level of ${level} leaves ${Number((1 - level).toPrecision(6))}`)
  return { plan: parsed.data, hash: sha256(canonicalJson(json)) }
}

/** Refuses a plan that this dataset cannot answer, in one sentence with the field and what is allowed. */
export const checkPlan = ({ manifest, codebook }: Dataset, plan: Plan): void => {
  const refuse = (field: string, found: string, allowed: readonly string[]): never => {
    throw new Error(`plan.json: ${field}: ${found} is not in the dataset, which has ${allowed.join(', ') || 'none'}`)
  }
  const known = (field: string, found: string, allowed: readonly string[]) => allowed.includes(found) || refuse(field, found, allowed)
  const names = (kinds: readonly string[]) => codebook.columns.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name)
  const [scales, facts] = [names(['scale']), names(['design']).filter((name) => !['school', 'class', 'arm', 'wave', 'week'].includes(name))]
  const waves = manifest.waves.map(({ id }) => id)
  known('study', plan.study, [manifest.study.id])
  known('primary.scale', plan.primary.scale, scales)
  known('primary.wave', plan.primary.wave, waves)
  known('primary.baselineWave', plan.primary.baselineWave, waves)
  for (const [place, { scale }] of plan.secondary.entries()) known(`secondary.${place}.scale`, scale, scales)
  const coded = facts.filter((name) =>
    codebook.columns.some((column) => column.name === name && (column.type !== 'string' || column.values)),
  )
  for (const [place, covariate] of plan.model.covariates.entries()) known(`model.covariates.${place}`, covariate, [...coded, ...scales])
  for (const [place, wave] of plan.waves.entries()) known(`waves.${place}`, wave, waves)
  for (const [place, subgroup] of plan.subgroups.entries()) known(`subgroups.${place}`, subgroup, facts)
  for (const [place, instrument] of (plan.careless?.instruments ?? []).entries())
    known(
      `careless.instruments.${place}`,
      instrument,
      codebook.instruments.map(({ id }) => id),
    )
  if (plan.equivalence?.scale)
    known('equivalence.scale', plan.equivalence.scale, [plan.primary.scale, ...plan.secondary.map(({ scale }) => scale)])
  if (plan.dose) known('dose.column', plan.dose.column, names(['design', 'scale']))
}
