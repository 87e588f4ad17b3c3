import { zeros } from '../linear-algebra.ts'
import { packedLength } from './packed.ts'
import type { SchoolSums } from './school-sums.ts'

/** The names of the clusters, and for every row the place of its cluster among them, as R's factors are kept. */
type CodedClusters = { readonly names: readonly string[]; readonly codes: Int32Array }

/**
 * Complete columns to per-cluster sums: size, means and cross products about the means, in one pass about the first row of each cluster, so that a large
 * offset costs no digits. What every model here needs of the rows; schoolSums does the same for rows as records. Columns are the covariates in order,
 * then the outcome. The sums of a very small cluster disclose its members: mind the minimum cell size before sharing them.
 * Throws when a column and the clusters differ in length. Example: clusterSums(['A', 'A'], [Float64Array.of(1, 3)])[0].means is [2].
 */
export const clusterSums = (clusters: readonly string[] | CodedClusters, columns: readonly Float64Array[]): readonly SchoolSums[] => {
  const { names, codes } = 'codes' in clusters ? clusters : coded(clusters)
  if (columns.some(({ length }) => length !== codes.length)) throw new Error(`clusterSums requires ${codes.length} values in every column`)
  const reduced = reduce(codes, columns, names.length)
  return names.map((school, place) => sumsAt(reduced, school, place))
}

/** Each name once, and for every row the place of its name. */
const coded = (clusters: readonly string[]): CodedClusters => {
  const places = new Map<string, number>()
  const codes = new Int32Array(clusters.length)
  let [last, code]: [string | null, number] = [null, -1] // rows of one cluster mostly follow each other
  for (let row = 0; row < clusters.length; row += 1) {
    const cluster = clusters[row]!
    if (cluster !== last) {
      code = places.get(cluster) ?? places.size
      if (code === places.size) places.set(cluster, code)
      last = cluster
    }
    codes[row] = code
  }
  return { names: [...places.keys()], codes }
}

/** By cluster: the size, then `width` values of its first row, their sums about it, and the packed products about it. */
type Reduced = {
  readonly width: number
  readonly sizes: Float64Array
  readonly first: Float64Array
  readonly sums: Float64Array
  readonly products: Float64Array
}

/** Rows of one cluster that follow each other are added up together, so many at most. */
const run = 256

/** The one pass over the rows. It allocates nothing for a row. */
const reduce = (codes: Int32Array, columns: readonly Float64Array[], clusters: number): Reduced => {
  const width = columns.length
  const reduced = {
    width,
    sizes: new Float64Array(clusters),
    first: new Float64Array(clusters * width),
    sums: new Float64Array(clusters * width),
    products: new Float64Array(clusters * packedLength(width)),
  }
  const shifted = new Float64Array(width * run)
  for (let from = 0; from < codes.length; ) {
    const most = Math.min(codes.length, from + run)
    let to = from + 1
    while (to < most && codes[to] === codes[from]) to += 1
    addRun(reduced, codes[from]!, columns, from, to - from, shifted)
    from = to
  }
  return reduced
}

const addRun = (
  { width, sizes, first, sums, products }: Reduced,
  code: number,
  columns: readonly Float64Array[],
  from: number,
  count: number,
  shifted: Float64Array,
) => {
  const start = code * width
  if (sizes[code] === 0) for (let i = 0; i < width; i += 1) first[start + i] = columns[i]![from]!
  sizes[code]! += count
  let place = code * packedLength(width)
  for (let i = 0; i < width; i += 1) {
    const [values, offset, own] = [columns[i]!, first[start + i]!, i * run]
    let sum = 0
    for (let k = 0; k < count; k += 1) {
      const value = values[from + k]! - offset
      shifted[own + k] = value
      sum += value
    }
    sums[start + i]! += sum
    for (let j = 0; j <= i; j += 1) {
      let product = 0
      for (let k = 0; k < count; k += 1) product += shifted[own + k]! * shifted[j * run + k]!
      products[place]! += product
      place += 1
    }
  }
}

const sumsAt = ({ width, sizes, first, sums, products }: Reduced, school: string, place: number): SchoolSums => {
  const n = sizes[place]!
  const start = place * width
  const means = new Array<number>(width)
  const centred = zeros(width)
  let product = place * packedLength(width)
  for (let i = 0; i < width; i += 1) {
    means[i] = first[start + i]! + sums[start + i]! / n
    for (let j = 0; j <= i; j += 1) {
      const value = products[product]! - (sums[start + i]! * sums[start + j]!) / n
      centred[i]![j] = value
      centred[j]![i] = value
      product += 1
    }
  }
  return { school, n, means, centred }
}
