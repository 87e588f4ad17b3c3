import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { classification } from '../src/db/classification.ts'
import { createDatabase } from './databases.ts'

let client: Client
const schemas = "('identity', 'screening', 'tongxing')"

beforeAll(async () => {
  client = new Client({ connectionString: (await createDatabase()).url })
  await client.connect()
})
afterAll(() => client.end())

const rows = async <T>(sql: string): Promise<T[]> => (await client.query(sql)).rows as T[]

// The same on every shard (Citus reference tables): the staff directory, which is read before anyone's county is known, and the locator.
const referenceTables = [
  'identity.account',
  'identity.invitation',
  'identity.staff_session',
  'screening.locator',
  'tongxing.migration',
  'tongxing.simulated',
]

test('PRIV-01: every column of every table carries a class, a purpose and a retention, and nothing else does', async () => {
  const columns = await rows<{ name: string; column: string }>(
    `select table_schema || '.' || table_name as name, column_name as column from information_schema.columns where table_schema in ${schemas}`,
  )
  const inDatabase = columns.map((row) => `${row.name}.${row.column}`).sort()
  const classified = Object.entries(classification).flatMap(([name, table]) =>
    Object.keys(table.columns).map((column) => `${name}.${column}`),
  )
  expect(classified.sort()).toEqual(inDatabase)
  for (const table of Object.values(classification)) expect([table.purpose, table.retention].every((words) => words.length > 5)).toBe(true)
})

test('every tenant table has county_id first in its primary key, and in every unique key and foreign key to a tenant table', async () => {
  const keys = await rows<{ name: string; kind: string; columns: string[]; target: string | null; constraint: string }>(`
    select n.nspname || '.' || c.relname as name, k.contype as kind, k.conname as constraint,
      (select array_agg(a.attname order by u.position)::text[] from unnest(k.conkey) with ordinality as u(number, position)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = u.number) as columns,
      (select tn.nspname || '.' || t.relname from pg_class t join pg_namespace tn on tn.oid = t.relnamespace where t.oid = k.confrelid) as target
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${schemas} and k.contype in ('p', 'u', 'f')`)
  const tenantKeys = keys.filter(
    (key) => !referenceTables.includes(key.name) && !(key.kind === 'f' && key.target !== null && referenceTables.includes(key.target)),
  )
  expect(tenantKeys.length).toBeGreaterThan(30)
  expect(tenantKeys.filter((key) => key.columns[0] !== 'county_id').map((key) => `${key.name} ${key.constraint}`)).toEqual([])
  const indexes = await rows<{ definition: string }>(
    `select indexdef as definition from pg_indexes where schemaname in ${schemas} and indexdef like 'CREATE UNIQUE%'`,
  )
  const foreign = indexes.filter(
    ({ definition }) => !referenceTables.some((table) => definition.includes(` ON ${table} `)) && !/\(county_id[,)]/.test(definition),
  )
  expect(foreign).toEqual([])
})

test('there are tables in no other schema, and each has a primary key', async () => {
  const elsewhere = await rows(
    `select schemaname, tablename from pg_tables where schemaname not in ${schemas} and schemaname not in ('pg_catalog', 'information_schema')`,
  )
  expect(elsewhere).toEqual([])
  const keyless = await rows(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${schemas} and c.relkind = 'r' and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')`)
  expect(keyless).toEqual([])
})

test('no id comes from a sequence', async () => {
  expect(await rows(`select sequencename from pg_sequences where schemaname in ${schemas}`)).toEqual([])
})

test('SEC-03: row-level security is enabled and forced on every tenant table, each with a policy', async () => {
  const tables = await rows<{ name: string; enabled: boolean; forced: boolean; policies: number }>(`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ${schemas} and c.relkind = 'r'`)
  const shared = referenceTables.filter((table) => table !== 'screening.locator')
  const bare = tables.filter((table) => !shared.includes(table.name) && !(table.enabled && table.forced && table.policies > 0))
  expect(bare).toEqual([])
  expect(tables.length).toBe(Object.keys(classification).length)
})

test('SEC-03: the roles of the application own nothing, are not superusers and cannot bypass row-level security', async () => {
  const roles = await rows<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean; rolinherit: boolean; owned: number }>(`
    select r.rolname, r.rolsuper, r.rolbypassrls, r.rolinherit, (select count(*)::int from pg_class c where c.relowner = r.oid) + (select count(*)::int from pg_namespace n where n.nspowner = r.oid)
        + (select count(*)::int from pg_proc p where p.proowner = r.oid) as owned
    from pg_roles r where r.rolname like 'tongxing\\_%' and r.rolname <> 'tongxing_owner'`)
  expect(roles.length).toBeGreaterThanOrEqual(4)
  for (const role of roles) expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, owned: 0 })
  const logins = roles.filter((role) => role.rolname.startsWith('tongxing_login_'))
  expect(logins.length).toBeGreaterThan(0)
  for (const login of logins) expect(login.rolinherit).toBe(false)
})

test('PRIV-02: neither the export role nor the application role has any right on identity', async () => {
  const rights = await rows<{ role: string; name: string }>(`
    select r.role, n.nspname || '.' || c.relname as name from (values ('tongxing_export'), ('tongxing_app')) as r(role), pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'identity' and c.relkind = 'r' and has_any_column_privilege(r.role, c.oid, 'select, insert, update, references')`)
  expect(rights).toEqual([])
  const usage = await rows<{ role: string }>(
    "select role from (values ('tongxing_export'), ('tongxing_app')) as r(role) where has_schema_privilege(role, 'identity', 'usage')",
  )
  expect(usage).toEqual([])
})

test('the audit log is append-only for every role of the application', async () => {
  const rights = await rows(
    "select role from (values ('tongxing_app'), ('tongxing_identity'), ('tongxing_export')) as r(role) where has_any_column_privilege(role, 'screening.audit_event', 'update') or has_table_privilege(role, 'screening.audit_event', 'delete, truncate')",
  )
  expect(rights).toEqual([])
})
