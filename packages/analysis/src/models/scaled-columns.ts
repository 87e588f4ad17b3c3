// Columns about their means in standard deviations, so that an iteration neither loses digits to an offset nor calls a small column collinear.
import type { Vector } from '../linear-algebra.ts'

export type ScaledColumns = {
  readonly n: number
  /** the intercept first */
  readonly columns: readonly Float64Array[]
  /** a contrast on the caller's coefficients as one on those of the scaled columns */
  readonly contrast: (own: Vector) => Vector
}

const momentsOf = (values: Float64Array) => {
  const first = values[0]!
  let [sum, squares] = [0, 0]
  for (const value of values) sum += value - first
  const mean = first + sum / values.length
  for (const value of values) squares += (value - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / values.length) }
}

/** Null when a column does not vary. */
export const scaledColumns = (n: number, columns: readonly Float64Array[]): ScaledColumns | null => {
  const moments = columns.map(momentsOf)
  if (moments.some(({ mean, deviation }) => !(deviation > 1e-12 * Math.abs(mean)))) return null
  return {
    n,
    columns: [
      new Float64Array(n).fill(1),
      ...columns.map((values, k) => values.map((value) => (value - moments[k]!.mean) / moments[k]!.deviation)),
    ],
    contrast: ([intercept = 0, ...own]) => [
      intercept,
      ...own.map((weight, k) => (weight - intercept * moments[k]!.mean) / moments[k]!.deviation),
    ],
  }
}

/** Xb */
export const linearPredictor = ({ n, columns }: ScaledColumns, beta: Vector): Float64Array => {
  const eta = new Float64Array(n)
  for (const [k, column] of columns.entries()) {
    const weight = beta[k]!
    for (let row = 0; row < n; row += 1) eta[row]! += weight * column[row]!
  }
  return eta
}

/** X′v */
export const crossed = ({ columns }: ScaledColumns, v: Float64Array): number[] =>
  columns.map((column) => {
    let sum = 0
    for (let row = 0; row < v.length; row += 1) sum += column[row]! * v[row]!
    return sum
  })

/** X′ diag(w) X */
export const weightedGram = ({ columns }: ScaledColumns, weights: Float64Array): number[][] => {
  const gram = columns.map(() => new Array<number>(columns.length).fill(0))
  for (const [i, left] of columns.entries())
    for (let j = 0; j <= i; j += 1) {
      const right = columns[j]!
      let sum = 0
      for (let row = 0; row < weights.length; row += 1) sum += weights[row]! * left[row]! * right[row]!
      gram[i]![j] = gram[j]![i] = sum
    }
  return gram
}
