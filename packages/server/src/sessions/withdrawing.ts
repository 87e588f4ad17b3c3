// PRIV-05: seats follow consent. A seat whose pupil may not be asked any more is none for her proctor, and what still comes in is restricted.
import { sql } from 'kysely'
import type { Following } from '../consents/notice-routes.ts'
import { consentedFor } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import { forgetSoFarOf } from './so-far-queries.ts'

const waiting = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('screening.seat as t')
    .innerJoin('screening.session as s', (join) => join.onRef('s.county_id', '=', 't.county_id').onRef('s.id', '=', 't.session_id'))
    .select('t.participant_id as participantId')
    .distinct()
    .where('t.county_id', '=', countyId)
    .where('t.state', '=', 'not-started')
    .where('s.state', '<>', 'closed')

/** Seats that have not handed in; a text that asks anew ends none that has begun. */
const mark = (trx: Trx, countyId: string, participantIds: readonly string[], withdrawnAt: Date | null, states: readonly string[]) =>
  trx
    .updateTable('screening.seat')
    .set({ withdrawn_at: withdrawnAt })
    .where('county_id', '=', countyId)
    .where('participant_id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .where('state', '=', sql<never>`any (${[...states]}::text[])`)
    .where('withdrawn_at', withdrawnAt ? 'is' : 'is not', null)
    .execute()

export const seatsFollowConsent =
  (context: Context): Following =>
  async (trx, countyId, whose) => {
    const [participantIds, states] =
      whose === 'all'
        ? [(await waiting(trx, countyId).execute()).map((row) => row.participantId), ['not-started']]
        : [[...whose], ['not-started', 'started']]
    const consented = await consentedFor(trx, countyId, 'screening', participantIds)
    const without = participantIds.filter((participantId) => !consented.has(participantId))
    if (without.length > 0) {
      await mark(trx, countyId, without, context.clock(), states)
      if (whose !== 'all') await forgetSoFarOf(trx, countyId, without) // what they said of risk was heard when it came
    }
    if (consented.size > 0) await mark(trx, countyId, [...consented], null, states)
  }
