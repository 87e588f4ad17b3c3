// PRIV-05: who may not be asked any more is not asked by a copy of the house either, and what came in there all the same is restricted here.
import { latestDecisions } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import type { Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import { seatsFollowConsent } from '../sessions/withdrawing.ts'
import type { Parts } from './file.ts'
import type { Merging } from './merge.ts'
import { partOf } from './place.ts'

const table = 'screening.seat'
const pupilOf = ({ participant_id }: Row, { alias }: Merging) => alias.get(String(participant_id)) ?? String(participant_id)

/** Decisions about being asked that were written down on the laptop. */
const decidedThere = (parts: Parts) =>
  partOf(parts, { table: 'screening.consent' }).rows.flatMap(({ row }) => (row.purpose === 'screening' ? [row] : []))

/**
 * Seats that the laptop made for pupils who were withdrawn here meanwhile, which it could not know; what they answered so far is heard by its
 * flags and not kept. Before anything is merged.
 */
export const withoutConsent = async (trx: Trx, parts: Parts, merging: Merging): Promise<Parts> => {
  const part = partOf(parts, { table })
  const pupils = [...new Set(part.rows.map(({ row }) => pupilOf(row, merging)))]
  const latest = await latestDecisions(trx, merging.manifest.countyId, pupils, 'screening')
  const against = new Set(latest.flatMap(({ decision, participantId }) => (decision === 'given' ? [] : [participantId])))
  for (const row of decidedThere(parts)) if (row.decision === 'given') against.delete(pupilOf(row, merging))
  const gone = new Set(part.rows.flatMap(({ row }) => (against.has(pupilOf(row, merging)) ? [row.id] : [])))
  const withdrawn = (row: Row): Row => ({ ...row, withdrawn_at: row.withdrawn_at ?? merging.now.toISOString() })
  const rows = part.rows.map((one) => (gone.has(one.row.id) ? { ...one, row: withdrawn(one.row) } : one))
  const soFar = partOf(parts, { table: 'screening.so_far' })
  const kept = soFar.rows.filter(({ row }) => !gone.has(row.seat_id))
  return new Map(parts).set(table, { ...part, rows }).set('screening.so_far', { ...soFar, rows: kept })
}

/** Seats here follow what guardians decided there. */
export const followConsent = async (trx: Trx, context: Context, parts: Parts, merging: Merging) => {
  const pupils = [...new Set(decidedThere(parts).map((row) => pupilOf(row, merging)))]
  if (pupils.length > 0) await seatsFollowConsent(context)(trx, merging.manifest.countyId, pupils)
}
