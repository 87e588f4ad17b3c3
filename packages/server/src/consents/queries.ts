// Consent as a record per purpose and giver; the latest row counts, nothing is overwritten (PRIV-03).
import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'

export type Purpose = 'screening' | 'follow-up' | 'research'
type Decision = 'given' | 'refused' | 'withdrawn'
export type NewConsent = {
  readonly purpose: Purpose
  readonly givenBy: 'guardian' | 'pupil'
  readonly decision: Decision
  readonly notice: { readonly id: string; readonly version: string; readonly hash: string }
}

export const insertConsents = async (
  trx: Trx,
  place: { readonly countyId: string; readonly schoolId: string; readonly classId: string },
  consent: NewConsent,
  participantIds: readonly string[],
  clerk: { readonly ids: () => string; readonly accountId: string; readonly now: Date },
) => {
  const known = await trx
    .selectFrom('screening.participant')
    .select('id')
    .where('county_id', '=', place.countyId)
    .where('class_id', '=', place.classId)
    .where('id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .execute()
  const stranger = participantIds.find((participantId) => !known.some((row) => row.id === participantId))
  if (stranger) throw new Problem('participant.not-found', { participantId: stranger })
  const rows = participantIds.map((participantId) => ({
    county_id: place.countyId,
    id: clerk.ids(),
    school_id: place.schoolId,
    participant_id: participantId,
    purpose: consent.purpose,
    given_by: consent.givenBy,
    decision: consent.decision,
    notice_id: consent.notice.id,
    notice_version: consent.notice.version,
    notice_hash: consent.notice.hash,
    recorded_by: clerk.accountId,
    recorded_at: clerk.now,
  }))
  await trx.insertInto('screening.consent').values(rows).execute()
}

export type Standing = ReadonlyMap<string, Decision>

/** The latest guardian decision for a purpose, by participant; absent where none was recorded. */
export const guardianDecisions = async (
  trx: Trx,
  countyId: string,
  purpose: Purpose,
  participantIds: readonly string[],
): Promise<Standing> => {
  if (participantIds.length === 0) return new Map()
  const rows = await trx
    .selectFrom('screening.consent')
    .distinctOn('participant_id')
    .select(['participant_id', 'decision'])
    .where('county_id', '=', countyId)
    .where('purpose', '=', purpose)
    .where('given_by', '=', 'guardian')
    .where('participant_id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .orderBy('participant_id')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.participant_id, row.decision]))
}
