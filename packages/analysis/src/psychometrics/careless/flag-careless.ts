import type { CarelessIndices } from './careless-indices.ts'

export const carelessMeasures = [
  'long-string',
  'average-string',
  'variability',
  'mahalanobis-p',
  'even-odd',
  'synonyms',
  'antonyms',
] as const
export type CarelessMeasure = (typeof carelessMeasures)[number]
/** One line of the list of cuts that a plan names before the answers are seen. */
export type CarelessCut = { readonly measure: CarelessMeasure; readonly side: 'above' | 'below'; readonly limit: number }
export type CarelessFlags = {
  /** per respondent: whether at least so many cuts are passed */
  readonly flagged: readonly boolean[]
  readonly cuts: readonly (CarelessCut & { readonly passed: number; readonly unknown: number })[]
  readonly atLeast: number
  readonly count: number
}

/** One value a respondent, null where it cannot be said. */
export const carelessValues = (indices: CarelessIndices, measure: CarelessMeasure): readonly (number | null)[] => {
  const none = () => new Array<null>(indices.n).fill(null)
  const { mahalanobis, evenOdd, synonyms, antonyms } = indices
  switch (measure) {
    case 'long-string':
      return indices.longString
    case 'average-string':
      return indices.averageString
    case 'variability':
      return indices.variability
    case 'mahalanobis-p':
      return mahalanobis.kind === 'estimated' ? mahalanobis.p : none()
    case 'even-odd':
      return evenOdd?.kind === 'estimated' ? evenOdd.values : none()
    case 'synonyms':
      return synonyms.kind === 'estimated' ? synonyms.values : none()
    case 'antonyms':
      return antonyms.kind === 'estimated' ? antonyms.values : none()
  }
}

/**
 * Who passes the cuts that were named beforehand. A cut that cannot be computed for a respondent is not passed by him. It marks and takes nobody out:
 * tell results with everybody, and beside them without those it marks.
 * @param indices of carelessIndices; @param cuts each with the side on which it is passed; @param atLeast how many must be passed
 * Source: Curran 2016, doi:10.1016/j.jesp.2015.07.006: several indices in turn, strict limits.
 * Example: flagCareless(indices, [{ measure: 'long-string', side: 'above', limit: 12 }]).flagged
 */
export const flagCareless = (indices: CarelessIndices, cuts: readonly CarelessCut[], atLeast = 1): CarelessFlags => {
  const columns = cuts.map(({ measure, side, limit }) =>
    carelessValues(indices, measure).map((value) => (value === null ? null : side === 'above' ? value > limit : value < limit)),
  )
  const flagged = indices.longString.map((_, respondent) => columns.filter((column) => column[respondent]).length >= atLeast)
  return {
    flagged,
    cuts: cuts.map((cut, k) => ({
      ...cut,
      passed: columns[k]!.filter((passes) => passes === true).length,
      unknown: columns[k]!.filter((passes) => passes === null).length,
    })),
    atLeast,
    count: flagged.filter(Boolean).length,
  }
}
