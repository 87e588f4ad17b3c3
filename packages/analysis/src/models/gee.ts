import { cholesky, dot, type Factor, quadratic, type Vector } from '../linear-algebra.ts'
import { type Estimate, notEstimable, type Warning } from '../result.ts'
import { type BinaryRefusal, type LargeSample, largeSample, logistic, type Ratio, ratioOf } from './binary-fit.ts'
import { adjusted } from './cluster-robust.ts'
import { binaryData, logisticMaximum, unitContrasts } from './logistic-regression.ts'
import { sandwich, type WaldTest } from './sandwich.ts'
import { crossed, linearPredictor, type ScaledColumns, scaledColumns, weightedGram } from './scaled-columns.ts'
import {
  type Clusters,
  clusterEquations,
  clustersOf,
  type Equations,
  isCorrelation,
  type WorkingCorrelation,
  workingOf,
} from './working-correlation.ts'

export const geeFamilies = ['binomial', 'gaussian'] as const
export type GeeFamily = (typeof geeFamilies)[number]

/** The sandwich of Liang and Zeger with the normal distribution, and its two corrections for few clusters with Satterthwaite's df; null where a cluster alone decides a coefficient. */
export type GeeCoefficient = LargeSample & {
  readonly name: string
  readonly oddsRatio: Ratio | null
  readonly kauermannCarroll: (Omit<Estimate, 'estimate'> & { readonly oddsRatio: Ratio | null }) | null
  readonly manclDeRouen: (Omit<Estimate, 'estimate'> & { readonly oddsRatio: Ratio | null }) | null
  /** were the working correlation true */
  readonly modelStandardError: number
}
export type Gee = {
  readonly kind: 'estimated'
  readonly method: 'generalised-estimating-equations'
  readonly family: GeeFamily
  readonly correlation: WorkingCorrelation
  readonly n: number
  readonly clusters: number
  readonly largestCluster: number
  /** of two members of one cluster, for ar1 of one row and the next; 0 when taken for independent */
  readonly alpha: number
  readonly scale: number
  readonly coefficients: readonly GeeCoefficient[]
  readonly iterations: number
  readonly warnings: readonly Warning[]
  /** Hotelling's T² test by Kauermann and Carroll's covariance that the coefficients at these places, 0 the intercept, are all zero */
  readonly wald: (places: readonly number[]) => WaldTest | null
}

/** Fitted values and the square roots of their variances. */
const fittedBy = (family: GeeFamily, eta: Float64Array) => {
  const mean = family === 'binomial' ? eta.map(logistic) : eta
  const root = family === 'binomial' ? mean.map((p) => Math.sqrt(p * (1 - p))) : new Float64Array(eta.length).fill(1)
  return { mean, root }
}

const overClusters = (values: Float64Array, width: number): number[] => {
  const sum = new Array<number>(width).fill(0)
  for (let place = 0; place < values.length; place += 1) sum[place % width]! += values[place]!
  return sum
}
const informationOf = ({ grams }: Equations, p: number) => {
  const flat = overClusters(grams, p * p)
  return Array.from({ length: p }, (_, i) => flat.slice(i * p, (i + 1) * p))
}

const mostIterations = 200

/** The solution of the estimating equations on the scaled columns: a step for the coefficients, then the moments, until both stand still. */
const solve = (
  x: ScaledColumns,
  y: Float64Array,
  start: Vector,
  clusters: Clusters,
  family: GeeFamily,
  correlation: WorkingCorrelation,
) => {
  const largest = clusters.sizes.reduce((most, size) => Math.max(most, size), 1)
  let [beta, last] = [start, Number.NaN]
  for (let iteration = 1; iteration <= mostIterations; iteration += 1) {
    const { mean, root } = fittedBy(family, linearPredictor(x, beta))
    const pearson = y.map((value, row) => (value - mean[row]!) / root[row]!)
    const working = workingOf(pearson, clusters, correlation)
    if (!isCorrelation(correlation, working.alpha, largest)) return null
    const equations = clusterEquations(x, { root, pearson }, clusters, correlation, working.alpha)
    const factor = cholesky(informationOf(equations, x.columns.length))
    if (!factor) return null
    const step = factor.solve(overClusters(equations.scores, x.columns.length))
    if (step.every((value, k) => Math.abs(value) <= 1e-11 * (1 + Math.abs(beta[k]!))) && Math.abs(working.alpha - last) <= 1e-11)
      return { beta, working, equations, factor, iterations: iteration, largest }
    beta = beta.map((value, k) => value + step[k]!)
    last = working.alpha
  }
  return null
}

/** Clusters in the coordinates in which the information of all is the identity. */
const turned = ({ grams, scores }: Equations, factor: Factor, count: number, p: number) => {
  const [turnedGrams, turnedScores] = [new Float64Array(grams.length), new Float64Array(scores.length)]
  for (let cluster = 0; cluster < count; cluster += 1) {
    const own = Array.from({ length: p }, (_, i) =>
      factor.forward(Array.from(grams.subarray((cluster * p + i) * p, (cluster * p + i + 1) * p))),
    )
    for (let j = 0; j < p; j += 1) {
      const column = factor.forward(own.map((row) => row[j]!))
      for (let i = 0; i < p; i += 1) turnedGrams[(cluster * p + i) * p + j] = column[i]!
    }
    turnedScores.set(factor.forward(Array.from(scores.subarray(cluster * p, (cluster + 1) * p))), cluster * p)
  }
  return { count, p, grams: turnedGrams, scores: turnedScores }
}

const startOf = (x: ScaledColumns, y: Float64Array, names: readonly string[], family: GeeFamily) => {
  if (family === 'binomial') return logisticMaximum(x, y, names)
  const factor = cholesky(weightedGram(x, new Float64Array(x.n).fill(1)))
  return factor && { kind: 'estimated' as const, beta: factor.solve(crossed(x, y)) }
}

const dataOf = (y: Float64Array, columns: readonly Float64Array[], family: GeeFamily) => {
  if (family === 'binomial') return binaryData(y, columns, 'gee')
  if (y.length <= columns.length + 1) return notEstimable('too-few-values')
  if (y.every((value) => value === y[0])) return notEstimable('no-variation')
  return scaledColumns(y.length, columns) ?? notEstimable('collinear')
}

/**
 * Generalised estimating equations: the effect on the whole population of pupils, whatever the correlation within schools, by the logit link (or, for numbers,
 * the identity) with a working correlation. Standard errors by Liang and Zeger's sandwich, too small below about 50 clusters: report Kauermann and Carroll's
 * then, or the wider ones of Mancl and DeRouen, both with Satterthwaite's degrees of freedom.
 * Not when what is missing depends on earlier outcomes, which needs a mixed model or imputation; not the same parameter as logisticMixedModel, whose odds ratios are within a school.
 * @param y 0 or 1 (binomial) or numbers (gaussian); @param columns covariates in the order of `names`; @param clusters the cluster of each row
 * @returns log odds ratios, the intercept first; separated where no finite estimate exists; not-converged where the working correlation is none
 * Source: Liang & Zeger 1986, doi:10.1093/biomet/73.1.13; Kauermann & Carroll 2001, doi:10.1198/016214501753382309; Mancl & DeRouen 2001, doi:10.1111/j.0006-341X.2001.00126.x.
 * Example: gee(y, [arm], ['arm'], schools, { correlation: 'exchangeable' }).coefficients[1].kauermannCarroll.p
 */
export const gee = (
  y: Float64Array,
  columns: readonly Float64Array[],
  names: readonly string[],
  clusterNames: readonly string[],
  {
    correlation = 'exchangeable',
    family = 'binomial',
    level = 0.95,
  }: { readonly correlation?: WorkingCorrelation; readonly family?: GeeFamily; readonly level?: number } = {},
): Gee | BinaryRefusal => {
  if (clusterNames.length !== y.length) throw new Error(`gee requires ${y.length} clusters, one a row`)
  const x = dataOf(y, columns, family)
  if ('kind' in x) return x
  const clusters = clustersOf(clusterNames)
  const count = clusters.sizes.length
  if (count < 2) return notEstimable('too-few-schools')
  const start = startOf(x, y, names, family)
  if (!start) return notEstimable('collinear')
  if (start.kind !== 'estimated') return start
  const found = solve(x, y, start.beta, clusters, family, correlation)
  if (!found) return { kind: 'not-converged', iterations: mostIterations }
  const { beta, working, factor } = found
  const all = ['(Intercept)', ...names]
  const contrasts = unitContrasts(all.length, x)
  const grams = turned(found.equations, factor, count, all.length)
  const coordinates = { contrast: (own: Vector) => factor.forward(x.contrast(own)), estimate: (own: Vector) => dot(x.contrast(own), beta) }
  const by = (type: 'CR0' | 'CR2' | 'CR3') => {
    const shares = adjusted(grams, type)
    const fit = shares && sandwich(type, all, coordinates, shares, y.length, level)
    return fit?.kind === 'estimated' ? fit : null
  }
  const [kauermannCarroll, manclDeRouen] = [by('CR2'), by('CR3')]
  const meat = Array.from({ length: all.length }, (_, i) =>
    Array.from({ length: all.length }, (_other, j) => {
      let sum = 0
      for (let from = 0; from < grams.scores.length; from += all.length) sum += grams.scores[from + i]! * grams.scores[from + j]!
      return sum
    }),
  )
  const ratio = (one: Parameters<typeof ratioOf>[0]) => (family === 'binomial' ? ratioOf(one) : null)
  const corrected = (fit: ReturnType<typeof by>, k: number) => {
    if (!fit) return null
    const { estimate: _, name: __, ...tested } = fit.coefficients[k]!
    return { ...tested, oddsRatio: ratio(fit.coefficients[k]!) }
  }
  const inverse = factor.inverse()
  return {
    kind: 'estimated',
    method: 'generalised-estimating-equations',
    ...{ family, correlation, n: y.length, clusters: count, largestCluster: found.largest },
    ...{ alpha: working.alpha, scale: working.scale },
    coefficients: all.map((name, k): GeeCoefficient => {
      const tested = largeSample(dot(contrasts[k]!, beta), Math.sqrt(quadratic(meat, factor.forward(contrasts[k]!))), level)
      return {
        name,
        ...tested,
        oddsRatio: ratio(tested),
        kauermannCarroll: corrected(kauermannCarroll, k),
        manclDeRouen: corrected(manclDeRouen, k),
        modelStandardError: Math.sqrt(working.scale * quadratic(inverse, contrasts[k]!)),
      }
    }),
    iterations: found.iterations,
    warnings: count < 20 ? ['few-schools'] : [],
    wald: kauermannCarroll?.wald ?? (() => null),
  }
}
