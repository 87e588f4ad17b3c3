/** A score against children like this one. No norm for a child is a result, not an error, and never a reason to take another child's. */
import type { Definition, Norm } from './definition.ts'

/** Age in whole years. What is not known is left out or null, and no cell that asks for it is used. */
export type NormedChild = {
  readonly age: number | null
  readonly sex: 'female' | 'male' | null
  readonly grade?: number | null
  readonly region?: string | null
}
/** z in standard deviations above the cell's mean; t has mean 50 and standard deviation 10. `norm` names where the cell comes from. */
export type NormedScore =
  | {
      readonly kind: 'normed'
      readonly z: number
      readonly t: number
      readonly norm: Pick<Norm, 'id' | 'sample' | 'year' | 'status' | 'source'> & { readonly n: number | null }
    }
  | { readonly kind: 'no-norm'; readonly reason: 'no-norm-for-scale' | 'child-outside-norms' | 'child-not-known-enough' }

type Cell = Norm['cells'][number]
type Fit = 'holds' | 'differs' | 'unknown'

const within = (span: Cell['ages'], value: number | null | undefined): Fit | null => {
  if (span === undefined) return null
  if (value === null || value === undefined) return 'unknown'
  return value >= span.from && value <= span.to ? 'holds' : 'differs'
}
const same = (wanted: string | undefined, value: string | null | undefined): Fit | null => {
  if (wanted === undefined) return null
  if (value === null || value === undefined) return 'unknown'
  return wanted === value ? 'holds' : 'differs'
}

const fitsOf = (cell: Cell, child: NormedChild): readonly Fit[] =>
  [within(cell.ages, child.age), within(cell.grades, child.grade), same(cell.sex, child.sex), same(cell.region, child.region)].filter(
    (fit) => fit !== null,
  )

/**
 * The score on the scale's metric against the cell that holds this child; of several cells the one that tells most apart. Use it beside
 * bands, never instead of risk rules. There is no percentile: scores of symptoms are skewed, so that mean and standard deviation do not
 * give one. @throws for a scale that the definition does not have
 */
export const normedScore = (definition: Definition, scaleId: string, value: number, child: NormedChild): NormedScore => {
  if (!definition.scales.some(({ id }) => id === scaleId)) throw new Error(`normedScore knows no scale ${scaleId} in ${definition.id}`)
  const cells = (definition.norms ?? [])
    .filter(({ scale }) => scale === scaleId)
    .flatMap((norm) => norm.cells.map((cell) => ({ norm, cell, fits: fitsOf(cell, child) })))
  if (cells.length === 0) return { kind: 'no-norm', reason: 'no-norm-for-scale' }
  const possible = cells.filter(({ fits }) => !fits.includes('differs'))
  const [best] = possible.filter(({ fits }) => !fits.includes('unknown')).toSorted((left, right) => right.fits.length - left.fits.length)
  if (!best) return { kind: 'no-norm', reason: possible.length > 0 ? 'child-not-known-enough' : 'child-outside-norms' }
  const z = (value - best.cell.mean) / best.cell.standardDeviation
  const { id, sample, year, status, source } = best.norm
  return { kind: 'normed', z, t: 50 + 10 * z, norm: { id, sample, year, status, source, n: best.cell.n ?? null } }
}
