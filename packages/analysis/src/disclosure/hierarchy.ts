import type { Cell } from './equivalence-classes.ts'

/** A value's way up: itself, then ever wider groups; as long for every value of a column. */
export type Hierarchy = ReadonlyMap<string, readonly string[]>

/**
 * A hierarchy from its rows (value, group, wider group, …), checked: rows of one length, no value twice, and two values that share a group share all wider ones.
 * Throws with the row that breaks it, the first being row 1. Example: hierarchyOf([['9', '8-9', '*'], ['8', '8-9', '*']])
 */
export const hierarchyOf = (rows: readonly (readonly string[])[]): Hierarchy => {
  const hierarchy = new Map<string, readonly string[]>()
  const wider = new Map<string, { readonly next: string; readonly row: number }>()
  rows.forEach((path, index) => {
    const row = index + 1
    if (path.length !== rows[0]!.length) throw new Error(`row ${row} has ${path.length} levels, row 1 has ${rows[0]!.length}`)
    if (hierarchy.has(path[0]!)) throw new Error(`row ${row} names ${path[0]} again`)
    hierarchy.set(path[0]!, path)
    path.slice(0, -1).forEach((group, level) => {
      const key = `${level} ${group}`
      const next = path[level + 1]!
      const before = wider.get(key) ?? { next, row }
      if (before.next !== next)
        throw new Error(`row ${row}, level ${level + 1}: ${group} belongs to ${next}, but to ${before.next} in row ${before.row}`)
      wider.set(key, before)
    })
  })
  return hierarchy
}

/** How often a column can be generalised. */
export const heightOf = (hierarchy: Hierarchy | null): number => ([...(hierarchy?.values() ?? [])][0]?.length ?? 1) - 1

/** A cell so many steps up; a missing cell stays missing. Throws where the hierarchy lacks the value. */
export const generalised = (cell: Cell, hierarchy: Hierarchy | null, level: number): Cell => {
  if (cell === null || level === 0) return cell
  const group = hierarchy?.get(cell)?.[level]
  if (group === undefined) throw new Error(`the hierarchy lacks ${cell} at level ${level}`)
  return group
}

/** What is lost at each level: of all values of the hierarchy, the share of others that a group hides, 0 for a value itself and 1 for everything. */
export const lossOf = (hierarchy: Hierarchy | null): ((cell: Cell, level: number) => number) => {
  if (!hierarchy || hierarchy.size < 2) return () => 0
  const counts = Array.from({ length: heightOf(hierarchy) + 1 }, (_, level) => {
    const members = new Map<string, number>()
    for (const path of hierarchy.values()) members.set(path[level]!, (members.get(path[level]!) ?? 0) + 1)
    return members
  })
  return (cell, level) => (cell === null ? 0 : (counts[level]!.get(generalised(cell, hierarchy, level)!)! - 1) / (hierarchy.size - 1))
}
