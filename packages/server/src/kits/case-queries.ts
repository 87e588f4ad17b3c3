// Cases and flags that came home: where they lie, and which of them wait.
import { sql } from 'kysely'
import type { Trx } from '../db/scope.ts'

export const openCasesOf = async (trx: Trx, countyId: string, participantIds: readonly string[]) =>
  (
    await sql<{ id: string; participantId: string }>`
    select id, participant_id as "participantId" from screening.care_case
    where county_id = ${countyId} and state = 'open' and participant_id = any (${[...participantIds]}::uuid[]) for update`.execute(trx)
  ).rows

export const putIntoCases = async (
  trx: Trx,
  countyId: string,
  flags: readonly { readonly flagId: string; readonly caseId: string | null }[],
) => {
  if (flags.length === 0) return
  await sql`update screening.flag f set case_id = (g ->> 'caseId')::uuid from json_array_elements(${JSON.stringify(flags)}::json) g
    where f.county_id = ${countyId} and f.id = (g ->> 'flagId')::uuid`.execute(trx)
}

export const openCasesOfFlags = async (trx: Trx, countyId: string, flagIds: readonly string[]): Promise<readonly string[]> =>
  (
    await sql<{ id: string }>`select id from screening.care_case where county_id = ${countyId} and state = 'open' and id in (
      select case_id from screening.flag where county_id = ${countyId} and id = any (${[...flagIds]}::uuid[])) order by id for update`.execute(
      trx,
    )
  ).rows.map(({ id }) => id)

/** Flags that nobody has looked at, in a case that is closed or in none. */
export const waitingInClosedCases = async (trx: Trx, countyId: string, flagIds: readonly string[]) =>
  (
    await sql<{ flagId: string; participantId: string; schoolId: string; raisedAt: Date }>`
    select f.id as "flagId", f.participant_id as "participantId", f.school_id as "schoolId", f.raised_at as "raisedAt"
    from screening.flag f left join screening.care_case k on k.county_id = f.county_id and k.id = f.case_id
    where f.county_id = ${countyId} and f.id = any (${[...flagIds]}::uuid[]) and coalesce(k.state, '') <> 'open'
      and not exists (select 1 from screening.flag_review r where r.county_id = f.county_id and r.flag_id = f.id)`.execute(trx)
  ).rows

/** How many of these flags reach nobody: in no case, without a name, or waiting in a case that is closed. */
export const unheardFlags = async (trx: Trx, countyId: string, flagIds: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from unnest(${[...flagIds]}::uuid[]) as given (id)
    left join screening.flag f on f.county_id = ${countyId} and f.id = given.id
    left join screening.care_case k on k.county_id = f.county_id and k.id = f.case_id
    where k.id is null
      or not exists (select 1 from identity.person p where p.county_id = f.county_id and p.participant_id = f.participant_id)
      or (k.state <> 'open' and not exists (select 1 from screening.flag_review r where r.county_id = f.county_id and r.flag_id = f.id))`.execute(
    trx,
  )
  return rows[0]!.n
}

/** Which of these flags the trail here knows of. */
export const flagsHeardOf = async (trx: Trx, countyId: string, flagIds: readonly string[]): Promise<ReadonlySet<string>> => {
  if (flagIds.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select distinct said.id from screening.audit_event e, unnest(e.subject_ids) as said (id)
    where e.county_id = ${countyId} and e.action = 'flag.raised' and said.id = any (${[...flagIds]}::uuid[])`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}
