import { unstructured } from './covariance-factor.ts'
import { nestedContrasts } from './nested-contrasts.ts'
import { nestedFit } from './nested-fit.ts'
import type { NestedSums } from './nested-sums.ts'
import { overallMeans } from './pooled-sums.ts'
import type { WaldTest } from './sandwich.ts'
import type { SchoolSums } from './school-sums.ts'

export type TermTest = WaldTest & { readonly term: string }
/** A term with the places of its columns among the coefficients, the intercept being 0. */
export type TermPlaces = { readonly term: string; readonly places: readonly number[] }

/** Columns in order with the names of their terms, as terms with their places. */
export const termPlaces = (terms: readonly string[]): readonly TermPlaces[] =>
  [...new Set(terms)].map((term) => ({ term, places: terms.flatMap((own, k) => (own === term ? [k + 1] : [])) }))

/** Per-cluster sums as those of one level of groups. */
const oneLevel = (sums: readonly SchoolSums[]): NestedSums => {
  const { shift, n } = overallMeans(sums)
  const width = shift.length + 1
  const squares = shift.map((mean, k) => sums.reduce((sum, one) => sum + one.centred[k]![k]! + one.n * (one.means[k]! - mean) ** 2, 0))
  const scale = [1, ...squares.map((square) => (square > 0 ? Math.sqrt(square / n) : 1))]
  const grams = new Float64Array(sums.length * width * width)
  for (const [cluster, { n: size, means, centred }] of sums.entries()) {
    const m = [1, ...means.map((mean, k) => (mean - shift[k]!) / scale[k + 1]!)]
    for (let i = 0; i < width; i += 1)
      for (let j = 0; j < width; j += 1) {
        const within = i > 0 && j > 0 ? centred[i - 1]![j - 1]! / (scale[i]! * scale[j]!) : 0
        grams[(cluster * width + i) * width + j] = size * m[i]! * m[j]! + within
      }
  }
  return { n, width, fixed: width - 1, shift: [0, ...shift], scale, levels: [{ groups: sums.length, first: null }], grams }
}

/**
 * Kenward-Roger's F tests of whole terms of a random-intercept model, by REML from per-cluster sums: for factors of three levels and more, and for
 * interactions. The sums are those of a model that can be estimated; a term whose test is not there is left out.
 * Source: Kenward & Roger 1997, doi:10.2307/2533558. Example: termTests(sums, [{ term: 'arm', places: [1, 2] }])[0].p
 */
export const termTests = (sums: readonly SchoolSums[], terms: readonly TermPlaces[], level = 0.95): readonly TermTest[] => {
  const own = oneLevel(sums)
  const parametrisation = unstructured(1)
  const random = [{ columns: [0], bases: parametrisation.bases, parametrisation, sizes: [1] }]
  const fit = nestedFit(own, random, 'REML')
  if (!fit) return []
  const { jointOf } = nestedContrasts(own, random, fit, level)
  return terms.flatMap(({ term, places }) => {
    const found = jointOf(places.map((place) => Array.from({ length: own.fixed }, (_, k) => Number(k === place))))
    return found ? [{ term, ...found }] : []
  })
}
