/**
 * Which combinations of cells match a combination, a missing cell matching any: in two ways that agree, one for few sets of known columns,
 * which looks combinations up, and one for many, which compares them two by two and holds nothing in memory.
 */
/** Codes as of codedCells, and the columns that are not missing as the bits of a number. */
export type Pattern = { readonly codes: readonly number[]; readonly known: number; records: number; weight: number }
type Group = { readonly members: number[]; records: number; weight: number }
type Matches = (pattern: Pattern) => readonly Group[]

const keyOn = (codes: readonly number[], columns: number): string => {
  let key = ''
  for (let column = 0; column < codes.length; column += 1) if ((columns >> column) & 1) key += `${codes[column]},`
  return key
}

/** For each set of known columns, its combinations gathered by what they are on the columns that another set knows too. */
export const gatheredBy = (patterns: readonly Pattern[]): Matches => {
  const sets = Map.groupBy(patterns.keys(), (place) => patterns[place]!.known)
  const gathered = new Map<number, readonly { readonly common: number; readonly groups: ReadonlyMap<string, Group> }[]>()
  const gather = (places: readonly number[], common: number) => {
    const groups = new Map<string, Group>()
    for (const place of places) {
      const pattern = patterns[place]!
      const key = keyOn(pattern.codes, common)
      const group = groups.get(key) ?? { members: [], records: 0, weight: 0 }
      group.members.push(place)
      group.records += pattern.records
      group.weight += pattern.weight
      groups.set(key, group)
    }
    return groups
  }
  const facing = (known: number) => {
    const views = [...sets].map(([set, places]) => ({ common: set & known, groups: gather(places, set & known) }))
    gathered.set(known, views)
    return views
  }
  return ({ codes, known }) =>
    (gathered.get(known) ?? facing(known)).flatMap(({ common, groups }) => groups.get(keyOn(codes, common)) ?? [])
}

/** The same by comparing every combination with this one. */
export const comparedWith = (patterns: readonly Pattern[]): Matches => {
  const columns = patterns[0]?.codes.length ?? 0
  const flat = Int32Array.from(patterns.flatMap(({ codes, known }) => codes.map((code, column) => ((known >> column) & 1 ? code : -1))))
  return ({ codes, known }) => {
    const own = Int32Array.from(codes.map((code, column) => ((known >> column) & 1 ? code : -1)))
    const group: Group = { members: [], records: 0, weight: 0 }
    for (const [place, { records, weight }] of patterns.entries()) {
      const start = place * columns
      let column = 0
      while (column < columns && (own[column] === -1 || flat[start + column] === -1 || own[column] === flat[start + column])) column += 1
      if (column < columns) continue
      group.members.push(place)
      group.records += records
      group.weight += weight
    }
    return [group]
  }
}

/** Looking up holds every combination once for each set of known columns: beyond some millions the comparison is lighter. */
export const matchesAmong = (patterns: readonly Pattern[]): Matches => {
  const sets = new Set(patterns.map(({ known }) => known)).size
  return sets * patterns.length > 4_000_000 ? comparedWith(patterns) : gatheredBy(patterns)
}
