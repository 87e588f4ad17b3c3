import { type NotEstimable, notEstimable } from '../result.ts'
import { diagonalise } from '../symmetric-eigen.ts'
import { type ClusterGrams, leastSquares } from './cluster-grams.ts'
import { type ClusterRobust, emptyShares, type SandwichType, type Shares, sandwich } from './sandwich.ts'
import type { SchoolSums } from './school-sums.ts'

/** Below this, 1 − l counts as zero and the generalised inverse leaves its direction out. */
const nothing = 1e-10

const powerOf = (rest: number, type: SandwichType): number => (type === 'CR2' ? 1 / Math.sqrt(rest) : type === 'CR3' ? 1 / rest : 1)

/**
 * The clusters with the power of I − H_jj on the span of their columns, from the eigenvalues of G alone: null where CR3 would divide by zero.
 * A direction that the cluster alone determines leaves no residual: it is taken out of every type, or its rounding errors drown the df.
 */
export const adjusted = ({ count, p, grams, scores }: ClusterGrams, type: SandwichType): Shares | null => {
  const shares = emptyShares(count, p)
  const [gram, vectors] = [new Float64Array(p * p), new Float64Array(p * p)]
  for (let cluster = 0; cluster < count; cluster += 1) {
    for (let k = 0; k < gram.length; k += 1) gram[k] = grams[cluster * gram.length + k]!
    diagonalise(gram, vectors, p)
    for (let k = 0; k < p; k += 1) {
      const value = gram[k * p + k]!
      const rest = 1 - value
      if (rest < nothing && type === 'CR3') return null
      if (rest >= nothing) addDirection(shares, cluster, vectors, k, value, powerOf(rest, type), scores)
    }
  }
  return shares
}

/** One eigenvector of a cluster, with its eigenvalue and the power of what it leaves. */
const addDirection = (
  { size, leverage, spread, scores: turned }: Shares,
  cluster: number,
  vectors: Float64Array,
  k: number,
  value: number,
  weight: number,
  scores: Float64Array,
) => {
  const [own, from] = [k * size, cluster * size]
  let along = 0
  for (let i = 0; i < size; i += 1) along += vectors[own + i]! * scores[from + i]!
  for (let i = 0; i < size; i += 1) {
    const entry = vectors[own + i]!
    turned[from + i]! += weight * along * entry
    for (let j = 0; j < size; j += 1) {
      const product = weight * value * entry * vectors[own + j]!
      leverage[(from + i) * size + j]! += product
      spread[(from + i) * size + j]! += weight * product
    }
  }
}

/**
 * Least squares with cluster-robust standard errors, from per-cluster sums alone, with Satterthwaite's df for each coefficient. CR2, unbiased when rows
 * are in truth independent, is the one to report; CR0 is too small with few clusters, CR3 (the jackknife) too large.
 * Not for a single cluster. Where a cluster alone determines a coefficient (its own fixed effect), CR2 takes the generalised inverse and CR3 has no answer.
 * @param sums per cluster, covariates in the order of `names`, then the outcome; @param names of the covariates; @param level of the intervals
 * Not-estimable when clusters or rows do not suffice or columns are collinear (for CR3, once a cluster is left out). Throws when names and columns disagree.
 * Source: Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004. Example: clusterRobust(sums, ['arm'], 'CR2').coefficients[1].df
 */
export const clusterRobust = (
  sums: readonly SchoolSums[],
  names: readonly string[],
  type: SandwichType = 'CR2',
  level = 0.95,
): ClusterRobust | NotEstimable => {
  if (sums.some(({ means }) => means.length !== names.length + 1))
    throw new Error(`clusterRobust requires ${names.length} covariates and the outcome in every cluster's sums`)
  if (sums.length < 2) return notEstimable('too-few-schools')
  const fit = leastSquares(sums)
  if (fit.kind === 'not-estimable') return fit
  const shares = adjusted(fit.clusters, type)
  if (!shares) return notEstimable('collinear')
  return sandwich(type, ['(Intercept)', ...names], fit, shares, fit.n, level)
}
