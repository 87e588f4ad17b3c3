/** What the commands for binary outcomes share: their rows and clusters, and what they say instead of an estimate. */
import { basename } from 'node:path'
import type { BinaryRefusal, Ratio } from '../models/binary-fit.ts'
import { BadInput } from './command.ts'
import { type MixedFrame, readMixedFrame } from './model-frame.ts'
import { unanswered } from './sentences.ts'

const unsettled = {
  gee: 'its iterations settle on no working correlation; try --correlation independence',
  glmm: 'its iterations do not settle, as when clusters hold nothing but events or none and their variance grows without end; gee can count them still',
} as const

export const refused = (model: keyof typeof unsettled, found: BinaryRefusal): string => {
  if (found.kind === 'not-estimable') return unanswered(found.reason)
  if (found.kind === 'not-converged') return `the model cannot be estimated: ${unsettled[model]}`
  const named = found.columns.length === 1 ? `${found.columns[0]} tells` : `${found.columns.join(', ')} together tell`
  return `the model cannot be estimated: ${named} the outcome apart without error (${found.separation} separation), so no finite odds ratio exists; leave the column out, join its levels, or report the counts`
}

/** Refuses an outcome that is not 0 and 1, naming the first value that is neither. */
export const checkBinary = (file: string, column: string, outcome: Float64Array): void => {
  const wrong = outcome.find((value) => value !== 0 && value !== 1)
  if (wrong !== undefined) throw new BadInput(`${file}, column ${column}: a binary outcome is 0 or 1, ${wrong} is neither`)
}

export const ratioCells = (ratio: Ratio | null) => (ratio ? [ratio.estimate, ratio.interval.lower, ratio.interval.upper] : [])

export type ClusteredFrame = Omit<MixedFrame, 'levels'> & {
  readonly file: string
  readonly clusters: readonly string[]
  readonly cluster: string
}

/** The rows of a formula with one random intercept, its groups named by one column or, as center:id, by several. */
export const readClusteredFrame = async (data: string, formula: string, reference: string | undefined): Promise<ClusteredFrame> => {
  const { levels, ...frame } = await readMixedFrame({ data, formula, reference })
  const [level, ...more] = levels
  if (!level || more.length > 0 || level.slopes.length > 0)
    throw new BadInput('formula: one random intercept is fitted to a binary outcome, as in (1 | school)')
  const clusters = level.groups[0]!.map((_, row) => level.groups.map((names) => names[row]).join('\n'))
  return { ...frame, file: basename(data), clusters, cluster: level.name }
}
