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

const latestDecisions = async (trx: Trx, countyId: string, purpose: Purpose, participantIds: readonly string[]) => {
  if (participantIds.length === 0) return []
  return trx
    .selectFrom('screening.consent')
    .distinctOn(['participant_id', 'given_by'])
    .select(['participant_id', 'given_by', 'decision'])
    .where('county_id', '=', countyId)
    .where('purpose', '=', purpose)
    .where('participant_id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .orderBy('participant_id')
    .orderBy('given_by')
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The latest guardian decision for a purpose, by participant; absent where none was recorded. */
export const guardianDecisions = async (
  trx: Trx,
  countyId: string,
  purpose: Purpose,
  participantIds: readonly string[],
): Promise<Standing> => {
  const latest = await latestDecisions(trx, countyId, purpose, participantIds)
  return new Map(latest.filter((row) => row.given_by === 'guardian').map((row) => [row.participant_id, row.decision]))
}

/** For whom a purpose may go on: the guardian gave consent, and the pupil herself has not said no. */
export const consentedFor = async (
  trx: Trx,
  countyId: string,
  purpose: Purpose,
  participantIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  const latest = await latestDecisions(trx, countyId, purpose, participantIds)
  const against = new Set(latest.filter((row) => row.decision !== 'given').map((row) => row.participant_id))
  const guarded = latest.filter((row) => row.given_by === 'guardian').map((row) => row.participant_id)
  return new Set(guarded.filter((participantId) => !against.has(participantId)))
}
