// All SQL of offline kits. Tables are named by db/carried.ts alone and columns by the catalogue, so that a row travels whole.
import { sql } from 'kysely'
import type { Carried, Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import type { Version } from './rules.ts'

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
  grant: sql`unit_id in (select id from screening.unit where county_id = t.county_id and school_id = ${schoolId})`,
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

type Place = { readonly countyId: string; readonly schoolId: string }

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
  const alike = sql.join(
    columns.map((name) => sql`t.${sql.ref(name)} is not distinct from g.${sql.ref(name)}`),
    sql` and `,
  )
  const found = await sql<{ row: Row }>`
    select to_jsonb(t) as row from ${sql.table(table)} t join (select distinct ${names(columns)} from ${given(table, rows)}) g on ${alike}
    where t.county_id = ${rows[0]!.county_id}`.execute(trx)
  return found.rows.map(({ row }) => row)
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

// the record of kits ---------------------------------------------------------------------------------------------------

export type Kit = Place & {
  readonly id: string
  readonly side: 'made' | 'taken'
  readonly recipient: string
  readonly secret: string
  readonly fileHash: string
  readonly counts: Readonly<Record<string, number>>
  readonly madeBy: string | null
  readonly madeAt: Date
  readonly validUntil: Date
  readonly takenAt: Date | null
}

export const insertKit = (trx: Trx, kit: Kit) =>
  sql`
  insert into screening.kit (county_id, id, school_id, side, recipient, secret, file_hash, counts, made_by, made_at, valid_until, taken_at)
  values (${kit.countyId}, ${kit.id}, ${kit.schoolId}, ${kit.side}, ${kit.recipient}, ${kit.secret}, ${kit.fileHash},
    ${JSON.stringify(kit.counts)}, ${kit.madeBy}, ${kit.madeAt}, ${kit.validUntil}, ${kit.takenAt})`.execute(trx)

const kitColumns = sql`county_id as "countyId", id, school_id as "schoolId", side, recipient, secret, file_hash as "fileHash", counts,
  made_by as "madeBy", made_at as "madeAt", valid_until as "validUntil", taken_at as "takenAt"`

export const kitById = async (trx: Trx, countyId: string, id: string): Promise<Kit | undefined> =>
  (await sql<Kit>`select ${kitColumns} from screening.kit where county_id = ${countyId} and id = ${id}`.execute(trx)).rows[0]

export const kitsTaken = async (trx: Trx, countyId: string): Promise<readonly Kit[]> =>
  (await sql<Kit>`select ${kitColumns} from screening.kit where county_id = ${countyId} and side = 'taken'`.execute(trx)).rows

export type Day = Place & {
  readonly id: string
  readonly kitId: string
  readonly counter: number
  readonly side: 'written' | 'received'
  readonly fileHash: string
  readonly counts: object
  readonly handledBy: string | null
  readonly writtenAt: Date
  readonly handledAt: Date
}

/** False when this very file has been recorded. */
export const insertDay = async (trx: Trx, day: Day): Promise<boolean> => {
  const { rows } = await sql`
    insert into screening.kit_day (county_id, id, school_id, kit_id, counter, side, file_hash, counts, handled_by, written_at, handled_at)
    values (${day.countyId}, ${day.id}, ${day.schoolId}, ${day.kitId}, ${day.counter}, ${day.side}, ${day.fileHash},
      ${JSON.stringify(day.counts)}, ${day.handledBy}, ${day.writtenAt}, ${day.handledAt})
    on conflict (county_id, kit_id, file_hash) do nothing returning id`.execute(trx)
  return rows.length === 1
}

export const lastCounter = async (trx: Trx, countyId: string, kitId: string): Promise<number> => {
  const { rows } = await sql<{ counter: number }>`
    select coalesce(max(counter), 0)::int as counter from screening.kit_day where county_id = ${countyId} and kit_id = ${kitId}`.execute(
    trx,
  )
  return rows[0]!.counter
}

export type KeptVersion = Version & { readonly table: string; readonly key: string; readonly counter: number }

export const insertVersions = async (trx: Trx, { countyId, schoolId }: Place, kitId: string, versions: readonly KeptVersion[]) => {
  if (versions.length === 0) return
  const rows = versions.map(({ table, key, fingerprint, columns, counter }) => ({
    county_id: countyId,
    kit_id: kitId,
    table_name: table,
    row_key: key,
    fingerprint,
    school_id: schoolId,
    columns,
    counter,
  }))
  await sql`insert into screening.kit_version select (json_populate_recordset(null::screening.kit_version, ${JSON.stringify(rows)}::json)).*
    on conflict do nothing`.execute(trx)
}

export const versionsOf = async (trx: Trx, countyId: string, kitId: string): Promise<readonly KeptVersion[]> =>
  (
    await sql<KeptVersion>`
    select table_name as "table", row_key as key, fingerprint, columns, counter from screening.kit_version
    where county_id = ${countyId} and kit_id = ${kitId} order by counter`.execute(trx)
  ).rows

export type Conflict = Place & {
  readonly id: string
  readonly kitId: string
  readonly dayId: string
  readonly table: string
  readonly key: string
  readonly fingerprint: string
  readonly ours: Row
  readonly theirs: Row
  readonly foundAt: Date
}

/** Names are kept where names live. */
const conflictTable = (table: string) => sql.table(table.startsWith('identity.') ? 'identity.kit_conflict' : 'screening.kit_conflict')

/** False when it was found before. */
export const insertConflict = async (trx: Trx, conflict: Conflict): Promise<boolean> => {
  const { rows } = await sql`
    insert into ${conflictTable(conflict.table)}
      (county_id, id, school_id, kit_id, day_id, table_name, row_key, fingerprint, ours, theirs, found_at)
    values (${conflict.countyId}, ${conflict.id}, ${conflict.schoolId}, ${conflict.kitId}, ${conflict.dayId}, ${conflict.table},
      ${conflict.key}, ${conflict.fingerprint}, ${JSON.stringify(conflict.ours)}, ${JSON.stringify(conflict.theirs)}, ${conflict.foundAt})
    on conflict (county_id, kit_id, table_name, row_key, fingerprint) do nothing returning id`.execute(trx)
  return rows.length === 1
}

export const isDayKnown = async (trx: Trx, countyId: string, kitId: string, fileHash: string): Promise<boolean> =>
  (await sql`select 1 from screening.kit_day where county_id = ${countyId} and kit_id = ${kitId} and file_hash = ${fileHash}`.execute(trx))
    .rows.length > 0

// cases and flags that came home -----------------------------------------------------------------------------------------

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
    where f.county_id = ${countyId} and f.id = any (${[...flagIds]}::uuid[]) and k.state is distinct from 'open'
      and not exists (select 1 from screening.flag_review r where r.county_id = f.county_id and r.flag_id = f.id)`.execute(trx)
  ).rows

// what the pages show ---------------------------------------------------------------------------------------------------

export type ListedKit = Omit<Kit, 'recipient' | 'secret' | 'countyId'> & {
  readonly schoolName: string
  readonly day: { readonly counter: number; readonly writtenAt: string; readonly handledAt: string; readonly sheets: number } | null
}

/** The newest kit first, each with the last day that was written or came home. */
export const listedKits = async (trx: Trx, countyId: string): Promise<readonly ListedKit[]> =>
  (
    await sql<ListedKit>`
    select k.id, k.school_id as "schoolId", u.name as "schoolName", k.side, k.file_hash as "fileHash", k.counts, k.made_by as "madeBy",
      k.made_at as "madeAt", k.valid_until as "validUntil", k.taken_at as "takenAt",
      (select json_build_object('counter', d.counter, 'writtenAt', d.written_at, 'handledAt', d.handled_at,
          'sheets', coalesce(d.counts ->> 'inBundle', d.counts ->> 'screening.submission', '0')::int)
        from screening.kit_day d where d.county_id = k.county_id and d.kit_id = k.id order by d.counter desc, d.handled_at desc limit 1) as day
    from screening.kit k join screening.unit u on u.county_id = k.county_id and u.id = k.school_id
    where k.county_id = ${countyId} order by k.made_at desc, k.id desc limit 500`.execute(trx)
  ).rows

export type ListedConflict = {
  readonly id: string
  readonly schoolId: string
  readonly table: string
  readonly ours: Row
  readonly theirs: Row
  readonly foundAt: Date
  readonly decision: 'ours' | 'theirs' | null
  readonly reason: string | null
  readonly decidedBy: string | null
}

export const conflictsOf = async (trx: Trx, countyId: string, where: 'screening' | 'identity'): Promise<readonly ListedConflict[]> =>
  (
    await sql<ListedConflict>`
    select c.id, c.school_id as "schoolId", c.table_name as "table", c.ours, c.theirs, c.found_at as "foundAt", d.decision, d.reason,
      d.decided_by as "decidedBy"
    from ${sql.table(`${where}.kit_conflict`)} c
    left join screening.kit_conflict_decision d on d.county_id = c.county_id and d.conflict_id = c.id
    where c.county_id = ${countyId} order by c.found_at desc, c.id desc limit 1000`.execute(trx)
  ).rows

export const undecidedConflicts = async (trx: Trx, countyId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (
      select county_id, id from screening.kit_conflict union all select county_id, id from identity.kit_conflict) c
    where c.county_id = ${countyId} and not exists (
      select 1 from screening.kit_conflict_decision d where d.county_id = c.county_id and d.conflict_id = c.id)`.execute(trx)
  return rows[0]!.n
}

/** False when it is decided already. */
export const insertDecision = async (
  trx: Trx,
  given: { countyId: string; schoolId: string; conflictId: string; decision: 'ours' | 'theirs'; reason: string; by: string; now: Date },
): Promise<boolean> => {
  const { rows } = await sql`
    insert into screening.kit_conflict_decision (county_id, conflict_id, school_id, decision, reason, decided_by, decided_at)
    values (${given.countyId}, ${given.conflictId}, ${given.schoolId}, ${given.decision}, ${given.reason}, ${given.by}, ${given.now})
    on conflict do nothing returning conflict_id`.execute(trx)
  return rows.length === 1
}

// a day on its way ------------------------------------------------------------------------------------------------------

export type Upload = {
  readonly id: string
  readonly fileHash: string
  readonly size: number
  readonly received: number
  readonly startedBy: string
}
const uploadColumns = sql`id, file_hash as "fileHash", size, received, started_by as "startedBy"`

/** The upload of this file by this person: the one that was begun, or a new one. */
export const openUpload = async (
  trx: Trx,
  countyId: string,
  upload: Omit<Upload, 'received'>,
  now: Date,
  oldest: Date,
): Promise<Upload> => {
  await sql`delete from screening.kit_upload where county_id = ${countyId} and started_at < ${oldest}`.execute(trx)
  await sql`insert into screening.kit_upload (county_id, id, file_hash, size, started_by, started_at)
    values (${countyId}, ${upload.id}, ${upload.fileHash}, ${upload.size}, ${upload.startedBy}, ${now})
    on conflict (county_id, file_hash, started_by) do nothing`.execute(trx)
  const { rows } = await sql<Upload>`select ${uploadColumns} from screening.kit_upload
    where county_id = ${countyId} and file_hash = ${upload.fileHash} and started_by = ${upload.startedBy}`.execute(trx)
  return rows[0]!
}

export const lockUpload = async (trx: Trx, countyId: string, id: string, startedBy: string): Promise<Upload | undefined> =>
  (
    await sql<Upload>`select ${uploadColumns} from screening.kit_upload
    where county_id = ${countyId} and id = ${id} and started_by = ${startedBy} for update`.execute(trx)
  ).rows[0]

export const insertPiece = async (trx: Trx, countyId: string, uploadId: string, position: number, content: Buffer): Promise<number> => {
  await sql`insert into screening.kit_upload_piece (county_id, upload_id, position, content)
    values (${countyId}, ${uploadId}, ${position}, ${content})`.execute(trx)
  const { rows } = await sql<{ received: number }>`update screening.kit_upload set received = received + ${content.length}
    where county_id = ${countyId} and id = ${uploadId} returning received`.execute(trx)
  return rows[0]!.received
}

export const wholeUpload = async (trx: Trx, countyId: string, id: string): Promise<Buffer> => {
  const { rows } = await sql<{ content: Buffer }>`select content from screening.kit_upload_piece
    where county_id = ${countyId} and upload_id = ${id} order by position`.execute(trx)
  return Buffer.concat(rows.map(({ content }) => content))
}

export const dropUpload = (trx: Trx, countyId: string, id: string) =>
  sql`delete from screening.kit_upload where county_id = ${countyId} and id = ${id}`.execute(trx)
