import { chiSquared } from '../distributions/chi-squared.ts'
import { findRoot } from '../distributions/find-root.ts'
import { normal } from '../distributions/normal.ts'
import { studentTQuantile } from '../distributions/student-t.ts'
import { normalInterval } from '../effects/normal-interval.ts'
import { studentEstimate } from '../effects/student-estimate.ts'
import { type Estimate, type Interval, type NotEstimable, notEstimable } from '../result.ts'

export type Study = { readonly estimate: number; readonly variance: number }
type Pooled = {
  readonly estimate: number
  readonly standardError: number
  readonly statistic: number
  readonly p: number
  readonly interval: Interval
}
type Random = Pooled & {
  readonly betweenVariance: number
  /** in percent: the share of variation between studies, by this betweenVariance and their typical variance */
  readonly iSquared: number
  /** where the true effect of a new study lies, on the normal distribution */
  readonly predictionInterval: Interval
  /** Hartung-Knapp-Sidik-Jonkman: Student's t with k − 1 df, and its prediction interval on the same t */
  readonly knappHartung: Estimate & { readonly predictionInterval: Interval }
}
export type MetaAnalysis = {
  readonly kind: 'estimated'
  readonly method: 'inverse-variance'
  readonly studies: number
  readonly heterogeneity: { readonly statistic: number; readonly df: number; readonly p: number; readonly iSquared: number }
  readonly fixed: Pooled
  readonly derSimonianLaird: Random
  readonly reml: Random
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** Weighted mean, total weight and weighted squares about the mean at one between-study variance. */
const weighted = (studies: readonly Study[], betweenVariance: number) => {
  const weights = studies.map(({ variance }) => 1 / (variance + betweenVariance))
  const total = sum(weights)
  const offset = studies[0]!.estimate
  const mean = offset + sum(studies.map(({ estimate }, k) => weights[k]! * (estimate - offset))) / total
  const deviations = studies.map(({ estimate }) => estimate - mean)
  return { weights, total, mean, deviations, squares: sum(deviations.map((deviation, k) => weights[k]! * deviation ** 2)) }
}

/** Twice the derivative of the restricted log-likelihood by the between-study variance. */
const restrictedScore = (studies: readonly Study[], betweenVariance: number): number => {
  const { weights, total, deviations } = weighted(studies, betweenVariance)
  const squares = sum(weights.map((weight) => weight ** 2))
  return sum(weights.map((weight, k) => (weight * deviations[k]!) ** 2)) - total + squares / total
}

const restrictedDeviance = (studies: readonly Study[], betweenVariance: number): number => {
  const { weights, total, squares } = weighted(studies, betweenVariance)
  return squares + Math.log(total) - sum(weights.map(Math.log))
}

/** Zero, or the root of the score with the least deviance: the likelihood may have two valleys. */
const remlVariance = (studies: readonly Study[]): number => {
  const score = (value: number) => restrictedScore(studies, value)
  const spread = Math.max(...studies.map(({ estimate }) => estimate)) - Math.min(...studies.map(({ estimate }) => estimate))
  const largest = spread ** 2 + Math.max(...studies.map(({ variance }) => variance))
  const grid = [0, ...Array.from({ length: 80 }, (_, step) => largest * 10 ** (-10 + step / 7.9))]
  const valleys = grid.flatMap((from, place) => {
    const to = grid[place + 1]
    return to !== undefined && score(from) > 0 && score(to) <= 0 ? [findRoot(score, from, to)] : []
  })
  return [0, ...valleys].reduce((best, value) => (restrictedDeviance(studies, value) < restrictedDeviance(studies, best) ? value : best))
}

const pooledAt = (studies: readonly Study[], betweenVariance: number, level: number): Pooled => {
  const { mean, total } = weighted(studies, betweenVariance)
  const standardError = 1 / Math.sqrt(total)
  const statistic = mean / standardError
  const interval = normalInterval(mean, standardError, level)
  return { estimate: mean, standardError, statistic, p: 2 * normal(Math.abs(statistic)).upper, interval }
}

const randomAt = (studies: readonly Study[], betweenVariance: number, typical: number, level: number): Random => {
  const pooled = pooledAt(studies, betweenVariance, level)
  const { squares, total } = weighted(studies, betweenVariance)
  const df = studies.length - 1
  const knappHartung = studentEstimate(pooled.estimate, Math.sqrt(squares / df / total), df, level)
  const margin =
    studentTQuantile((1 - level) / 2, df, 'upper') * Math.sqrt(betweenVariance + knappHartung.standardError * knappHartung.standardError)
  return {
    ...pooled,
    betweenVariance,
    iSquared: (100 * betweenVariance) / (betweenVariance + typical),
    predictionInterval: normalInterval(pooled.estimate, Math.sqrt(betweenVariance + pooled.standardError ** 2), level),
    knappHartung: { ...knappHartung, predictionInterval: { lower: pooled.estimate - margin, upper: pooled.estimate + margin, level } },
  }
}

/**
 * Effects of several counties or trials as one: fixed effect, DerSimonian-Laird, REML, each random one also by Hartung-Knapp-Sidik-Jonkman, with prediction intervals.
 * Not for pupils or schools of one trial: fit the model. Fixed effect only where one true effect is believed. With few studies report Hartung-Knapp.
 * @param studies estimate and its sampling variance (> 0) in one metric, at least two; @param level of the intervals
 * @returns effects in that metric; not-estimable with fewer than two studies. Throws when a variance is not above 0.
 * Source: DerSimonian & Laird 1986, doi:10.1016/0197-2456(86)90046-2; Viechtbauer 2005, doi:10.3102/10769986030003261; IntHout et al. 2014, doi:10.1186/1471-2288-14-25;
 * Higgins et al. 2009, doi:10.1111/j.1467-985X.2008.00552.x. Example: metaAnalysis([{ estimate: 0.1, variance: 0.01 }, { estimate: 0.5, variance: 0.02 }]).fixed.estimate is 0.2333…
 */
export const metaAnalysis = (studies: readonly Study[], level = 0.95): MetaAnalysis | NotEstimable => {
  const wrong = studies.find(({ variance }) => !(variance > 0))
  if (wrong) throw new Error(`metaAnalysis requires variances above 0, got ${wrong.variance}`)
  const df = studies.length - 1
  if (df < 1) return notEstimable('too-few-values')
  const { weights, total, squares } = weighted(studies, 0)
  const scale = total - sum(weights.map((weight) => weight ** 2)) / total
  const typical = (df * total) / (total ** 2 - sum(weights.map((weight) => weight ** 2)))
  const random = (betweenVariance: number) => randomAt(studies, betweenVariance, typical, level)
  return {
    kind: 'estimated',
    method: 'inverse-variance',
    studies: studies.length,
    heterogeneity: {
      statistic: squares,
      df,
      p: chiSquared(squares, df).upper,
      iSquared: squares > 0 ? Math.max(0, (100 * (squares - df)) / squares) : 0,
    },
    fixed: pooledAt(studies, 0, level),
    derSimonianLaird: random(Math.max(0, (squares - df) / scale)),
    reml: random(remlVariance(studies)),
  }
}
