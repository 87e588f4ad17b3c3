// Whether everything in this database is made up. The demonstration says so once, before anybody has an account; from then on the data
// say it themselves, whatever command serves them.
import type { Database } from './connect.ts'
import { inScope, nowhere, type Trx } from './scope.ts'

const isMarked = async (trx: Trx): Promise<boolean> =>
  (await trx.selectFrom('tongxing.simulated').select('sole').executeTakeFirst()) !== undefined

const mark = async (trx: Trx, now: Date) => {
  const somebody = await trx.selectFrom('identity.account').select('id').limit(1).executeTakeFirst()
  if (somebody)
    throw new Error(
      'TONGXING_DEMO=1 is for a database of its own: this one has accounts and does not say that its data are made up; name another data folder with TONGXING_DATA, or start without TONGXING_DEMO',
    )
  await trx
    .insertInto('tongxing.simulated')
    .values({ since: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A demonstration signs people in without a password: it marks an empty database, and is refused on one that is not marked. */
export const simulatedData = (db: Database, demo: boolean, now: Date): Promise<boolean> =>
  inScope(db, nowhere, 'identity', async (trx) => {
    if (await isMarked(trx)) return true
    if (demo) await mark(trx, now)
    return demo
  })
