import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import type { Purpose } from './rules.ts'

/** What a link asks of a guardian: purposes, not versions, so that she always reads the text of today. */
type Ask = { readonly purpose: Purpose; readonly party: string | null }

export type NewLink = {
  readonly id: string
  readonly schoolId: string
  readonly participantId: string
  readonly initial: string
  readonly asks: readonly Ask[]
  readonly tokenHash: string
  readonly codeHash: string
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export const insertLinks = (trx: Trx, countyId: string, links: readonly NewLink[]) =>
  trx
    .insertInto('screening.consent_link')
    .values(
      links.map((link) => ({
        county_id: countyId,
        id: link.id,
        school_id: link.schoolId,
        participant_id: link.participantId,
        initial: link.initial,
        asks: JSON.stringify(link.asks),
        token_hash: link.tokenHash,
        code_hash: link.codeHash,
        created_by: link.createdBy,
        created_at: link.createdAt,
        expires_at: link.expiresAt,
      })),
    )
    .execute()

const columns = [
  'l.id',
  'l.school_id as schoolId',
  'l.participant_id as participantId',
  'l.initial',
  'l.asks',
  'l.code_hash as codeHash',
  'l.wrong_codes as wrongCodes',
  'l.created_at as createdAt',
  'l.expires_at as expiresAt',
  'l.answered_at as answeredAt',
  'l.revoked_at as revokedAt',
] as const

/** The school of the one link whose token was shown. */
export const placeOfLink = async (trx: Trx, countyId: string, tokenHash: string) => {
  await sql`select set_config('tongxing.consent_link', ${tokenHash}, true)`.execute(trx)
  return trx
    .selectFrom('screening.consent_link')
    .select(['id', 'school_id as schoolId'])
    .where('county_id', '=', countyId)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
}

/** Held until the transaction ends, so that guesses that come together are counted one after the other. */
export const linkById = async (trx: Trx, countyId: string, id: string) => {
  const row = await trx
    .selectFrom('screening.consent_link as l')
    .select(columns)
    .where('l.county_id', '=', countyId)
    .where('l.id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Problem('link.not-found')
  return { ...row, asks: row.asks as readonly Ask[] } // written by insertLinks alone
}
export type Link = Awaited<ReturnType<typeof linkById>>

export const linksOfClass = async (trx: Trx, countyId: string, classId: string) => {
  const rows = await trx
    .selectFrom('screening.consent_link as l')
    .innerJoin('screening.participant as p', (join) => join.onRef('p.county_id', '=', 'l.county_id').onRef('p.id', '=', 'l.participant_id'))
    .select(columns)
    .where('l.county_id', '=', countyId)
    .where('p.class_id', '=', classId)
    .orderBy('l.created_at', 'desc')
    .orderBy('l.id', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, asks: row.asks as readonly Ask[] }))
}

const link = (trx: Trx, countyId: string, id: string) =>
  trx.updateTable('screening.consent_link').where('county_id', '=', countyId).where('id', '=', id)

export const countWrongCode = (trx: Trx, countyId: string, id: string) =>
  link(trx, countyId, id)
    .set((eb) => ({ wrong_codes: eb('wrong_codes', '+', 1) }))
    .execute()

export const revokeLink = (trx: Trx, countyId: string, id: string, now: Date) =>
  link(trx, countyId, id).set({ revoked_at: now }).where('revoked_at', 'is', null).execute()

/** A new link of a pupil ends her older ones: one at a time is in somebody's hands. */
export const revokeLinksOf = (trx: Trx, countyId: string, participantIds: readonly string[], now: Date) =>
  trx
    .updateTable('screening.consent_link')
    .set({ revoked_at: now })
    .where('county_id', '=', countyId)
    .where('participant_id', '=', sql<string>`any (${[...participantIds]}::uuid[])`)
    .where('revoked_at', 'is', null)
    .execute()

export const markAnswered = (trx: Trx, countyId: string, id: string, now: Date) =>
  link(trx, countyId, id).set({ answered_at: now }).execute()
