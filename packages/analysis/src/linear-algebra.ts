// Small dense matrices: a model here has a handful of columns, whatever the number of pupils.

export type Matrix = readonly (readonly number[])[]
export type Vector = readonly number[]

export const zeros = (rows: number, columns = rows): number[][] => {
  const matrix: number[][] = []
  for (let i = 0; i < rows; i += 1) matrix.push(new Array<number>(columns).fill(0))
  return matrix
}

export const dot = (a: Vector, b: Vector): number => {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!
  return sum
}

export const times = (a: Matrix, v: Vector): Vector => a.map((row) => dot(row, v))
export const multiply = (a: Matrix, b: Matrix): Matrix => {
  const product = zeros(a.length, b[0]!.length)
  for (let i = 0; i < a.length; i += 1)
    for (let k = 0; k < b.length; k += 1) {
      const [weight, from, to] = [a[i]![k]!, b[k]!, product[i]!]
      for (let j = 0; j < from.length; j += 1) to[j] = to[j]! + weight * from[j]!
    }
  return product
}
const transpose = (a: Matrix): Matrix => a[0]!.map((_, column) => a.map((row) => row[column]!))
export const combine = (...parts: readonly (readonly [number, Matrix])[]): Matrix => {
  const sum = zeros(parts[0]![1].length, parts[0]![1][0]?.length ?? 0)
  for (const [weight, matrix] of parts)
    for (let i = 0; i < sum.length; i += 1) {
      const [from, to] = [matrix[i]!, sum[i]!]
      for (let j = 0; j < to.length; j += 1) to[j] = to[j]! + weight * from[j]!
    }
  return sum
}
/** v'Av */
export const quadratic = (a: Matrix, v: Vector): number => dot(v, times(a, v))
/** tr(AB) */
export const traceOfProduct = (a: Matrix, b: Matrix): number => {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) for (let k = 0; k < b.length; k += 1) sum += a[i]![k]! * b[k]![i]!
  return sum
}

export type Factor = {
  readonly solve: (v: Vector) => Vector
  /** L⁻¹v, where LL′ is the matrix */
  readonly forward: (v: Vector) => Vector
  /** L⁻¹ */
  readonly lowerInverse: () => Matrix
  readonly inverse: () => Matrix
  readonly logDeterminant: number
}

/** The Cholesky factor of a symmetric matrix, or null when a column is, to ten digits, a combination of those before it. */
export const cholesky = (a: Matrix): Factor | null => {
  const size = a.length
  const l = zeros(size)
  for (let i = 0; i < size; i += 1) {
    const row = l[i]!
    for (let j = 0; j <= i; j += 1) {
      const other = l[j]!
      let rest = a[i]![j]!
      for (let k = 0; k < j; k += 1) rest -= row[k]! * other[k]!
      if (i > j) row[j] = rest / other[j]!
      else if (rest > 1e-10 * a[i]![i]!) row[i] = Math.sqrt(rest)
      else return null
    }
  }
  const forward = (v: Vector): number[] => {
    const x = [...v]
    for (let i = 0; i < size; i += 1) {
      for (let k = 0; k < i; k += 1) x[i] = x[i]! - l[i]![k]! * x[k]!
      x[i] = x[i]! / l[i]![i]!
    }
    return x
  }
  const solve = (v: Vector): Vector => {
    const x = forward(v)
    for (let i = size - 1; i >= 0; i -= 1) {
      for (let k = i + 1; k < size; k += 1) x[i] = x[i]! - l[k]![i]! * x[k]!
      x[i] = x[i]! / l[i]![i]!
    }
    return x
  }
  const unit = (place: number) => Array.from({ length: size }, (_, i) => Number(i === place))
  return {
    solve,
    forward,
    lowerInverse: () => transpose(Array.from({ length: size }, (_, place) => forward(unit(place)))),
    inverse: () => transpose(Array.from({ length: size }, (_, place) => solve(unit(place)))),
    logDeterminant: l.reduce((sum, row, i) => sum + 2 * Math.log(row[i]!), 0),
  }
}
