import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../test/databases.ts'
import { connect, type Database } from './connect.ts'
import { last, unread } from './scope.ts'

let db: Database
let other: Database
beforeAll(async () => {
  const { username, password, href } = new URL((await createDatabase()).url)
  db = connect(href, { user: username, password }, 1)
  other = connect(href, { user: username, password }, 1)
  await sql`create table public.note (words text not null)`.execute(db)
})
afterAll(() => Promise.all([db.destroy(), other.destroy()]))

const words = async (from = db) =>
  (await sql<{ words: string }>`select words from public.note order by words`.execute(from)).rows.map((row) => row.words)
const note = (text: string | null) => sql`${unread} insert into public.note values (${text})`

test('SAF-01: a statement that nobody reads fails its whole transaction, also as the last one, and with its own error', async () => {
  const failing = (last: boolean) =>
    db.transaction().execute(async (trx) => {
      await note('before').execute(trx)
      await note(null).execute(trx)
      if (!last) await sql`select 1`.execute(trx)
    })
  for (const last of [true, false]) await expect(failing(last)).rejects.toMatchObject({ code: '23502' })
  expect(await words()).toEqual([])
})

test('a transaction that is given up leaves nothing behind, sent or not, and its connection goes on', async () => {
  const givenUp = db.transaction().execute(async (trx) => {
    await note('sent').execute(trx)
    await sql`select 1`.execute(trx)
    await note('not sent').execute(trx)
    throw new Error('given up')
  })
  await expect(givenUp).rejects.toThrow('given up')
  expect(await words()).toEqual([])
  await db.transaction().execute((trx) => note('kept').execute(trx))
  expect(await words()).toEqual(['kept'])
})

test('a last statement is committed with what went before it, and no later; when it fails nothing is, and its connection goes on', async () => {
  const lastly = (text: string | null) => sql`${last} insert into public.note values (${text})`
  const seen = await db.transaction().execute(async (trx) => {
    await note('first').execute(trx)
    await lastly('last').execute(trx)
    return words(other)
  })
  expect(seen).toEqual(expect.arrayContaining(['first', 'last']))
  const failing = db.transaction().execute(async (trx) => {
    await note('lost').execute(trx)
    await lastly(null).execute(trx)
  })
  await expect(failing).rejects.toMatchObject({ code: '23502' })
  await db.transaction().execute((trx) => note('next').execute(trx))
  expect(await words()).toEqual(['first', 'kept', 'last', 'next'])
})

test('what is said after the last statement is an error and not lost silently, and a connection that dies with the last one says so', async () => {
  const after = db.transaction().execute(async (trx) => {
    await sql`${last} select 1`.execute(trx)
    await note('unheard').execute(trx)
  })
  await expect(after).rejects.toThrow('after the last')
  const dying = db.transaction().execute((trx) => sql`${last} select pg_terminate_backend(pg_backend_pid())`.execute(trx))
  await expect(dying).rejects.toThrow(/terminat/)
  expect(await words()).not.toContain('unheard')
})

test('a statement that comes again is prepared, once; one with a list as long as its rows is not', async () => {
  for (let time = 0; time < 4; time += 1) {
    await sql`select ${time}::int as often`.execute(db)
    await sql`select ${sql.join(Array.from({ length: 21 }, () => time))}`.execute(db)
  }
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements where statement like '%select%'`.execute(
    db,
  )
  expect(rows).toEqual([{ statement: 'select $1::int as often' }])
})
