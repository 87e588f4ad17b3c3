// Values with their first and second derivatives, in one array: the value, then first derivatives, then second ones by row of the lower triangle.
import type { Matrix } from '../linear-algebra.ts'

/** The random effects of one level: its columns Z among those of the sums, and Ψ = Σ φ·basis, the bases symmetric. */
export type RandomTerm = { readonly columns: readonly number[]; readonly bases: readonly Matrix[] }

export const secondPlace = (count: number, i: number, j: number): number => {
  const [large, small] = i > j ? [i, j] : [j, i]
  return 1 + count + (large * (large + 1)) / 2 + small
}
export const jetCount = (count: number): number => 1 + count + (count * (count + 1)) / 2

/** Jets of width × width matrices and of logarithms, by `count` parameters. */
export type Store = { readonly count: number; readonly matrices: Float64Array; readonly logs: Float64Array }
export const storeOf = (count: number, width: number): Store => ({
  count,
  matrices: new Float64Array(jetCount(count) * width * width),
  logs: new Float64Array(jetCount(count)),
})

/** Solves AX = B for a small square A that needs no symmetry; also log|A|, which is positive here. */
const solved = (a: Matrix, b: Matrix): { readonly solution: Matrix; readonly logDeterminant: number } => {
  const size = a.length
  if (size === 1) return { solution: [b[0]!.map((value) => value / a[0]![0]!)], logDeterminant: Math.log(a[0]![0]!) }
  const rows = a.map((row, i) => [...row, ...b[i]!])
  let logDeterminant = 0
  for (let k = 0; k < size; k += 1) {
    let pivot = k
    for (let i = k + 1; i < size; i += 1) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i
    const [here, there] = [rows[k]!, rows[pivot]!]
    rows[k] = there
    rows[pivot] = here
    logDeterminant += Math.log(Math.abs(there[k]!))
    for (let i = 0; i < size; i += 1) {
      if (i === k) continue
      const share = rows[i]![k]! / there[k]!
      for (let j = k; j < there.length; j += 1) rows[i]![j]! -= share * there[j]!
    }
  }
  return { solution: rows.map((row, i) => row.slice(size).map((value) => value / row[i]!)), logDeterminant }
}

/** K = (I + ΨD)⁻¹Ψ and I − DK = (I + DΨ)⁻¹, for Z′Z = D and random effects of covariance Ψ; log|I + ΨD|. */
export const shrunk = (d: Matrix, covariance: Matrix): { readonly k: Matrix; readonly kept: Matrix; readonly logDeterminant: number } => {
  const size = d.length
  const grown = covariance.map((row, i) => d.map((_, j) => row.reduce((sum, value, s) => sum + value * d[s]![j]!, 0) + Number(i === j)))
  const unit = grown.map((_, i) => grown.map((_row, j) => Number(i === j)))
  const { solution, logDeterminant } = solved(
    grown,
    covariance.map((row, i) => [...row, ...unit[i]!]),
  )
  const inverse = solution.map((row) => row.slice(size)) // (I + ΨD)⁻¹, whose transpose is (I + DΨ)⁻¹
  return { k: solution.map((row) => row.slice(0, size)), kept: inverse.map((_, i) => inverse.map((row) => row[i]!)), logDeterminant }
}
