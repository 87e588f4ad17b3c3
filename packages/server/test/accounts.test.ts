import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueSetUpLink } from '../src/accounts/sign-in.ts'
import { addSchool, buildWorld, colleague, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await buildWorld()
})
afterAll(() => world.close())

const password = 'a long enough passphrase'
const secretOf = async (token: string, username: string) =>
  (await world.person().post('/invitations/accept', { token, username, displayName: username, password })).body.totpSecret as string
const codeAt = (secret: string, offsetSeconds = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.now.value.getTime() + offsetSeconds * 1000 })
const invitation = async (username: string) => {
  const { body } = await world.管理员.post('/accounts', {
    username,
    displayName: username,
    roles: [{ role: 'researcher', unitId: world.countyId }],
  })
  return body.invitationUrl.split('#')[1] as string
}

test('SEC-04: once somebody can sign in, no set-up link is issued any more', async () => {
  expect(await issueSetUpLink(world.context)).toBeNull()
  expect((await world.person().get('/setup')).body).toEqual({ needed: false, demo: false })
})

test('SEC-04: an invitation opens an account with password and one-time code, once', async () => {
  const token = await invitation('wang')
  expect((await world.person().post('/invitations/inspect', { token })).body).toMatchObject({ purpose: 'invitation', username: 'wang' })
  const secret = await secretOf(token, 'wang')
  expect(await world.person().post('/invitations/confirm', { token, totp: codeAt(secret, 3600) })).toMatchObject({
    status: 400,
    body: { code: 'account.totp-wrong' },
  })
  const confirmed = await world.person().post('/invitations/confirm', { token, totp: codeAt(secret) })
  expect(confirmed).toMatchObject({ status: 200, body: { account: { username: 'wang' } } })
  expect(String(confirmed.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/)
  expect((await world.person().post('/invitations/inspect', { token })).body.code).toBe('invitation.not-valid')

  const enter = (offset: number, word = password) =>
    world.person().post('/sign-in', { username: 'wang', password: word, totp: codeAt(secret, offset) })
  expect(await enter(0)).toMatchObject({ status: 401, body: { code: 'account.sign-in-refused' } }) // this code was used already
  expect(await enter(30, 'another long passphrase')).toMatchObject({ status: 401 })
  expect(await enter(30)).toMatchObject({ status: 200 })
  expect(await enter(30)).toMatchObject({ status: 401 })
})

test('a weak password, and one that is the user name, are refused', async () => {
  const token = await invitation('averylongusername')
  for (const word of ['short', 'averylongusername'])
    expect(
      await world.person().post('/invitations/accept', { token, username: 'averylongusername', displayName: 'x', password: word }),
    ).toMatchObject({ status: 400, body: { code: 'account.password-weak' } })
})

test('an expired invitation is refused', async () => {
  const token = await invitation('late')
  const before = world.now.value
  world.now.value = new Date(before.getTime() + 8 * 86_400_000)
  expect((await world.person().post('/invitations/inspect', { token })).status).toBe(404)
  world.now.value = before
})

test('a user name that is taken is refused without telling more', async () => {
  expect(
    await world.管理员.post('/accounts', { username: 'admin', displayName: 'x', roles: [{ role: 'researcher', unitId: world.countyId }] }),
  ).toMatchObject({ status: 409, body: { code: 'account.username-taken' } })
})

test('signing out ends the session on the server', async () => {
  const school = await addSchool(world, '丙校', 1)
  const person = await colleague(world, 'leaver', 'proctor', school.schoolId)
  expect((await person.get('/me')).status).toBe(200)
  expect((await person.post('/sign-out', {})).status).toBe(204)
  expect((await person.get('/me')).status).toBe(401)
})

test('only a demonstration server issues and honours sign-in links', async () => {
  const { accounts } = (await world.管理员.get('/accounts')).body
  expect(await world.管理员.post(`/accounts/${accounts[0].id}/sign-in-links`, {})).toMatchObject({
    status: 403,
    body: { code: 'account.demo-only' },
  })
  const demo = await buildWorld({ demo: true })
  const own = (await demo.管理员.get('/accounts')).body.accounts[0]
  const { url } = (await demo.管理员.post(`/accounts/${own.id}/sign-in-links`, {})).body
  const token = url.split('#')[1]
  expect((await demo.person().post('/sign-in-links/redeem', { token })).body).toMatchObject({ demo: true, account: { username: 'admin' } })
  expect((await demo.person().post('/sign-in-links/redeem', { token })).status).toBe(404)
  await demo.close()
})

test('a request from another site is refused', async () => {
  const answer = await world
    .person()
    .post('/sign-in', { username: 'a', password: 'b', totp: '123456' }, { origin: 'http://evil.example', host: 'school.local' })
  expect(answer).toMatchObject({ status: 403, body: { code: 'request.foreign-origin' } })
})
