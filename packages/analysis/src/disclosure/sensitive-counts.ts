import type { Cell, EquivalenceClasses } from './equivalence-classes.ts'

export type Counts = ReadonlyMap<string, number>

/**
 * How often each sensitive value occurs in all, and in the class of each combination of quasi-identifiers.
 * A missing sensitive value reveals nothing and is not counted. Throws where the values are not one a record.
 */
export const sensitiveCounts = (
  { patterns, patternOf, matching }: EquivalenceClasses,
  sensitive: readonly Cell[],
): { readonly all: Counts; readonly classes: readonly Counts[] } => {
  if (sensitive.length !== patternOf.length) throw new Error(`sensitiveCounts requires ${patternOf.length} values, got ${sensitive.length}`)
  const all = new Map<string, number>()
  const own = Array.from({ length: patterns }, () => new Map<string, number>())
  sensitive.forEach((value, record) => {
    if (value === null) return
    for (const counts of [all, own[patternOf[record]!]!]) counts.set(value, (counts.get(value) ?? 0) + 1)
  })
  const classes = own.map((counts, pattern) => {
    const members = matching(pattern)
    if (members.length === 1) return counts
    const merged = new Map<string, number>()
    for (const member of members) for (const [value, count] of own[member]!) merged.set(value, (merged.get(value) ?? 0) + count)
    return merged
  })
  return { all, classes }
}

export const totalOf = (counts: Counts): number => [...counts.values()].reduce((sum, count) => sum + count, 0)
