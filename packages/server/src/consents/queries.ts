// Consent as a record per purpose and giver; the latest row counts, nothing is overwritten (PRIV-03).
import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import type { Decision, Purpose } from './rules.ts'

export type NewConsent = {
  readonly participantId: string
  readonly purpose: Purpose
  readonly party: string | null
  readonly givenBy: 'guardian' | 'pupil'
  readonly decision: Decision
  readonly notice: { readonly id: string; readonly version: string; readonly hash: string; readonly row: string | null }
  readonly evidence: 'paper' | 'spoken' | 'remote' | null
  readonly evidencePlace: string | null
  readonly relationship: 'parent' | 'other-guardian' | null
  /** A colleague wrote it down, or a guardian answered by a link and signed. */
  readonly recordedBy: string | null
  readonly linkId: string | null
  readonly signatureId: string | null
}

export const requireOfClass = async (trx: Trx, countyId: string, classId: string, participantIds: readonly string[]) => {
  const known = await trx
    .selectFrom('screening.participant')
    .select('id')
    .where('county_id', '=', countyId)
    .where('class_id', '=', classId)
    .where('id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .execute()
  const stranger = participantIds.find((participantId) => !known.some((row) => row.id === participantId))
  if (stranger) throw new Problem('participant.not-found', { participantId: stranger })
}

export const schoolOfParticipant = async (trx: Trx, countyId: string, participantId: string): Promise<string> => {
  const row = await trx
    .selectFrom('screening.participant')
    .select('school_id')
    .where('county_id', '=', countyId)
    .where('id', '=', participantId)
    .executeTakeFirst()
  if (!row) throw new Problem('consent.pupil-not-found')
  return row.school_id
}

export const insertConsents = (
  trx: Trx,
  place: { readonly countyId: string; readonly schoolId: string },
  consents: readonly NewConsent[],
  clerk: { readonly ids: () => string; readonly clock: () => Date },
) => {
  const now = clerk.clock()
  const rows = consents.map((consent) => ({
    county_id: place.countyId,
    id: clerk.ids(),
    school_id: place.schoolId,
    participant_id: consent.participantId,
    purpose: consent.purpose,
    party: consent.party,
    given_by: consent.givenBy,
    decision: consent.decision,
    notice_id: consent.notice.id,
    notice_version: consent.notice.version,
    notice_hash: consent.notice.hash,
    notice: consent.notice.row,
    evidence: consent.evidence,
    evidence_place: consent.evidencePlace,
    relationship: consent.relationship,
    link_id: consent.linkId,
    signature_id: consent.signatureId,
    recorded_by: consent.recordedBy,
    recorded_at: now,
  }))
  return trx.insertInto('screening.consent').values(rows).execute()
}

export type Latest = {
  readonly participantId: string
  readonly purpose: Purpose
  readonly party: string | null
  readonly givenBy: 'guardian' | 'pupil'
  readonly decision: Decision
  readonly version: string
  /** A newer text has been published since; `outdated`: one that asks for consent anew. */
  readonly superseded: boolean
  readonly outdated: boolean
}

const newer = (renewing: boolean) => sql<boolean>`exists (select from screening.notice m
  where m.county_id = c.county_id and m.state = 'published' and m.purpose = c.purpose and m.party is not distinct from c.party
    and (m.school_id is null or m.school_id = p.school_id) and m.published_at > coalesce(n.published_at, '-infinity')
    ${renewing ? sql`and m.renews` : sql``})`

/** The latest decision of each giver for each purpose, and how its text stands today. */
export const latestDecisions = async (
  trx: Trx,
  countyId: string,
  participantIds: readonly string[],
  purpose?: Purpose,
): Promise<readonly Latest[]> => {
  if (participantIds.length === 0) return []
  return trx
    .selectFrom('screening.consent as c')
    .innerJoin('screening.participant as p', (join) => join.onRef('p.county_id', '=', 'c.county_id').onRef('p.id', '=', 'c.participant_id'))
    .leftJoin('screening.notice as n', (join) => join.onRef('n.county_id', '=', 'c.county_id').onRef('n.id', '=', 'c.notice'))
    .distinctOn(['c.participant_id', 'c.purpose', 'c.party', 'c.given_by'])
    .select([
      'c.participant_id as participantId',
      'c.purpose',
      'c.party',
      'c.given_by as givenBy',
      'c.decision',
      'c.notice_version as version',
      newer(false).as('superseded'),
      newer(true).as('outdated'),
    ])
    .where('c.county_id', '=', countyId)
    .where('c.participant_id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .$if(purpose !== undefined, (query) => query.where('c.purpose', '=', purpose!))
    .orderBy('c.participant_id')
    .orderBy('c.purpose')
    .orderBy('c.party')
    .orderBy('c.given_by')
    .orderBy('c.recorded_at', 'desc')
    .orderBy('c.id', 'desc')
    .execute()
}

/** For whom a purpose may go on: the guardian gave consent to a text that still stands, and the pupil herself has not said no. */
export const consentedFor = async (
  trx: Trx,
  countyId: string,
  purpose: Exclude<Purpose, 'sharing'>,
  participantIds: readonly string[],
): Promise<ReadonlySet<string>> => {
  const latest = await latestDecisions(trx, countyId, participantIds, purpose)
  const against = new Set(latest.filter((row) => row.decision !== 'given').map((row) => row.participantId))
  const guarded = latest.filter((row) => row.givenBy === 'guardian' && !row.outdated).map((row) => row.participantId)
  return new Set(guarded.filter((participantId) => !against.has(participantId)))
}

/** Everything that was decided about one pupil, newest first. */
export const decisionsOfParticipant = (trx: Trx, countyId: string, participantId: string) =>
  trx
    .selectFrom('screening.consent')
    .select([
      'id',
      'purpose',
      'party',
      'given_by as givenBy',
      'decision',
      'notice_id as noticeName',
      'notice_version as noticeVersion',
      'notice_hash as noticeHash',
      'evidence',
      'evidence_place as evidencePlace',
      'relationship',
      'signature_id as signatureId',
      'recorded_by as recordedBy',
      'recorded_at as recordedAt',
    ])
    .where('county_id', '=', countyId)
    .where('participant_id', '=', participantId)
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
