import { type NotEstimable, notEstimable } from '../result.ts'
import type { Rows } from './equivalence-classes.ts'
import { type Generalisation, leastGeneralisation } from './generalisation.ts'
import { type Hierarchy, lossOf } from './hierarchy.ts'
import { type LocalSuppression, localSuppression, type Told } from './local-suppression.ts'

export type ReachedK = {
  readonly kind: 'reached'
  readonly method: 'generalisation-then-local-suppression'
  readonly rows: Rows
  readonly asked: number
  readonly k: number
  readonly levels: readonly number[]
  readonly suppressed: { readonly byColumn: readonly number[]; readonly cells: number; readonly records: number }
  /** From 0 to 1: the mean over all cells, a cell taken out being wholly lost. */
  readonly loss: number
  readonly n: number
}

type Impossible = Extract<Generalisation | LocalSuppression, { readonly kind: 'impossible' }>

/** The mean loss over cells that were there to begin with; each is generalised to its column's level or taken out. */
const lossBetween = (before: Rows, after: Rows, hierarchies: readonly (Hierarchy | null)[], levels: readonly number[]): number => {
  const losses = hierarchies.map(lossOf)
  const cells = before.flatMap((row, record) =>
    row.flatMap((cell, column) => (cell === null ? [] : [after[record]![column] === null ? 1 : losses[column]!(cell, levels[column]!)])),
  )
  return cells.length === 0 ? 0 : cells.reduce((sum, loss) => sum + loss, 0) / cells.length
}

/**
 * Brings a table to k: the generalisation with the least loss that leaves at most a share of records rare, then single cells of those are taken out.
 * Not a proof of safety: k says nothing of what a class reveals, and a missing cell counts as matching anything.
 * @param hierarchies one a column, null for a column that stays as it is; with none at all, only suppression is left; @param allowed share left to suppression; @param told as in localSuppression
 * @returns new rows with k at least as asked, what was done, and the loss; impossible, with its reason, where that cannot be; not-estimable without records
 * Example: reachK([['8'], ['9'], ['9']], [null], 2, 1).rows is [[null], ['9'], ['9']]
 */
export const reachK = (
  rows: Rows,
  hierarchies: readonly (Hierarchy | null)[],
  asked: number,
  allowed: number,
  told?: Told,
): ReachedK | Impossible | NotEstimable => {
  if (rows.length === 0) return notEstimable('too-few-values')
  const wider = leastGeneralisation(rows, hierarchies, asked, allowed)
  if (wider.kind === 'impossible') return wider
  const done = localSuppression(wider.rows, asked, told)
  if (done.kind === 'impossible') return done
  const { byColumn, cells, records, k } = done
  return {
    kind: 'reached',
    method: 'generalisation-then-local-suppression',
    rows: done.rows,
    asked,
    k,
    levels: wider.levels,
    suppressed: { byColumn, cells, records },
    loss: lossBetween(rows, done.rows, hierarchies, wider.levels),
    n: rows.length,
  }
}
