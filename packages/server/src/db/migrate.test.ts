import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { migrate } from './migrate.ts'
import { loginOf } from './roles.ts'

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
  return { client, bring: () => migrate(url, loginOf(name, 'secret')) }
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
