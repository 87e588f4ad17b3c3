import type { SchoolSums } from './school-sums.ts'

/**
 * Complete columns to per-cluster sums: size, means and cross products about the means, in two passes so that a large offset costs no digits.
 * What every model here needs of the rows; schoolSums does the same for rows as records. Columns are the covariates in order, then the outcome.
 * The sums of a very small cluster disclose its members: mind the minimum cell size before sharing them.
 * Throws when a column and the clusters differ in length. Example: clusterSums(['A', 'A'], [Float64Array.of(1, 3)])[0].means is [2].
 */
export const clusterSums = (clusters: readonly string[], columns: readonly Float64Array[]): readonly SchoolSums[] => {
  if (columns.some(({ length }) => length !== clusters.length))
    throw new Error(`clusterSums requires ${clusters.length} values in every column`)
  const { places, codes } = coded(clusters)
  const [count, width] = [places.size, columns.length]
  const sizes = new Float64Array(count)
  for (const code of codes) sizes[code] = sizes[code]! + 1
  const means = columns.map((values) => meansOf(values, codes, sizes))
  const products = new Float64Array(count * width * width)
  for (let i = 0; i < width; i += 1) for (let j = 0; j <= i; j += 1) addProducts(products, i, j, width, codes, columns, means)
  return [...places].map(([school, place]) => ({
    school,
    n: sizes[place]!,
    means: means.map((column) => column[place]!),
    centred: Array.from({ length: width }, (_, i) =>
      Array.from({ length: width }, (_, j) => products[place * width * width + Math.max(i, j) * width + Math.min(i, j)]!),
    ),
  }))
}

/** Each name once, and for every row the place of its name. */
const coded = (clusters: readonly string[]) => {
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
  return { places, codes }
}

/** Means about the first value of each cluster. */
const meansOf = (values: Float64Array, codes: Int32Array, sizes: Float64Array): Float64Array => {
  const first = new Float64Array(sizes.length)
  for (let row = values.length - 1; row >= 0; row -= 1) first[codes[row]!] = values[row]!
  const sums = new Float64Array(sizes.length)
  for (let row = 0; row < values.length; row += 1) sums[codes[row]!]! += values[row]! - first[codes[row]!]!
  return first.map((offset, place) => offset + sums[place]! / sizes[place]!)
}

const addProducts = (
  products: Float64Array,
  i: number,
  j: number,
  width: number,
  codes: Int32Array,
  columns: readonly Float64Array[],
  means: readonly Float64Array[],
) => {
  const [x, y, xMeans, yMeans] = [columns[i]!, columns[j]!, means[i]!, means[j]!]
  const place = i * width + j
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row]!
    products[code * width * width + place]! += (x[row]! - xMeans[code]!) * (y[row]! - yMeans[code]!)
  }
}
