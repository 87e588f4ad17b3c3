import { sql } from 'kysely'
import { Client } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createDatabase } from '../../test/databases.ts'
import { connect } from './connect.ts'
import { loginOf } from './roles.ts'

test('REL-01: commits are durable even on a server whose own default is not', async () => {
  const { url, loginDatabase } = await createDatabase()
  const owner = new Client({ connectionString: url })
  await owner.connect()
  await owner.query(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`)
  await owner.end()
  const db = connect(url, loginOf(loginDatabase, inject('administratorSecret')))
  onTestFinished(() => db.destroy())
  const { rows } = await sql`show synchronous_commit`.execute(db)
  expect(rows).toEqual([{ synchronous_commit: 'on' }])
})
