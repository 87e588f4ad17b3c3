import { type RawBuilder, sql } from 'kysely'
import { columnsOf, given } from '../db/insert.ts'
import type { Trx } from '../db/scope.ts'
import type { Flagged, RaisedFlagRow } from '../flags/queries.ts'
import { Problem } from '../problem.ts'

/**
 * A statement that sees to it that each newly flagged participant has an open case, and returns these: the one that is open already, or a new one.
 * The case is locked: one that a counsellor is just closing is waited for, and a new one opened when it did close.
 */
export const openCases = (countyId: string, ids: () => string, flagged: readonly Flagged[]): RawBuilder<unknown> => {
  const first = new Map(flagged.toReversed().map((flag) => [flag.participantId, flag]))
  const rows = [...first.keys()].toSorted().map((participantId) => {
    const { schoolId, raisedAt } = first.get(participantId)!
    const place = { county_id: countyId, id: ids(), school_id: schoolId, participant_id: participantId }
    return { ...place, state: 'open' as const, opened_at: raisedAt }
  })
  const columns = columnsOf(rows)
  return sql`insert into screening.care_case (${columns}) select ${columns} from ${given('screening.care_case', rows)}
    on conflict (county_id, participant_id) where state = 'open' do update set state = 'open' returning id, participant_id`
}

/** Adds flags that stand already to the open cases of their participants. */
export const joinCases = (trx: Trx, countyId: string, ids: () => string, flags: readonly RaisedFlagRow[]) =>
  sql`with cases as (${openCases(countyId, ids, flags)})
    update screening.flag as f set case_id = cases.id from cases
    where f.county_id = ${countyId} and f.id = any (${flags.map(({ flagId }) => flagId)}::uuid[])
      and f.participant_id = cases.participant_id`.execute(trx)

const casesWithPlace = (trx: Trx, countyId: string) =>
  trx
    .selectFrom('screening.care_case as k')
    .innerJoin('screening.participant as p', (join) => join.onRef('p.county_id', '=', 'k.county_id').onRef('p.id', '=', 'k.participant_id'))
    .innerJoin('screening.unit as c', (join) => join.onRef('c.county_id', '=', 'p.county_id').onRef('c.id', '=', 'p.class_id'))
    .innerJoin('screening.unit as h', (join) => join.onRef('h.county_id', '=', 'p.county_id').onRef('h.id', '=', 'p.school_id'))
    .select([
      'k.id',
      'k.state',
      'k.opened_at as openedAt',
      'k.participant_id as participantId',
      'k.school_id as schoolId',
      'c.name as className',
      'h.name as schoolName',
    ])
    .where('k.county_id', '=', countyId)

/** Every open case: nothing is dropped from the queue, however long it is. Of the reviewed ones the newest thousand. */
export const casesInState = (trx: Trx, countyId: string, state: 'open' | 'reviewed') => {
  const inState = casesWithPlace(trx, countyId).where('k.state', '=', state)
  return state === 'open' ? inState.execute() : inState.orderBy('k.reviewed_at', 'desc').limit(1000).execute()
}

/** What changes when anything in the queue does: how many flags and reviews there are. No name and no answer is read for it. */
export const queueMark = async (trx: Trx, countyId: string): Promise<string> => {
  const { flags, reviews } = await trx
    .selectFrom('screening.flag as f')
    .leftJoin('screening.flag_review as r', (join) => join.onRef('r.county_id', '=', 'f.county_id').onRef('r.flag_id', '=', 'f.id'))
    .select(({ fn }) => [fn.count<string>('f.id').as('flags'), fn.count<string>('r.id').as('reviews')])
    .where('f.county_id', '=', countyId)
    .executeTakeFirstOrThrow()
  return `${flags}-${reviews}`
}

export const caseById = async (trx: Trx, countyId: string, id: string) => {
  const row = await casesWithPlace(trx, countyId).where('k.id', '=', id).executeTakeFirst()
  if (!row) throw new Problem('case.not-found')
  return row
}

/** The scores of a participant, newest sheet first; without sheets that came after consent was withdrawn, of which only flags are shown. */
export const sheetsOfParticipant = (trx: Trx, countyId: string, participantId: string) =>
  trx
    .selectFrom('screening.submission')
    .select(['wave', 'scores', 'quality', 'finished_at as finishedAt'])
    .where('county_id', '=', countyId)
    .where('participant_id', '=', participantId)
    .where('restricted_at', 'is', null)
    .orderBy('received_at', 'desc')
    .execute()

export type OtherReview = {
  readonly flagId: string
  readonly seatId: string
  readonly instrument: string
  readonly rule: string
  readonly value: string
  readonly answeredAt: Date
  readonly reviews: readonly CarriedReview[]
}
type CarriedReview = { readonly decision: 'confirmed' | 'dismissed'; readonly reason: string; readonly by: string; readonly at: Date }
type CarriedRow = {
  readonly decision?: CarriedReview['decision']
  readonly reason: string
  readonly reviewed_by: string
  readonly reviewed_at: string
}

/** What was decided of this pupil's flags both here and on a laptop, or there of one that was raised here too: no decision takes another's place. */
export const otherReviews = async (trx: Trx, countyId: string, participantId: string): Promise<readonly OtherReview[]> => {
  const { rows } = await sql<Omit<OtherReview, 'reviews'> & { readonly both: readonly CarriedRow[] }>`
    select f.id as "flagId", f.seat_id as "seatId", f.instrument, f.rule, f.value, f.answered_at as "answeredAt",
      jsonb_build_array(c.ours, c.theirs) as both
    from screening.flag f join screening.kit_conflict c on c.county_id = f.county_id and (c.theirs ->> 'flag_id') = f.id::text
    where f.county_id = ${countyId} and f.participant_id = ${participantId} and c.table_name = 'screening.flag_review'
    order by c.found_at, c.id`.execute(trx)
  return rows.map(({ both, ...flag }) => ({
    ...flag,
    reviews: both.flatMap(({ decision, reason, reviewed_by, reviewed_at }) =>
      decision ? [{ decision, reason, by: reviewed_by, at: new Date(reviewed_at) }] : [],
    ),
  }))
}

export const closeIfReviewed = async (trx: Trx, countyId: string, caseId: string, now: Date): Promise<void> => {
  const open = await trx
    .selectFrom('screening.flag as f')
    .leftJoin('screening.flag_review as r', (join) => join.onRef('r.county_id', '=', 'f.county_id').onRef('r.flag_id', '=', 'f.id'))
    .select('f.id')
    .where('f.county_id', '=', countyId)
    .where('f.case_id', '=', caseId)
    .where('r.id', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (!open)
    await trx
      .updateTable('screening.care_case')
      .set({ state: 'reviewed', reviewed_at: now })
      .where('county_id', '=', countyId)
      .where('id', '=', caseId)
      .execute()
}

/** Takes the case's lock before its flags are judged, so that a flag raised meanwhile cannot slip into a case that is just closing. */
export const lockCase = (trx: Trx, countyId: string, caseId: string) =>
  trx
    .selectFrom('screening.care_case')
    .select('id')
    .where('county_id', '=', countyId)
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst()
