import { type Vector, zeros } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { symmetricEigen } from '../symmetric-eigen.ts'
import { type ClusterGram, leastSquares } from './cluster-grams.ts'
import { type ClusterRobust, type SandwichType, type Share, sandwich } from './sandwich.ts'
import type { SchoolSums } from './school-sums.ts'

/** Below this, 1 − l counts as zero and the generalised inverse leaves its direction out. */
const nothing = 1e-10

const powerOf = (rest: number, type: SandwichType): number => (type === 'CR2' ? 1 / Math.sqrt(rest) : type === 'CR3' ? 1 / rest : 1)

const addSquare = (target: number[][], v: Vector, weight: number) => {
  for (let i = 0; i < v.length; i += 1) for (let j = 0; j < v.length; j += 1) target[i]![j]! += weight * v[i]! * v[j]!
}

/**
 * A cluster with the power of I − H_jj on the span of its columns, from the eigenvalues of G alone: null where CR3 would divide by zero.
 * A direction that the cluster alone determines leaves no residual: it is taken out of every type, or its rounding errors drown the df.
 */
const adjusted = ({ gram, score }: ClusterGram, type: SandwichType): Share | null => {
  const { values, vectors } = symmetricEigen(gram)
  const [leverage, spread] = [zeros(gram.length), zeros(gram.length)]
  const turned = new Array<number>(gram.length).fill(0)
  for (let k = 0; k < vectors.length; k += 1) {
    const [value, vector] = [values[k]!, vectors[k]!]
    const rest = 1 - value
    if (rest < nothing && type === 'CR3') return null
    if (rest < nothing) continue
    const weight = powerOf(rest, type)
    addSquare(leverage, vector, weight * value)
    addSquare(spread, vector, weight * weight * value)
    let along = 0
    for (let i = 0; i < vector.length; i += 1) along += vector[i]! * score[i]!
    for (let i = 0; i < vector.length; i += 1) turned[i]! += weight * along * vector[i]!
  }
  return { leverage, spread, score: turned }
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
  const clusters: Share[] = []
  for (const cluster of fit.clusters) {
    const share = adjusted(cluster, type)
    if (!share) return notEstimable('collinear')
    clusters.push(share)
  }
  return sandwich(type, ['(Intercept)', ...names], fit, clusters, fit.n, level)
}
