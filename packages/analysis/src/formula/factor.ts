import type { VariableData } from './design.ts'

type Factor = Extract<VariableData, { kind: 'factor' }>

/** Levels in order: numbers by size, other words by their characters, the reference before all. */
const levelsOf = (values: readonly string[], reference: string | null): readonly string[] => {
  const found = [...new Set(values)]
  const sorted = found.every((level) => Number.isFinite(Number(level))) ? found.sort((a, b) => Number(a) - Number(b)) : found.sort()
  return reference === null ? sorted : [reference, ...sorted.filter((level) => level !== reference)]
}

/** A complete column of words as a factor. The reference, when named, must be one of its levels. Example: factorOf(['b', 'a'], 'b').levels is ['b', 'a']. */
export const factorOf = (values: readonly string[], reference: string | null): Factor => {
  const levels = levelsOf(values, reference)
  const codes = new Map(levels.map((level, code) => [level, code]))
  return { kind: 'factor', levels, codes: Int32Array.from(values, (value) => codes.get(value)!) }
}
