// All SQL of offline kits. Tables are named by db/carried.ts alone and columns by the catalogue, so that a row travels whole.
import { sql } from 'kysely'
import type { Carried, Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'

/** Times are written the same on every machine, and nobody else merges into this county meanwhile. */
export const prepare = async (trx: Trx, countyId: string) => {
  await sql`select set_config('TimeZone', 'UTC', true)`.execute(trx)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tongxing kits ${countyId}`}, 0))`.execute(trx)
}

export const columnsOfTable = async (trx: Trx, { table, stays = [] }: Pick<Carried, 'table' | 'stays'>): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select attname::text as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(trx)
  return rows.map(({ name }) => name).filter((name) => !stays.includes(name))
}

const plannedSession = sql`select id from screening.session where county_id = t.county_id and state = 'planned'`
const chosen = (schoolId: string) => ({
  place: sql`(school_id is null or school_id = ${schoolId})`,
  grant: sql`unit_id in (select id from screening.unit where county_id = t.county_id and school_id = ${schoolId})
    and account_id in (select id from identity.account where state = 'active')`, // as accountsOfSchool has them
  school: sql`school_id = ${schoolId}`,
  study: sql`id in (select study_id from screening.study_school where county_id = t.county_id and school_id = ${schoolId})`,
  planned: sql`school_id = ${schoolId} and state = 'planned'`,
  'planned-seat': sql`school_id = ${schoolId} and session_id in (${plannedSession})`,
})
/** What a laptop wrote that belongs to no school, such as a sign-in, comes home too. */
const broughtHome = (table: string, schoolId: string) =>
  ['screening.audit_event', 'screening.roster_import'].includes(table)
    ? sql`(school_id is null or school_id = ${schoolId})`
    : sql`school_id = ${schoolId}`

const names = (columns: readonly string[]) => sql.join(columns.map((name) => sql.ref(name)))

export type Place = { readonly countyId: string; readonly schoolId: string }

const read = async (trx: Trx, spec: Carried, columns: readonly string[], countyId: string, which: ReturnType<typeof sql>) => {
  const { rows } = await sql<{ row: Row }>`
    select to_jsonb(r) as row from (
      select ${names(columns)} from ${sql.table(spec.table)} t where county_id = ${countyId} and ${which} order by ${names(spec.key)}
    ) r`.execute(trx)
  return rows.map(({ row }) => row)
}

export const rowsForKit = (trx: Trx, spec: Carried, columns: readonly string[], { countyId, schoolId }: Place) =>
  spec.out ? read(trx, spec, columns, countyId, chosen(schoolId)[spec.out]) : Promise.resolve([])

export const rowsForDay = (trx: Trx, spec: Carried, columns: readonly string[], { countyId, schoolId }: Place) =>
  read(trx, spec, columns, countyId, broughtHome(spec.table, schoolId))

const given = (table: string, rows: readonly Row[]) =>
  sql`json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`

/** The rows here that have these columns in common with the given ones; nothing is like nothing. */
export const rowsLike = async (trx: Trx, table: string, columns: readonly string[], rows: readonly Row[]): Promise<readonly Row[]> => {
  if (rows.length === 0) return []
  // equality alone can be looked up
  const equals = (name: string) => (rows.some((row) => row[name] === null) ? sql`is not distinct from` : sql`=`)
  const alike = sql.join(
    columns.map((name) => sql`t.${sql.ref(name)} ${equals(name)} g.${sql.ref(name)}`),
    sql` and `,
  )
  const found = await sql<{ row: Row }>`
    select to_jsonb(t) as row from ${sql.table(table)} t join (select distinct ${names(columns)} from ${given(table, rows)}) g on ${alike}
    where t.county_id = ${rows[0]!.county_id}`.execute(trx)
  return found.rows.map(({ row }) => row)
}

/** Does it, or leaves no trace of it: false when a rule of the database speaks against it. */
const attempt = async (trx: Trx, work: () => Promise<unknown>): Promise<boolean> => {
  await sql`savepoint kit`.execute(trx)
  try {
    await work()
    await sql`release savepoint kit`.execute(trx)
    return true
  } catch (error) {
    if (!/^23/.test(String((error as { code?: unknown }).code))) throw error
    await sql`rollback to savepoint kit`.execute(trx)
    return false
  }
}

/** At once, or else one by one; gives back those that the database does not take, so that one of them does not keep a day from coming home. */
export const withoutRefused = async <T>(
  trx: Trx,
  all: readonly T[],
  work: (some: readonly T[]) => Promise<unknown>,
): Promise<readonly T[]> => {
  if (all.length === 0 || (await attempt(trx, () => work(all)))) return []
  if (all.length === 1) return all
  const refused: T[] = []
  for (const one of all) if (!(await attempt(trx, () => work([one])))) refused.push(one)
  return refused
}

export const insertGiven = async (trx: Trx, table: string, columns: readonly string[], rows: readonly Row[]): Promise<void> => {
  if (rows.length === 0) return
  await sql`insert into ${sql.table(table)} (${names(columns)}) select ${names(columns)} from ${given(table, rows)}`.execute(trx)
}

/** Only these columns: what else a row has here stays. */
export const updateGiven = async (trx: Trx, { table, key }: Carried, columns: readonly string[], rows: readonly Row[]): Promise<void> => {
  const set = sql.join(columns.map((name) => sql`${sql.ref(name)} = g.${sql.ref(name)}`))
  const same = sql.join(
    key.map((name) => sql`t.${sql.ref(name)} = g.${sql.ref(name)}`),
    sql` and `,
  )
  await sql`update ${sql.table(table)} t set ${set} from ${given(table, rows)} g where t.county_id = g.county_id and ${same}`.execute(trx)
}

/** What a pupil had answered so far gives way to what she handed in. */
export const clearFinishedSoFar = (trx: Trx, countyId: string) =>
  sql`delete from screening.so_far f using screening.seat s where f.county_id = ${countyId} and s.county_id = f.county_id and s.id = f.seat_id
    and s.state in ('submitted', 'stopped')`.execute(trx)

/** Flags and answers so far that came home: a sheet of such a seat looks for them. */
export const markHeard = (trx: Trx, countyId: string) =>
  sql`update screening.seat t set heard = true where t.county_id = ${countyId} and not t.heard and t.state in ('not-started', 'started')
    and (exists (select from screening.so_far f where f.county_id = t.county_id and f.seat_id = t.id)
      or exists (select from screening.flag f where f.county_id = t.county_id and f.seat_id = t.id and f.kind <> 'request'))`.execute(trx)

export const finishedSeats = async (trx: Trx, countyId: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ id: string }>`select id from screening.seat
    where county_id = ${countyId} and id = any (${[...ids]}::uuid[]) and state in ('submitted', 'stopped')`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

export const lockSeats = (trx: Trx, countyId: string, seatIds: readonly string[]) =>
  sql`select id from screening.seat where county_id = ${countyId} and id = any (${[...seatIds]}::uuid[]) order by id for update`.execute(
    trx,
  )

export const highestSeats = async (trx: Trx, countyId: string, sessionIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await sql<{ id: string; most: number }>`
    select session_id as id, max(number) as most from screening.seat
    where county_id = ${countyId} and session_id = any (${[...sessionIds]}::uuid[]) group by session_id`.execute(trx)
  return new Map(rows.map(({ id, most }) => [id, most]))
}

export const insertLocators = async (trx: Trx, sessions: readonly Row[]) => {
  for (const { county_id, school_id, id, locator } of sessions)
    await sql`insert into screening.locator (locator, county_id, school_id, session_id)
      values (${locator}, ${county_id}, ${school_id}, ${id}) on conflict do nothing`.execute(trx)
}

export const erasedSubmissions = async (trx: Trx, countyId: string, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ id: string }>`select submission_id as id from screening.receipt
    where county_id = ${countyId} and erased_at is not null and submission_id = any (${[...ids]}::uuid[])`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

// accounts, which belong to no county ------------------------------------------------------------------------------------

export type Account = {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly passwordHash: string | null
  readonly totpSecret: string | null
}

/** Who can sign in and holds a role in this school, for whatever is in it. */
export const accountsOfSchool = async (trx: Trx, { countyId, schoolId }: Place): Promise<readonly Account[]> => {
  const { rows } = await sql<Account>`
    select distinct a.id, a.username, a.display_name as "displayName", a.password_hash as "passwordHash", a.totp_secret as "totpSecret"
    from identity.account a join identity.role_grant g on g.account_id = a.id
    join screening.unit u on u.county_id = g.county_id and u.id = g.unit_id
    where g.county_id = ${countyId} and u.school_id = ${schoolId} and a.state = 'active' order by a.username`.execute(trx)
  return rows
}

/** Somebody has to write its days on the laptop: an administrator of the whole county does not travel. */
export const hasAdministrator = async (trx: Trx, { countyId, schoolId }: Place): Promise<boolean> => {
  const { rows } = await sql`
    select from identity.account a join identity.role_grant g on g.account_id = a.id
    where g.county_id = ${countyId} and g.unit_id = ${schoolId} and g.role = 'administrator' and a.state = 'active' limit 1`.execute(trx)
  return rows.length > 0
}

export const insertAccounts = async (trx: Trx, accounts: readonly Account[], now: Date) => {
  for (const { id, username, displayName, passwordHash, totpSecret } of accounts)
    await sql`insert into identity.account (id, username, display_name, password_hash, totp_secret, state, created_at)
      values (${id}, ${username}, ${displayName}, ${passwordHash}, ${totpSecret}, ${passwordHash ? 'active' : 'disabled'}, ${now})
      on conflict (id) do nothing`.execute(trx)
}

/** A house whose pupils are made up says so on every page from its next start on. */
export const markSimulated = (trx: Trx, now: Date) =>
  sql`insert into tongxing.simulated (since) values (${now}) on conflict do nothing`.execute(trx)

export const everyAccount = async (trx: Trx): Promise<readonly Pick<Account, 'id' | 'username' | 'displayName'>[]> => {
  const { rows } = await sql<Pick<Account, 'id' | 'username' | 'displayName'>>`
    select id, username, display_name as "displayName" from identity.account order by id`.execute(trx)
  return rows
}

/** The counties of a house: one, unless it is a province's. */
export const countiesHere = async (trx: Trx): Promise<readonly string[]> => {
  const counties = new Set<string>()
  for (const { id } of await everyAccount(trx)) {
    await sql`select set_config('tongxing.account_id', ${id}, true)`.execute(trx)
    const { rows } = await sql<{ id: string }>`select distinct county_id as id from identity.role_grant where account_id = ${id}`.execute(
      trx,
    )
    for (const row of rows) counties.add(row.id)
  }
  return [...counties]
}
