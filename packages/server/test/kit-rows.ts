// Rows of offline kits in a school, as the owner of the database writes them: for tests of who may see and do what.
import { randomUUID } from 'node:crypto'
import { rowsOf } from './rows.ts'

const hash = 'c'.repeat(64)

export const addKitRows = async (databaseUrl: string, countyId: string, schoolId: string, accountId: string) => {
  const [kitId, conflictId, nameConflictId, uploadId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const insert = (text: string, ...values: readonly unknown[]) => rowsOf(databaseUrl, text, values)
  await insert(
    `insert into screening.kit (county_id, id, school_id, side, recipient, secret, file_hash, counts, made_by, made_at, valid_until)
     values ($1, $2, $3, 'taken', 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj', $4, $4, '{}', $5, now(), now())`,
    ...[countyId, kitId, schoolId, hash, accountId],
  )
  await insert(
    `insert into screening.kit_day (county_id, id, school_id, kit_id, counter, side, file_hash, counts, written_at, handled_at)
     values ($1, gen_random_uuid(), $2, $3, 1, 'written', $4, '{}', now(), now())`,
    ...[countyId, schoolId, kitId, hash],
  )
  await insert(
    `insert into screening.kit_version values ($1, $2, 'screening.unit', 'x', $3, $4, '{name}', 0)`,
    ...[countyId, kitId, hash, schoolId],
  )
  for (const [schema, id, table] of [
    ['screening', conflictId, 'screening.submission'],
    ['identity', nameConflictId, 'identity.person'],
  ])
    await insert(
      `insert into ${schema}.kit_conflict values ($1, $2, $3, $4, gen_random_uuid(), $5, 'x', $6, '{}', '{}', now())`,
      ...[countyId, id, schoolId, kitId, table, hash],
    )
  await insert(
    `insert into screening.kit_conflict_decision values ($1, $2, $3, 'ours', 'seen', $4, now())`,
    ...[countyId, nameConflictId, schoolId, accountId],
  )
  await insert(
    `insert into screening.kit_upload values ($1, $2, $3, 9, 1, $4, now()) on conflict do nothing`,
    ...[countyId, uploadId, uploadId.replaceAll('-', '').padEnd(64, '0'), accountId],
  )
  await insert(`insert into screening.kit_upload_piece values ($1, $2, 0, '\\x00')`, countyId, uploadId)
  return { kitId, conflictId, uploadId }
}
