// A signed-in member of staff: from the cookie's token to roles and schools, and what /me says of them.
import { z } from 'zod'
import type { StaffActor } from '../access.ts'
import type { Context } from '../context.ts'
import type { Database } from '../db/connect.ts'
import { inScope, nowhere, type Trx } from '../db/scope.ts'
import { role } from '../shapes.ts'
import { hashToken } from './credentials.ts'
import { countyOfAccount, grantsWithSchools } from './grants.ts'
import { accountOfSession, placeById } from './queries.ts'

export const meShape = z.strictObject({
  account: z.strictObject({ id: z.uuid(), username: z.string(), displayName: z.string() }),
  county: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  roles: z.array(z.strictObject({ role, unitId: z.uuid(), unitName: z.string() })),
  demo: z.boolean().describe('everything on this server is made up'),
  signInLinks: z.boolean().describe('a demonstration, which signs people in by links'),
})

export type SignedIn = Omit<StaffActor, 'scope'>

export const signedInAs = async (trx: Trx, account: { id: string; username: string; display_name: string }): Promise<SignedIn | null> => {
  const countyId = await countyOfAccount(trx, account.id)
  if (countyId === null) return null
  const grants = await grantsWithSchools(trx, countyId, account.id)
  return {
    kind: 'staff',
    accountId: account.id,
    username: account.username,
    displayName: account.display_name,
    countyId,
    countyName: (await placeById(trx, countyId, countyId))?.name ?? '',
    grants: grants.map((grant) => ({
      role: grant.role,
      unitId: grant.unit_id,
      unitName: grant.unit_name,
      schoolIds: grant.school_ids ?? [],
    })),
  }
}

export const findStaff =
  (db: Database, clock: () => Date) =>
  (token: string): Promise<SignedIn | null> =>
    inScope(db, nowhere, 'identity', async (trx) => {
      const account = await accountOfSession(trx, hashToken(token), clock())
      return account ? signedInAs(trx, account) : null
    })

export const meOf = (actor: SignedIn, { simulated, config }: Pick<Context, 'simulated' | 'config'>): z.infer<typeof meShape> => ({
  account: { id: actor.accountId, username: actor.username, displayName: actor.displayName },
  county: { id: actor.countyId, name: actor.countyName },
  roles: actor.grants.map(({ role: held, unitId, unitName: name }) => ({ role: held, unitId, unitName: name })),
  demo: simulated,
  signInLinks: config.demo,
})
