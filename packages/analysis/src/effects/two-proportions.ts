import { normal } from '../distributions/normal.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { normalInterval } from './normal-interval.ts'

type Measure = { readonly estimate: number; readonly standardError: number; readonly interval: Interval; readonly p: number }
export type TwoProportions = {
  readonly kind: 'estimated'
  readonly method: 'two-proportions'
  readonly proportions: readonly [number, number]
  /** first − second, in proportions; Wald's standard error */
  readonly riskDifference: Measure
  /** null where a count of zero leaves no finite value; the standard error is of the logarithm */
  readonly riskRatio: Measure | null
  readonly oddsRatio: Measure | null
  /** log odds ratio / 1.65, comparable with Hedges' g; `corrected` for small samples by 1 − 3/(4N − 9) */
  readonly coxIndex: (Omit<Measure, 'p'> & { readonly corrected: number }) | null
  readonly n: readonly [number, number]
}
export type Count = { readonly events: number; readonly n: number }

const measure = (estimate: number, standardError: number, level: number): Measure => ({
  estimate,
  standardError,
  interval: normalInterval(estimate, standardError, level),
  p: standardError === 0 ? 1 : 2 * normal(Math.abs(estimate) / standardError).upper,
})
const exponential = ({ estimate, standardError, interval, p }: Measure): Measure => ({
  estimate: Math.exp(estimate),
  standardError,
  interval: { lower: Math.exp(interval.lower), upper: Math.exp(interval.upper), level: interval.level },
  p,
})

/**
 * A binary outcome in two independent arms (first against second): risk difference, risk ratio, odds ratio, and Cox's index for comparison with g.
 * Not for pupils of several schools as the main result. Not for changes of the same pupils. The intervals are large-sample ones: rough below five events an arm.
 * @param first @param second events among n, whole counts; @param level of the intervals
 * @returns not-estimable without pupils. Throws when events are more than pupils.
 * Source: Woolf 1955, doi:10.1111/j.1469-1809.1955.tb01348.x; Katz et al. 1978, doi:10.2307/2530610; Cox 1970, in Sánchez-Meca et al. 2003, doi:10.1037/1082-989X.8.4.448.
 * Example: twoProportions({ events: 30, n: 60 }, { events: 20, n: 60 }).riskDifference.estimate is 0.1666…
 */
export const twoProportions = (first: Count, second: Count, level = 0.95): TwoProportions | NotEstimable => {
  for (const { events, n } of [first, second])
    if (!(events >= 0 && events <= n)) throw new Error(`twoProportions requires events from 0 to ${n}, got ${events}`)
  if (first.n === 0 || second.n === 0) return notEstimable('too-few-values')
  const [p1, p0] = [first.events / first.n, second.events / second.n]
  const [rest1, rest0] = [first.n - first.events, second.n - second.events]
  const ratio =
    first.events > 0 && second.events > 0
      ? measure(Math.log(p1 / p0), Math.sqrt(rest1 / (first.events * first.n) + rest0 / (second.events * second.n)), level)
      : null
  const odds =
    ratio && rest1 > 0 && rest0 > 0
      ? measure(
          Math.log((first.events * rest0) / (rest1 * second.events)),
          Math.sqrt(1 / first.events + 1 / rest1 + 1 / second.events + 1 / rest0),
          level,
        )
      : null
  const cox = odds && measure(odds.estimate / 1.65, odds.standardError / 1.65, level)
  return {
    kind: 'estimated',
    method: 'two-proportions',
    proportions: [p1, p0],
    riskDifference: measure(p1 - p0, Math.sqrt((p1 * (1 - p1)) / first.n + (p0 * (1 - p0)) / second.n), level),
    riskRatio: ratio && exponential(ratio),
    oddsRatio: odds && exponential(odds),
    coxIndex: cox && {
      estimate: cox.estimate,
      standardError: cox.standardError,
      interval: cox.interval,
      corrected: cox.estimate * (1 - 3 / (4 * (first.n + second.n) - 9)),
    },
    n: [first.n, second.n],
  }
}
