// What a mixed model of groups within groups needs of the rows: the cross products of each finest group (a class, a pupil), and who lies within whom.

/** One level of groups, the finest first: the places of the groups within group k of the level below are first[k] to first[k + 1]. */
type Level = { readonly groups: number; readonly first: Int32Array | null }

export type NestedSums = {
  readonly n: number
  /** columns in all: the intercept, covariates, columns of random effects alone, and the outcome last */
  readonly width: number
  /** the intercept and the covariates */
  readonly fixed: number
  /** columns are (value − shift) / scale */
  readonly shift: readonly number[]
  readonly scale: readonly number[]
  readonly levels: readonly Level[]
  /** per finest group, in the order of the tree, width × width cross products */
  readonly grams: Float64Array
}

export type NestedRows = {
  /** group codes per row, 0 to count − 1, the finest level first */
  readonly groups: readonly { readonly codes: Int32Array; readonly count: number }[]
  readonly covariates: readonly Float64Array[]
  /** columns that only a random effect has; taken as they are, neither shifted nor scaled */
  readonly extras: readonly Float64Array[]
  readonly outcome: Float64Array
}

/** For every group of `fine` the group of `coarse` it lies in; null when one lies in two. */
export const parentsOf = (fine: NestedRows['groups'][number], coarse: NestedRows['groups'][number]): Int32Array | null => {
  const parents = new Int32Array(fine.count).fill(-1)
  for (let row = 0; row < fine.codes.length; row += 1) {
    const [own, above] = [fine.codes[row]!, coarse.codes[row]!]
    if (parents[own] === -1) parents[own] = above
    else if (parents[own] !== above) return null
  }
  return parents
}

/** Mean about the first value, and standard deviation about the mean (1 where a column is constant). */
const centreOf = (values: Float64Array) => {
  const offset = values[0] ?? 0
  let sum = 0
  for (const value of values) sum += value - offset
  const mean = offset + sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  const deviation = Math.sqrt(squares / values.length)
  return { shift: mean, scale: deviation > 1e-12 * Math.abs(mean) ? deviation : 1 }
}

/** New places for groups so that those of one parent follow each other, and where each parent's begin. */
const sortedBy = (parents: Int32Array, places: Int32Array, above: number) => {
  const first = new Int32Array(above + 1)
  for (const parent of parents) first[places[parent]! + 1]! += 1
  for (let k = 0; k < above; k += 1) first[k + 1]! += first[k]!
  const next = first.slice()
  const own = new Int32Array(parents.length)
  for (let group = 0; group < parents.length; group += 1) {
    const parent = places[parents[group]!]!
    own[group] = next[parent]!
    next[parent]! += 1
  }
  return { own, first }
}

const treeOf = (groups: NestedRows['groups']) => {
  const top = groups.at(-1)!
  let places = Int32Array.from({ length: top.count }, (_, k) => k)
  const levels: Level[] = []
  for (let level = groups.length - 1; level > 0; level -= 1) {
    const parents = parentsOf(groups[level - 1]!, groups[level]!)
    if (!parents) throw new Error('nestedSums requires every group to lie within one group of the next level')
    const { own, first } = sortedBy(parents, places, groups[level]!.count)
    levels.unshift({ groups: groups[level]!.count, first })
    places = own
  }
  return { places, levels: [{ groups: groups[0]!.count, first: null }, ...levels] }
}

/**
 * Complete rows to the cross products of each finest group. Columns are centred at their means and divided by their standard deviations first,
 * so that neither a large offset nor an odd unit costs digits. Throws when groups are not nested.
 */
export const nestedSums = ({ groups, covariates, extras, outcome }: NestedRows): NestedSums => {
  const n = outcome.length
  const centres = [...covariates.map(centreOf), ...extras.map(() => ({ shift: 0, scale: 1 })), centreOf(outcome)]
  const columns = [...covariates, ...extras, outcome]
  const width = columns.length + 1
  const { places, levels } = treeOf(groups)
  const grams = new Float64Array(levels[0]!.groups * width * width)
  const values = new Float64Array(width).fill(1)
  const { codes } = groups[0]!
  for (let row = 0; row < n; row += 1) {
    for (let k = 1; k < width; k += 1) values[k] = (columns[k - 1]![row]! - centres[k - 1]!.shift) / centres[k - 1]!.scale
    const start = places[codes[row]!]! * width * width
    for (let i = 0; i < width; i += 1) for (let j = 0; j <= i; j += 1) grams[start + i * width + j]! += values[i]! * values[j]!
  }
  for (let start = 0; start < grams.length; start += width * width)
    for (let i = 0; i < width; i += 1) for (let j = 0; j < i; j += 1) grams[start + j * width + i] = grams[start + i * width + j]!
  const shift = [0, ...centres.map((centre) => centre.shift)]
  return { n, width, fixed: covariates.length + 1, shift, scale: [1, ...centres.map(({ scale }) => scale)], levels, grams }
}
