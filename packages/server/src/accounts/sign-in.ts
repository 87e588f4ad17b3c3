// Signing in and the one-time links that make an account: set-up, invitation and, on a demonstration server, a sign-in link.
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, nowhere, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { hashPassword, hashToken, newToken, newTotpSecret, otpauthUri, passwordMatches, seal, totpStep, unseal } from './credentials.ts'
import { countyOfAccount, enterCounty, insertGrants } from './grants.ts'
import { line } from './line.ts'
import * as queries from './queries.ts'
import { hoursAfter, linkHours, requirePassword, staffSessionHours } from './rules.ts'
import { type SignedIn, signedInAs } from './session.ts'

export type Opened = { readonly actor: SignedIn; readonly token: string }
type Account = { id: string; username: string; display_name: string }

const openSession = async (context: Context, trx: Trx, account: Account, method: string): Promise<Opened> => {
  const now = context.clock()
  const token = newToken(context.random)
  await queries.insertStaffSession(trx, {
    tokenHash: hashToken(token),
    accountId: account.id,
    now,
    expiresAt: hoursAfter(now, staffSessionHours),
  })
  const actor = await signedInAs(trx, account)
  if (!actor) throw new Problem('account.sign-in-refused')
  const scope = { countyId: actor.countyId, schoolIds: [], accountId: account.id }
  await record(trx, scope, context, [{ action: 'account.signed-in', subject: 'account', subjectIds: [account.id], details: { method } }])
  return { actor, token }
}

type Attempt = { username: string; password: string; totp: string }

const atThePassword = line(4)

/** What the account's password hash was when it fitted, checked outside any transaction: a flood of guesses holds no connection and no lock. */
const fittingHash = async (context: Context, { username, password }: Attempt): Promise<string> => {
  const hash = await inScope(context.db, nowhere, 'identity', (trx) => queries.passwordHashOf(trx, username))
  if (!(await passwordMatches(password, hash)) || hash === null) throw new Problem('account.sign-in-refused')
  return hash
}

export const signIn = async (context: Context, input: Attempt): Promise<Opened> => {
  const hash = await atThePassword(() => fittingHash(context, input))
  return inScope(context.db, nowhere, 'identity', async (trx) => {
    const account = await queries.accountByUsername(trx, input.username)
    if (account?.state !== 'active' || account.password_hash !== hash || !account.totp_secret) throw new Problem('account.sign-in-refused')
    const step = totpStep(unseal(account.totp_secret, context.secrets.totpKey), input.totp, context.clock())
    if (step === null || step <= account.totp_last_step) throw new Problem('account.sign-in-refused')
    await queries.rememberTotpStep(trx, account.id, step)
    return openSession(context, trx, account, 'password and one-time code')
  })
}

export const issueLink = async (context: Context, trx: Trx, purpose: queries.Invitation['purpose'], accountId: string | null) => {
  const now = context.clock()
  const token = newToken(context.random)
  await queries.insertInvitation(trx, {
    tokenHash: hashToken(token),
    accountId,
    purpose,
    now,
    expiresAt: hoursAfter(now, linkHours[purpose]),
  })
  return token
}

/** A database that outlives its data folder (DATABASE_URL) would refuse everybody's one-time code, and nobody could tell why. */
export const requireOwnSecrets = async (context: Context): Promise<void> => {
  const sealed = await inScope(context.db, nowhere, 'identity', queries.anySealedSecret)
  try {
    if (sealed !== null) unseal(sealed, context.secrets.totpKey)
  } catch (error) {
    throw new Error(
      'the accounts in this database were made with the secrets of another data folder; name that one with TONGXING_DATA, or copy its folder "secrets" into this one',
      { cause: error },
    )
  }
}

/** The first account's link, or null when somebody can already sign in. An older unused link dies. */
export const issueSetUpLink = (context: Context): Promise<string | null> =>
  inScope(context.db, nowhere, 'identity', async (trx) => {
    if (await queries.someoneIsActive(trx)) return null
    await queries.closeSetUpInvitations(trx, context.clock())
    return issueLink(context, trx, 'set-up', (await queries.unfinishedFirstAccount(trx))?.id ?? null)
  })

const invitationOf = async (context: Context, trx: Trx, token: string) => {
  const invitation = await queries.openInvitation(trx, hashToken(token), context.clock())
  if (!invitation) throw new Problem('invitation.not-valid')
  return invitation
}

export const inspectInvitation = (context: Context, token: string) =>
  inScope(context.db, nowhere, 'identity', async (trx) => {
    const invitation = await invitationOf(context, trx, token)
    if (invitation.purpose === 'sign-in-link') throw new Problem('invitation.not-valid')
    const account = invitation.accountId ? await queries.accountById(trx, invitation.accountId) : undefined
    return {
      purpose: invitation.purpose,
      username: account?.username ?? null,
      displayName: account?.display_name ?? null,
      expiresAt: invitation.expiresAt.toISOString(),
    }
  })

type Acceptance = { token: string; username: string; displayName: string; password: string; countyName?: string | undefined }

const beginFirstAccount = async (context: Context, trx: Trx, input: Acceptance): Promise<string> => {
  if (!input.countyName) throw new Problem('account.county-needed')
  const [accountId, countyId, now] = [context.ids(), context.ids(), context.clock()]
  if (
    !(await queries.insertAccount(trx, { id: accountId, username: input.username, displayName: input.displayName, state: 'pending', now }))
  )
    throw new Problem('account.username-taken', { username: input.username })
  await enterCounty(trx, countyId)
  await queries.insertCounty(trx, { id: countyId, name: input.countyName, now })
  await insertGrants(trx, countyId, accountId, [{ id: context.ids(), role: 'administrator', unitId: countyId }], now)
  await queries.attachInvitation(trx, hashToken(input.token), accountId)
  return accountId
}

const accountToSetUp = async (context: Context, trx: Trx, input: Acceptance) => {
  const invitation = await invitationOf(context, trx, input.token)
  if (invitation.purpose === 'sign-in-link') throw new Problem('invitation.not-valid')
  if (!invitation.accountId) return beginFirstAccount(context, trx, input)
  const countyId = await countyOfAccount(trx, invitation.accountId)
  if (invitation.purpose === 'set-up' && countyId && input.countyName) await queries.renameCounty(trx, countyId, input.countyName)
  return invitation.accountId
}

/** Sets user name, password and a fresh one-time-code secret. The account opens only when a code from it was shown (confirmInvitation). */
export const acceptInvitation = (context: Context, input: Acceptance) =>
  inScope(context.db, nowhere, 'identity', async (trx) => {
    requirePassword(input.password, input.username)
    const accountId = await accountToSetUp(context, trx, input)
    const secret = newTotpSecret(context.random)
    const passwordHash = await hashPassword(input.password, context.random)
    const totpSecret = seal(secret, context.secrets.totpKey, context.random)
    const free = await queries.setCredentials(trx, accountId, {
      username: input.username,
      displayName: input.displayName,
      passwordHash,
      totpSecret,
    })
    if (!free) throw new Problem('account.username-taken', { username: input.username })
    return { totpSecret: secret, otpauthUri: otpauthUri(secret, input.username) }
  })

export const confirmInvitation = (context: Context, input: { token: string; totp: string }): Promise<Opened> =>
  inScope(context.db, nowhere, 'identity', async (trx) => {
    const invitation = await invitationOf(context, trx, input.token)
    const account =
      invitation.accountId && invitation.purpose !== 'sign-in-link' ? await queries.accountById(trx, invitation.accountId) : undefined
    if (!account?.totp_secret) throw new Problem('invitation.not-valid')
    const step = totpStep(unseal(account.totp_secret, context.secrets.totpKey), input.totp, context.clock())
    if (step === null) throw new Problem('account.totp-wrong')
    await queries.activate(trx, account.id, step)
    await queries.useInvitation(trx, hashToken(input.token), context.clock())
    return openSession(context, trx, account, invitation.purpose)
  })

export const redeemSignInLink = (context: Context, token: string): Promise<Opened> =>
  inScope(context.db, nowhere, 'identity', async (trx) => {
    const invitation = await invitationOf(context, trx, token)
    const account =
      invitation.purpose === 'sign-in-link' && context.config.demo && invitation.accountId
        ? await queries.accountById(trx, invitation.accountId)
        : undefined
    if (account?.state !== 'active') throw new Problem('invitation.not-valid')
    await queries.useInvitation(trx, hashToken(token), context.clock())
    return openSession(context, trx, account, 'sign-in link of a demonstration server')
  })
