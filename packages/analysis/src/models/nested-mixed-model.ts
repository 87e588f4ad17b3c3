import type { Matrix } from '../linear-algebra.ts'
import { type NotEstimable, notEstimable, type Warning } from '../result.ts'
import { unstructured } from './covariance-factor.ts'
import { type NestedEstimate, nestedContrasts } from './nested-contrasts.ts'
import { type FittedTerm, nestedFit } from './nested-fit.ts'
import { type LevelRefusal, type NestedLevel, nestedRefusal, orderedLevels } from './nested-groups.ts'
import { nestedSums } from './nested-sums.ts'
import type { Method } from './profile.ts'
import { isSingular, type RandomEffects, randomEffects, varianceShare } from './random-effects.ts'
import { type TermTest, termPlaces } from './term-tests.ts'

type Column = { readonly name: string; readonly values: Float64Array; readonly term?: string }
export type NestedData = {
  readonly outcome: Float64Array
  readonly covariates: readonly Column[]
  /** in any order, each within the others or around them; the intercept varies at every level, and these slopes with it */
  readonly levels: readonly (NestedLevel & { readonly slopes: readonly Column[] })[]
}
export type NestedMixedModel = {
  readonly kind: 'estimated'
  readonly method: Method
  readonly n: number
  readonly coefficients: readonly (NestedEstimate & { readonly name: string })[]
  readonly covariance: Matrix
  /** Kenward-Roger's F test of the columns of each term together; none under ML */
  readonly termTests: readonly TermTest[]
  /** the coarsest level first */
  readonly randomEffects: readonly RandomEffects[]
  readonly residualVariance: number
  /** by level, its share of the variance of a row; with slopes, that of the mean row */
  readonly icc: Readonly<Record<string, number>>
  readonly logLik: number
  readonly parameters: number
  readonly AIC: number
  readonly BIC: number
  readonly singular: boolean
  readonly converged: boolean
  readonly warnings: readonly Warning[]
}

const fewGroups = 20

/** The finest level first, the columns of each among those of the sums; slopes that are no covariates stand after these. */
const sumsOf = ({ outcome, covariates, levels }: NestedData) => {
  const known = new Map(covariates.map(({ name }, k) => [name, k + 1]))
  const own = levels.flatMap(({ slopes }) => slopes).filter(({ name }) => !known.has(name))
  const extras = [...new Map(own.map((slope) => [slope.name, slope])).values()]
  for (const { name } of extras) known.set(name, known.size + 1)
  const sums = nestedSums({
    groups: levels.map(({ groups }) => groups),
    covariates: covariates.map(({ values }) => values),
    extras: extras.map(({ values }) => values),
    outcome,
  })
  const terms = levels.map(({ slopes }): FittedTerm => {
    const parametrisation = unstructured(slopes.length + 1)
    const columns = [0, ...slopes.map(({ name }) => known.get(name)!)]
    return { columns, bases: parametrisation.bases, parametrisation, sizes: columns.map(() => 1) }
  })
  return { sums, terms }
}

/**
 * The linear mixed model of groups within groups, y = Xb + Σ (intercept and slopes of each level) + residual: classes in schools, waves of pupils in
 * schools, pupils with their own course over time. By REML or ML, with Satterthwaite's and Kenward-Roger's tests side by side; report Kenward-Roger's.
 * Rows with a missing outcome are simply left out: the likelihood uses what was seen of each pupil, which is right when values are missing at random.
 * Not for groups that cross (raters by pupils), binary outcomes, or residuals that depend on each other in time.
 * @param data complete rows by column; slopes with an intercept have any covariance; @param level of the intervals
 * @returns coefficients ('(Intercept)' first), covariances in the outcome's unit squared; a variance of zero or a correlation of ±1 is said (`singular`).
 * Not-estimable with its reason, and with the levels it is about, when groups cross or coincide, or when rows do not suffice.
 * Source: Laird & Ware 1982, doi:10.2307/2529876; Bates et al. 2015, doi:10.18637/jss.v067.i01.
 * Example: nestedMixedModel({ outcome, covariates, levels: [{ name: 'school', groups: groupsOf(schools), slopes: [] }] }).icc.school
 */
export const nestedMixedModel = (
  data: NestedData,
  method: Method = 'REML',
  level = 0.95,
): NestedMixedModel | NotEstimable | LevelRefusal => {
  const levels = orderedLevels(data.levels, data.outcome.length, ({ slopes }) => slopes.length + 1)
  if ('kind' in levels) return levels
  const { sums, terms } = sumsOf({ ...data, levels })
  const refused = nestedRefusal(sums)
  if (refused) return refused
  const fit = nestedFit(sums, terms, method)
  if (!fit) return notEstimable('collinear')
  const { point } = fit
  if (!(point.residualSum > 1e-12 * sums.n)) return notEstimable('no-variation-within-schools')
  const { estimateOf, covarianceOf, jointOf } = nestedContrasts(sums, terms, fit, level)
  const names = ['(Intercept)', ...data.covariates.map(({ name }) => name)]
  const units = names.map((_, place) => names.map((_name, k) => Number(k === place)))
  const residualVariance = (point.residualSum / point.free) * sums.scale.at(-1)! ** 2
  const phis = terms.map(({ bases }, k) => {
    const from = terms.slice(0, k).reduce((sum, term) => sum + term.bases.length, 0)
    return point.phi.slice(from, from + bases.length)
  })
  const shares = terms.map((term, k) => varianceShare(sums, term, phis[k]!))
  const total = shares.reduce((sum, share) => sum + share, 1)
  const parameters = names.length + point.phi.length + 1
  const singular = terms.some((term, k) => isSingular(term, phis[k]!))
  return {
    kind: 'estimated',
    method,
    n: sums.n,
    coefficients: names.map((name, place) => ({ name, ...estimateOf(units[place]!) })),
    covariance: units.map((one) => units.map((other) => covarianceOf(one, other))),
    termTests: termPlaces(data.covariates.map(({ name, term }) => term ?? name)).flatMap(({ term, places }) => {
      const tested = jointOf(places.map((place) => units[place]!))
      return tested ? [{ term, ...tested }] : []
    }),
    randomEffects: terms
      .map((term, k) =>
        randomEffects(sums, term, phis[k]!, residualVariance, levels[k]!, ['(Intercept)', ...levels[k]!.slopes.map(({ name }) => name)]),
      )
      .toReversed(),
    residualVariance,
    icc: Object.fromEntries(levels.map(({ name }, k) => [name, shares[k]! / total] as const).toReversed()),
    logLik: -point.deviance / 2,
    parameters,
    AIC: point.deviance + 2 * parameters,
    BIC: point.deviance + Math.log(sums.n) * parameters,
    singular,
    converged: fit.converged,
    warnings: [
      ...(singular ? ['singular-fit' as const] : []),
      ...(levels.at(-1)!.groups.count < fewGroups ? ['few-schools' as const] : []),
    ],
  }
}
