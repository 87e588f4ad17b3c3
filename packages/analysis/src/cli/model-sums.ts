/** What a model is fitted to: per-cluster sums, from the rows of a CSV or from a file of sums, with the names of their columns. */
import { plannedColumns } from '../formula/design.ts'
import type { Formula } from '../formula/parse-formula.ts'
import { clusterSums } from '../models/cluster-sums.ts'
import type { SchoolSums } from '../models/school-sums.ts'
import { BadInput, needed } from './command.ts'
import { readFormula, readModelFrame } from './model-frame.ts'
import { readSums } from './sums-file.ts'

export type ModelSums = {
  readonly file: string
  readonly formula: Formula
  readonly sums: readonly SchoolSums[]
  readonly columns: readonly { readonly name: string; readonly term: string }[]
  /** rows left out because a value was missing; null where only sums were seen */
  readonly incomplete: number | null
  readonly references: Readonly<Record<string, string>>
}

const text = { type: 'string' } as const
export const modelOptions = { data: text, sums: text, formula: text, reference: text, levels: text } as const

type Asked = { readonly [K in keyof typeof modelOptions]?: string | undefined } & { readonly cluster?: string }

/** `arm=control|programme,sex=F|M` by variable, the reference first. */
export const levelsIn = (asked: string | undefined, { terms }: Formula): ReadonlyMap<string, readonly string[]> => {
  const variables = terms.flat()
  const levels = new Map<string, readonly string[]>()
  for (const pair of asked === undefined ? [] : asked.split(',')) {
    const [name, words, ...more] = pair.split('=').map((word) => word.trim())
    const own = words?.split('|').map((word) => word.trim()) ?? []
    if (!name || more.length > 0 || own.length < 2 || own.includes('') || new Set(own).size < own.length)
      throw new BadInput(`--levels takes column=reference|level|… with commas between columns, got ${pair}`)
    const named = variables.filter(({ column }) => column === name)
    if (named.length === 0) throw new BadInput(`--levels names ${name}, which is not in the formula`)
    for (const { label } of named) levels.set(label, own)
  }
  const without = variables.find(({ label, asFactor }) => asFactor && !levels.has(label))
  if (without) throw new BadInput(`--levels must name the levels of ${without.column}, for the formula has ${without.label}`)
  return levels
}

const fromRows = async (data: string, asked: Asked, formula: string): Promise<ModelSums> => {
  if (asked.levels !== undefined)
    throw new BadInput('--levels goes with --sums or --sql; --data has its levels in it, and --reference names the first')
  const frame = await readModelFrame({
    data,
    formula,
    reference: asked.reference,
    ...(asked.cluster === undefined ? {} : { cluster: asked.cluster }),
  })
  const sums = clusterSums(frame.clusters, [...frame.columns.map(({ values }) => values), frame.outcome])
  const columns = frame.columns.map(({ name, term }) => ({ name, term }))
  return { file: data, formula: frame.formula, sums, columns, incomplete: frame.incomplete, references: frame.references }
}

/** Reads --data or --sums, whichever is given. Throws BadInput. */
export const readModelSums = async (command: string, asked: Asked): Promise<ModelSums> => {
  const formulaText = needed(command, 'formula', asked.formula)
  if (asked.sums === undefined) return fromRows(needed(command, 'data', asked.data), asked, formulaText)
  if (asked.data !== undefined) throw new BadInput(`${command} takes --data or --sums, not both`)
  if (asked.reference !== undefined) throw new BadInput('--reference goes with --data; with --sums the reference is the first of --levels')
  const formula = readFormula(formulaText)
  const levels = levelsIn(asked.levels, formula)
  const columns = plannedColumns(formula, levels).map(({ name, term }) => ({ name, term }))
  const references = Object.fromEntries([...levels].map(([label, own]) => [label, own[0]!]))
  return { file: asked.sums, formula, sums: await readSums(asked.sums, columns.length + 1), columns, incomplete: null, references }
}
