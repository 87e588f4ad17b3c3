import { chiSquaredQuantile } from '../distributions/chi-squared.ts'
import { findRoot } from '../distributions/find-root.ts'
import { dot, quadratic } from '../linear-algebra.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { refusal } from './estimable.ts'
import { leastDeviance, type Point, type Pooled, pool, profileAt, unshift } from './profile.ts'
import type { SchoolSums } from './school-sums.ts'

export type ProfileIntervals = {
  readonly kind: 'estimated'
  readonly method: 'profile-likelihood-ml'
  /** '(Intercept)' first, then by covariate in order */
  readonly coefficients: readonly (Interval & { readonly name: string })[]
  readonly clusterStandardDeviation: Interval
  readonly residualStandardDeviation: Interval
  readonly icc: Interval
}

/** The deviance at λ when σ² is not the one that suits it best but `variance`. */
const devianceAt = (point: Point, n: number, variance: number): number => {
  const share = (variance * n) / point.residualSum
  return point.deviance + n * (Math.log(share) - 1 + 1 / share)
}

const logs = Array.from({ length: 113 }, (_, step) => -21 + 0.375 * step)

/** The least value of a smooth function of log λ: the best of a grid, then a search of the golden section about it. */
const least = (f: (log: number) => number): number => {
  const values = logs.map(f)
  const best = values.indexOf(Math.min(...values))
  let [from, to] = [logs[Math.max(0, best - 1)]!, logs[Math.min(logs.length - 1, best + 1)]!]
  const golden = (Math.sqrt(5) - 1) / 2
  for (let step = 0; step < 45; step += 1) {
    const [left, right] = [to - golden * (to - from), from + golden * (to - from)]
    if (f(left) < f(right)) to = right
    else from = left
  }
  return Math.min(values[best]!, f((from + to) / 2))
}

/** Where a deviance that is `ceiling` too low at `from` reaches it, going out by doubled or halved steps; null when it never does. */
const crossing = (
  deviance: (x: number) => number,
  from: number,
  step: (x: number, k: number) => number,
  ceiling: number,
): number | null => {
  let inside = from
  for (let k = 0; k < 60; k += 1) {
    const outside = step(from, k)
    if (deviance(outside) >= ceiling) return findRoot((x) => deviance(x) - ceiling, inside, outside)
    inside = outside
  }
  return null
}

const up = (x: number, k: number) => x * 1.3 ** (k + 1)
const down = (x: number, k: number) => x / 1.3 ** (k + 1)

/** y − bx in place of y, and x left out. */
const offset = (sums: readonly SchoolSums[], place: number, b: number): readonly SchoolSums[] => {
  const kept = (_: unknown, k: number) => k !== place
  return sums.map(({ school, n, means, centred }) => {
    const last = means.length - 1
    const less = (row: readonly number[]) => row.map((value, k) => (k === last ? value - b * row[place]! : value))
    const columns = centred.map(less)
    const outcome = columns[last]!.map((value, k) => value - b * columns[place]![k]!)
    return {
      school,
      n,
      means: less(means).filter(kept),
      centred: [...columns.slice(0, -1), outcome].filter(kept).map((row) => row.filter(kept)),
    }
  })
}

/** The intercept held at b costs n·log(1 + (estimate − b)²/(variance·rss)) at each λ. */
const interceptEnds = (pooled: Pooled, best: Point, ceiling: number): Omit<Interval, 'level'> => {
  const { n, shift } = pooled
  const contrast = unshift(
    shift,
    shift.map((_, k) => Number(k === 0)),
  )
  const at = (lambda: number) => {
    const point = profileAt(pooled, lambda, 'ML')!
    return {
      deviance: point.deviance,
      estimate: dot(contrast, point.beta) + shift.at(-1)!,
      scale: quadratic(point.inverse(), contrast) * point.residualSum,
    }
  }
  const heldAt = ({ deviance, estimate, scale }: ReturnType<typeof at>, b: number) => deviance + n * Math.log1p((estimate - b) ** 2 / scale)
  const zero = at(0)
  const byIntercept = (b: number) =>
    Math.min(
      heldAt(zero, b),
      least((log) => heldAt(at(Math.exp(log)), b)),
    )
  const { estimate, scale } = at(best.lambda)
  const out = (sign: number) => crossing(byIntercept, estimate, (x, step) => x + sign * Math.sqrt(scale / n) * 1.5 ** (step + 1), ceiling)!
  return { lower: out(-1), upper: out(1) }
}

const deviations = (pooled: Pooled, best: Point, ceiling: number, level: number) => {
  const { n } = pooled
  const at = (log: number) => profileAt(pooled, Math.exp(log), 'ML')!
  const zero = profileAt(pooled, 0, 'ML')!
  const residual = best.residualSum / n
  const byResidual = (variance: number) =>
    Math.min(
      devianceAt(zero, n, variance),
      least((log) => devianceAt(at(log), n, variance)),
    )
  const byCluster = (variance: number) => least((log) => devianceAt(at(log), n, variance / Math.exp(log)))
  const byRatio = (lambda: number) => profileAt(pooled, lambda, 'ML')!.deviance
  const start = Math.max(best.lambda, 1e-6)
  const lower = (deviance: (x: number) => number, from: number) =>
    zero.deviance <= ceiling ? 0 : (crossing(deviance, from, down, ceiling) ?? 0)
  const upper = (deviance: (x: number) => number, from: number) => crossing(deviance, from, up, ceiling) ?? Number.POSITIVE_INFINITY
  const root = (one: number, other: number): Interval => ({ lower: Math.sqrt(one), upper: Math.sqrt(other), level })
  const [lowest, highest] = [lower(byRatio, start), upper(byRatio, start)]
  return {
    clusterStandardDeviation: root(lower(byCluster, start * residual), upper(byCluster, start * residual)),
    residualStandardDeviation: root(crossing(byResidual, residual, down, ceiling) ?? 0, upper(byResidual, residual)),
    icc: { lower: lowest / (1 + lowest), upper: Number.isFinite(highest) ? highest / (1 + highest) : 1, level },
  }
}

/**
 * Intervals from the likelihood itself, by ML: the values at which twice the log-likelihood falls by the chi-squared quantile. For variances and the
 * intraclass correlation, whose estimates are skewed; a lower end of zero is said as zero. With few clusters too short, as everything by ML is.
 * Source: Venzon & Moolgavkar 1988, doi:10.2307/2347496; Bates et al. 2015, doi:10.18637/jss.v067.i01. Example: profileIntervals(sums, ['arm']).icc.upper
 */
export const profileIntervals = (sums: readonly SchoolSums[], names: readonly string[], level = 0.95): ProfileIntervals | NotEstimable => {
  if (sums.length < 2) return notEstimable('too-few-schools')
  const pooled = pool(sums)
  const refused = refusal(pooled)
  const best = refused ? null : leastDeviance(pooled, 'ML')
  if (refused || !best) return refused ?? notEstimable('collinear')
  const ceiling = best.deviance + chiSquaredQuantile(1 - level, 1, 'upper')
  const inverse = best.inverse()
  const coefficients = names.map((name, k) => {
    const [estimate, error] = [best.beta[k + 1]!, Math.sqrt((inverse[k + 1]![k + 1]! * best.residualSum) / pooled.n)]
    const deviance = (b: number) => leastDeviance(pool(offset(sums, k, b)), 'ML')!.deviance
    const out = (sign: number) => crossing(deviance, estimate, (x, step) => x + sign * error * 1.5 ** (step + 1), ceiling)!
    return { name, lower: out(-1), upper: out(1), level }
  })
  const intercept = { name: '(Intercept)', ...interceptEnds(pooled, best, ceiling), level }
  return {
    kind: 'estimated',
    method: 'profile-likelihood-ml',
    coefficients: [intercept, ...coefficients],
    ...deviations(pooled, best, ceiling, level),
  }
}
