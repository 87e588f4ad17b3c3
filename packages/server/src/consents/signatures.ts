// The name that a guardian typed under her answer. It lives with the other names; who reads it has recorded the look at the pupil.
import { asIdentity, type Trx } from '../db/scope.ts'

export type Signature = {
  readonly id: string
  readonly schoolId: string
  readonly participantId: string
  readonly name: string
  readonly now: Date
}

export const insertSignature = (trx: Trx, countyId: string, { id, schoolId, participantId, name, now }: Signature) =>
  asIdentity(trx, () =>
    trx
      .insertInto('identity.consent_signature')
      .values({ county_id: countyId, id, school_id: schoolId, participant_id: participantId, name, signed_at: now })
      .execute(),
  )

export const signaturesOf = async (trx: Trx, countyId: string, participantId: string): Promise<ReadonlyMap<string, string>> => {
  const rows = await asIdentity(trx, () =>
    trx
      .selectFrom('identity.consent_signature')
      .select(['id', 'name'])
      .where('county_id', '=', countyId)
      .where('participant_id', '=', participantId)
      .execute(),
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}
