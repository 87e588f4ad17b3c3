import { type NotEstimable, notEstimable } from '../result.ts'
import type { EquivalenceClasses } from './equivalence-classes.ts'
import { type Risk, riskOf } from './reidentification-risk.ts'

/** The sum (p/f) ₂F₁(1, 1; f + 1; q): every term is positive. */
const series = (f: number, p: number): number => {
  let [term, sum] = [1, 1]
  for (let n = 1; term > 1e-17 * sum; n += 1) {
    term *= ((1 - p) * n) / (f + n)
    sum += term
  }
  return (p / f) * sum
}

/** r₁ = (p/q) log(1/p), r₍f+1₎ = (p/q)(1/f − r₍f₎): each step shrinks the error of the one before while p <= 1/2. */
const recurrence = (f: number, p: number): number => {
  const odds = p / (1 - p)
  let risk = -odds * Math.log(p)
  for (let size = 1; size < f; size += 1) risk = odds * (1 / size - risk)
  return risk
}

/**
 * The mean of 1/F for a class of f records in the sample and an estimated F in the population, F negative binomial with success p = f/F:
 * (p^f / f) ₂F₁(f, f; f + 1; 1 − p). To about 1e-13. Requires f >= 1 and F >= f.
 * Source: Franconi & Polettini 2004, doi:10.1007/978-3-540-25955-8_20. Example: classRisk(1, 17) is 0.17707…
 */
export const classRisk = (f: number, population: number): number => {
  const p = f / population
  return f >= 50 || p > 0.5 ? series(f, p) : recurrence(f, p)
}

/** The common shortcut for classes of three and more, p / (f − (1 − p)); smaller classes are exact. */
const approximateClassRisk = (f: number, population: number): number => {
  const p = f / population
  return f < 3 ? classRisk(f, population) : p / (f - (1 - p))
}

export type IndividualRisk = Risk & {
  readonly kind: 'estimated'
  readonly method: 'benedetti-franconi'
  /** The number of records expected to be recognised. */
  readonly expected: number
  readonly risks: readonly number[]
  /** The same with the shortcut p / (f − (1 − p)) for classes of three and more, which some programs use. */
  readonly approximate: { readonly average: number; readonly expected: number; readonly risks: readonly number[] }
  readonly warnings: readonly 'population-smaller-than-sample'[]
  readonly n: number
}

const total = (risks: readonly number[]): number => risks.reduce((sum, risk) => sum + risk, 0)

/**
 * The risk of each record when the sample's weights say how many people it stands for: the mean of 1/F given f, after Benedetti and Franconi.
 * Not without weights (it is then 1/f), and not for weights that were calibrated far from the design: the classes of the population are then not those of F.
 * Where the weights of a class sum to less than its records, F is taken as f and a warning says so.
 * @returns risks from 0 to 1, one a record, with their average, maximum and shares; not-estimable without records
 * Source: Benedetti & Franconi 1998; Franconi & Polettini 2004, doi:10.1007/978-3-540-25955-8_20. Example: two alike of weights 18 and 92 have 0.01714… each
 */
export const individualRisk = ({ sizes, populations }: EquivalenceClasses): IndividualRisk | NotEstimable => {
  if (sizes.length === 0) return notEstimable('too-few-values')
  const population = sizes.map((size, record) => Math.max(size, populations[record]!))
  const risks = sizes.map((size, record) => classRisk(size, population[record]!))
  const approximate = sizes.map((size, record) => approximateClassRisk(size, population[record]!))
  const short = sizes.some((size, record) => populations[record]! < size * (1 - 1e-12))
  return {
    kind: 'estimated',
    method: 'benedetti-franconi',
    ...riskOf(risks),
    expected: total(risks),
    risks,
    approximate: { average: total(approximate) / sizes.length, expected: total(approximate), risks: approximate },
    warnings: short ? ['population-smaller-than-sample'] : [],
    n: sizes.length,
  }
}
