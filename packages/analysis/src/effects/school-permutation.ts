import { seededRandom } from '@tongxing/instruments'
import { leastSquares as sumsLeastSquares } from '../models/cluster-grams.ts'
import type { SchoolSums } from '../models/school-sums.ts'
import { type NotEstimable, notEstimable } from '../result.ts'
import { leastSquares } from './least-squares.ts'

export type AllocatedPupil = {
  readonly school: string
  readonly inProgramme: boolean
  readonly covariates: readonly number[]
  readonly post: number
}
export type SchoolPermutation = {
  readonly kind: 'estimated'
  readonly method: 'school-permutation-exact' | 'school-permutation-drawn'
  /** the size of the difference between arms in the residuals of the covariates, in points */
  readonly statistic: number
  readonly p: number
  /** how many allocations of schools were looked at */
  readonly allocations: number
  readonly schools: readonly [number, number]
}
/** Pupils, and the sum of their residuals. */
type School = { readonly n: number; readonly sum: number; readonly inProgramme: boolean }

const mostExact = 20_000
const draws = 9_999

const residualsOf = (pupils: readonly AllocatedPupil[]): readonly number[] | null => {
  const rows = pupils.map(({ covariates, post }) => [...covariates, post])
  const fit = leastSquares(rows)
  if (!fit) return null
  return rows.map(
    (row) => row.at(-1)! - fit.means.at(-1)! - fit.slopes.reduce((sum, slope, k) => sum + slope * (row[k]! - fit.means[k]!), 0),
  )
}

const combinations = (n: number, k: number): number => {
  let count = 1
  for (let i = 1; i <= Math.min(k, n - k); i += 1) count = (count * (n - i + 1)) / i
  return Math.round(count)
}

/** Every choice of `k` schools, one at a time. */
function* choices(n: number, k: number): Generator<readonly number[]> {
  const chosen = Array.from({ length: k }, (_, place) => place)
  for (;;) {
    yield chosen
    let place = k - 1
    while (place >= 0 && chosen[place] === n - k + place) place -= 1
    if (place < 0) return
    chosen[place]! += 1
    for (let next = place + 1; next < k; next += 1) chosen[next] = chosen[next - 1]! + 1
  }
}

function* drawn(n: number, k: number, random: () => number): Generator<readonly number[]> {
  const order = Array.from({ length: n }, (_, place) => place)
  for (let draw = 0; draw < draws; draw += 1) {
    for (let place = 0; place < k; place += 1) {
      const other = place + Math.floor(random() * (n - place))
      const moved = order[place]!
      order[place] = order[other]!
      order[other] = moved
    }
    yield order.slice(0, k)
  }
}

/** Of schools by their residuals; not-estimable when an arm has none. */
const dealtAnew = (schools: readonly School[], seed: number): SchoolPermutation | NotEstimable => {
  const chosen = schools.flatMap(({ inProgramme }, place) => (inProgramme ? [place] : []))
  const [all, k] = [schools.length, chosen.length]
  if (k === 0 || k === all) return notEstimable('too-few-schools')
  const total = schools.reduce((sum, school) => sum + school.sum, 0)
  const pupils = schools.reduce((sum, school) => sum + school.n, 0)
  const gap = (places: readonly number[]): number => {
    let [n, sum] = [0, 0]
    for (const place of places) {
      n += schools[place]!.n
      sum += schools[place]!.sum
    }
    return Math.abs(sum / n - (total - sum) / (pupils - n))
  }
  const statistic = gap(chosen)
  const exact = combinations(all, k) <= mostExact
  let [allocations, asLarge] = exact ? [0, 0] : [1, 1] // the allocation that was made is one of those drawn
  for (const places of exact ? choices(all, k) : drawn(all, k, seededRandom(seed))) {
    allocations += 1
    if (gap(places) >= statistic * (1 - 1e-12)) asLarge += 1
  }
  return {
    kind: 'estimated',
    method: exact ? 'school-permutation-exact' : 'school-permutation-drawn',
    statistic,
    p: asLarge / allocations,
    allocations,
    schools: [k, all - k],
  }
}

/**
 * How often a difference this large comes about when the arms are dealt out to the schools anew: a p-value that few schools cannot spoil.
 * Every allocation up to 20,000 of them, otherwise 9,999 drawn by a fixed seed. Not for pupils allocated within schools, nor for pairs or strata of schools.
 * @param pupils with every value present; covariates are taken out of the outcome first, arms apart; @param seed of the draws
 * @returns two-sided p; not-estimable when an arm has no school, covariates are collinear or a school has pupils in both arms
 * Source: Gail et al. 1996, doi:10.1002/(SICI)1097-0258(19960615)15:11<1069::AID-SIM220>3.0.CO;2-Q. Example: schoolPermutation(pupils).p
 */
export const schoolPermutation = (pupils: readonly AllocatedPupil[], seed = 1): SchoolPermutation | NotEstimable => {
  const residuals = residualsOf(pupils)
  if (!residuals) return notEstimable('collinear')
  const bySchool = new Map<string, School>()
  for (const [place, { school, inProgramme }] of pupils.entries()) {
    const known = bySchool.get(school) ?? { n: 0, sum: 0, inProgramme }
    if (known.inProgramme !== inProgramme) return notEstimable('collinear')
    bySchool.set(school, { n: known.n + 1, sum: known.sum + residuals[place]!, inProgramme })
  }
  return dealtAnew([...bySchool.values()], seed)
}

/**
 * The same from per-cluster sums, for a column that has one value in each cluster and two in all: the others are taken out of the outcome first.
 * @param sums per cluster, covariates in order, then the outcome; @param place of the column among the covariates, 0 the first
 * @returns null where the column is no arm of whole clusters. Example: sumsPermutation(sums, 0)
 */
export const sumsPermutation = (sums: readonly SchoolSums[], place: number, seed = 1): SchoolPermutation | NotEstimable | null => {
  const values = [...new Set(sums.map(({ means }) => means[place]!))].sort((a, b) => a - b)
  if (values.length !== 2 || sums.some(({ centred }) => centred[place]![place]! > 0)) return null
  const without = <T>(row: readonly T[]) => row.filter((_, k) => k !== place)
  const fit = sumsLeastSquares(sums.map((one) => ({ ...one, means: without(one.means), centred: without(one.centred).map(without) })))
  if (fit.kind === 'not-estimable') return fit
  const others = without(sums[0]!.means).length - 1
  const slopes = Array.from({ length: others + 1 }, (_, k) =>
    fit.estimate(Array.from({ length: others + 1 }, (_other, l) => Number(k === l))),
  )
  const residual = (own: readonly number[]) => own.at(-1)! - slopes.reduce((sum, slope, k) => sum + slope * (k === 0 ? 1 : own[k - 1]!), 0)
  const schools = sums.map(({ n, means }) => ({ n, sum: n * residual(without(means)), inProgramme: means[place] === values[1] }))
  return dealtAnew(schools, seed)
}
