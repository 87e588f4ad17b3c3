import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { migrate } from './migrate.ts'
import { ensureRoles, loginOf } from './roles.ts'

const all = readdirSync(new URL('./migrations/', import.meta.url)).sort()

const emptyDatabase = async () => {
  const administrator = new Client({ connectionString: inject('administratorUrl') })
  await administrator.connect()
  const name = `migrate_${randomBytes(6).toString('hex')}`
  await administrator.query(`create database ${name}`)
  await administrator.end()
  const url = new URL(`/${name}`, inject('administratorUrl')).href
  const client = new Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  return { client, name, bring: () => migrate(url, loginOf(name, 'secret')) }
}

test('REL-14: several servers that start at once on an empty database migrate it once', async () => {
  const { bring, client } = await emptyDatabase()
  const applied = await Promise.all([bring(), bring(), bring()])
  expect(applied.filter((names) => names.length > 0)).toEqual([all])
  expect(await bring()).toEqual([])
  const { rows } = await client.query('select name from tongxing.migration order by name')
  expect(rows).toEqual(all.map((name) => ({ name })))
})

test('REL-14: a migration that fails half-way leaves nothing of itself, and runs again when the obstacle is gone', async () => {
  const { bring, client } = await emptyDatabase()
  await client.query('create schema screening')
  await expect(bring()).rejects.toThrow('schema "screening" already exists')
  expect((await client.query("select from pg_namespace where nspname = 'identity'")).rowCount).toBe(0)
  await client.query('drop schema screening')
  expect(await bring()).toEqual(all)
})

test('a migration that was changed after its release is refused', async () => {
  const { bring, client } = await emptyDatabase()
  await bring()
  await client.query("update tongxing.migration set hash = 'other'")
  await expect(bring()).rejects.toThrow('migration 0001-house.sql differs from the one that was applied')
})

test('a database of a newer Tongxing is refused and named', async () => {
  const { bring, client } = await emptyDatabase()
  await bring()
  await client.query("insert into tongxing.migration (name, hash) values ('0999-later.sql', 'x')")
  await expect(bring()).rejects.toThrow('newer version of Tongxing (0999-later.sql)')
})

test('REL-14: pupils and flags of an older schema are there afterwards, have a history and a seat, and stay hidden from other counties', async () => {
  const { bring, client, name } = await emptyDatabase()
  await ensureRoles(client, loginOf(name, 'secret'))
  await client.query('set role tongxing_owner')
  await client.query('create schema tongxing')
  await client.query(
    'create table tongxing.migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
  )
  for (const file of all.filter((own) => own < '0007')) {
    const text = readFileSync(new URL(`./migrations/${file}`, import.meta.url), 'utf8')
    await client.query(text)
    await client.query('insert into tongxing.migration (name, hash) values ($1, $2)', [
      file,
      createHash('sha256').update(text).digest('hex'),
    ])
  }
  await client.query('reset role')
  const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`
  await client.query(`insert into screening.unit (county_id, id, parent_id, school_id, kind, name, created_at) values
    ('${id(1)}', '${id(1)}', null, null, 'county', 'c', now()), ('${id(1)}', '${id(2)}', '${id(1)}', '${id(2)}', 'school', 's', now()),
    ('${id(1)}', '${id(3)}', '${id(2)}', '${id(2)}', 'class', 'k', now())`)
  await client.query(`insert into screening.participant (county_id, id, school_id, class_id, sex, birth_month, created_at, left_at) values
    ('${id(1)}', '${id(4)}', '${id(2)}', '${id(3)}', 'female', '2013-05-01', '2025-09-01', null),
    ('${id(1)}', '${id(5)}', '${id(2)}', '${id(3)}', 'male', '2013-05-01', '2025-09-01', '2026-01-15')`)
  await client.query(`
    insert into screening.study (county_id, id, protocol, protocol_hash, created_by, created_at) values
      ('${id(1)}', '${id(6)}', '{}', 'h', '${id(9)}', now());
    insert into screening.session (county_id, id, school_id, class_id, study_id, wave, locator, battery, state, created_by, created_at) values
      ('${id(1)}', '${id(7)}', '${id(2)}', '${id(3)}', '${id(6)}', 'w', 'L', '[]', 'open', '${id(9)}', now());
    insert into screening.seat (county_id, id, school_id, session_id, participant_id, number, state) values
      ('${id(1)}', '${id(8)}', '${id(2)}', '${id(7)}', '${id(4)}', 1, 'submitted');
    insert into screening.submission
      (county_id, id, school_id, seat_id, session_id, participant_id, study_id, wave, language, ended, sheets, scores, started_at, finished_at, received_at)
      values ('${id(1)}', '${id(1)}', '${id(2)}', '${id(8)}', '${id(7)}', '${id(4)}', '${id(6)}', 'w', 'zh-CN', 'finished', '[]', '[]', now(), now(), now());
    insert into screening.flag
      (county_id, id, school_id, submission_id, seat_id, participant_id, study_id, wave, instrument, version, rule, kind, urgency, subject, value,
       answered_at, raised_at, due_at)
      select '${id(1)}', own.id, '${id(2)}', own.sheet, own.seat, '${id(4)}', '${id(6)}', 'w', '', '', own.kind, own.kind, 'prompt', '', '2', now(), now(), now()
      from (values ('${id(1)}'::uuid, 'item', '${id(1)}'::uuid, null::uuid), ('${id(2)}', 'request', null, '${id(8)}')) own (id, kind, sheet, seat)`)
  expect(await bring()).toEqual(all.filter((own) => own >= '0007'))
  const { rows } = await client.query('select participant_id, came, went from screening.enrolment order by participant_id')
  expect(rows).toEqual([
    { participant_id: id(4), came: 'enrolled', went: null },
    { participant_id: id(5), came: 'enrolled', went: 'left' },
  ])
  const flags = await client.query('select kind, seat_id from screening.flag order by kind')
  expect(flags.rows).toEqual([
    { kind: 'item', seat_id: id(8) },
    { kind: 'request', seat_id: id(8) },
  ])
  expect((await client.query('select heard from screening.seat')).rows).toEqual([{ heard: true }])
  const open = await client.query(
    "select relname from pg_class join pg_namespace n on n.oid = relnamespace where nspname in ('screening', 'identity') and relrowsecurity and not relforcerowsecurity",
  )
  expect(open.rows).toEqual([])
})
