import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { issueSetUpLink, requireOwnSecrets } from '../src/accounts/sign-in.ts'
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
  expect((await world.person().get('/setup')).body).toEqual({ needed: false, demo: false, signInLinks: false })
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

test('a page that came through the proxy of the public address may call, whatever the proxy calls this server', async () => {
  const proxied = await buildWorld({ publicUrl: 'https://tongxing.example', settled: false })
  onTestFinished(() => proxied.close())
  const from = (origin: string) =>
    proxied.person().post('/sign-in', { username: 'ab', password: 'b', totp: '123456' }, { origin, host: '127.0.0.1:3000' })
  expect((await from('https://tongxing.example')).status).toBe(401)
  expect((await from('https://tongxing.example:8443')).status).toBe(403)
  expect((await from('http://tongxing.example')).status).toBe(403)
})

test('behind the proxy of the public address each caller is slowed alone', async () => {
  const proxied = await buildWorld({ publicUrl: 'https://tongxing.example', settled: false })
  onTestFinished(() => proxied.close())
  const guess = (address: string) =>
    proxied.person().post('/sign-in', { username: 'lin', password: 'b', totp: '123456' }, { 'x-forwarded-for': address })
  const guesses = await Promise.all(Array.from({ length: 12 }, () => guess('192.0.2.1')))
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(2)
  expect((await guess('192.0.2.2')).status).toBe(401)
})

test('a data folder whose secrets did not seal the accounts of this database is refused in a sentence', async () => {
  await requireOwnSecrets(world.context)
  const elsewhere = { ...world.context, secrets: { ...world.context.secrets, totpKey: randomBytes(32) } }
  await expect(requireOwnSecrets(elsewhere)).rejects.toThrow('secrets of another data folder')
})

test('SEC-04: a first account that was begun and never confirmed is finished with the next set-up link, under the same name', async () => {
  const fresh = await buildWorld({ settled: false })
  const begin = (token: string, countyName: string) =>
    fresh.person().post('/invitations/accept', { token, username: 'first', displayName: '第一人', password, countyName })
  const lost = (await issueSetUpLink(fresh.context))!
  expect((await begin(lost, '错县')).status).toBe(200)
  const next = (await issueSetUpLink(fresh.context))!
  expect((await fresh.person().post('/invitations/inspect', { token: lost })).status).toBe(404)
  const { totpSecret } = (await begin(next, '对县')).body
  const confirmed = await fresh.person().post('/invitations/confirm', { token: next, totp: codeAt(totpSecret) })
  expect(confirmed.body).toMatchObject({ account: { username: 'first' }, county: { name: '对县' } })
  expect((await begin(next, '对县')).status).toBe(404) // the link works once
  expect(await issueSetUpLink(fresh.context)).toBeNull()
  await fresh.close()
})

test('SEC-04: a fresh server has no account at all and asks for its set-up', async () => {
  const fresh = await buildWorld({ settled: false })
  expect((await fresh.person().get('/setup')).body).toEqual({ needed: true, demo: false, signInLinks: false })
  const enter = { username: 'admin', password: 'admin', totp: '000000' }
  expect((await fresh.person().post('/sign-in', enter)).status).toBe(401)
  expect(
    (await fresh.person().post('/invitations/accept', { token: 'x'.repeat(43), username: 'aa', displayName: 'a', password })).status,
  ).toBe(404)
  await fresh.close()
})

test('SEC-04: the set-up link needs the name of the county', async () => {
  const fresh = await buildWorld({ settled: false })
  const token = (await issueSetUpLink(fresh.context))!
  expect(await fresh.person().post('/invitations/accept', { token, username: 'aa', displayName: 'a', password })).toMatchObject({
    status: 400,
    body: { code: 'account.county-needed' },
  })
  await fresh.close()
})

test('nobody hands out more than what they hold: an administrator of one school reaches that school only', async () => {
  const [school, other] = [await addSchool(world, '丁校', 1), await addSchool(world, '戊校', 1)]
  const deputy = await colleague(world, 'deputy', 'administrator', school.schoolId)
  const invite = (role: string, unitId: string) =>
    deputy.post('/accounts', { username: `x${role}${unitId.slice(-6)}`, displayName: 'x', roles: [{ role, unitId }] })
  for (const unitId of [world.countyId, other.schoolId])
    expect(await invite('administrator', unitId)).toMatchObject({ status: 404, body: { code: 'unit.not-found' } })
  expect((await invite('proctor', school.schoolId)).status).toBe(201)
  const usernames = (await deputy.get('/accounts')).body.accounts.map((account: { username: string }) => account.username)
  expect(usernames).toContain('deputy')
  expect(usernames).not.toContain('admin')
  for (const parentId of [world.countyId, other.schoolId])
    expect((await deputy.post('/units', { kind: parentId === world.countyId ? 'school' : 'class', parentId, name: '新' })).status).toBe(404)
  expect((await deputy.post('/units', { kind: 'class', parentId: school.schoolId, name: '新' })).status).toBe(201)
})

test('a role stands where it means something: a researcher at the county, nobody at a class', async () => {
  const school = await addSchool(world, '己校', 1)
  const invite = (role: string, unitId: string) =>
    world.管理员.post('/accounts', { username: 'misplaced', displayName: 'x', roles: [{ role, unitId }] })
  for (const [role, unitId] of [
    ['researcher', school.schoolId],
    ['proctor', school.classId],
  ] as const)
    expect(await invite(role, unitId)).toMatchObject({ status: 400, body: { code: 'account.role-misplaced' } })
})

test('guessing is slowed for the address that guesses, and keeps nobody else from signing in', async () => {
  const secret = await secretOf(await invitation('target'), 'target')
  const from = (remoteAddress: string, word: string, totp: string) =>
    world.app.inject({ method: 'POST', url: '/api/v1/sign-in', remoteAddress, payload: { username: 'target', password: word, totp } })
  const guesses = await Promise.all(Array.from({ length: 12 }, () => from('192.0.2.7', 'wrong', '000000')))
  expect(guesses.map((answer) => answer.statusCode).sort()).toEqual([...Array(10).fill(401), 429, 429])
  const slowed = guesses.find((answer) => answer.statusCode === 429)!
  expect(slowed.json()).toMatchObject({ code: 'request.too-many' })
  expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0)
  expect((await from('192.0.2.8', password, codeAt(secret))).statusCode).toBe(401) // the account is not confirmed, but it was looked at
})

test('a request that changes nothing is not slowed: sixty people behind one address look at the start page', async () => {
  const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await world.person().get('/setup')).status))
  expect(new Set(statuses)).toEqual(new Set([200]))
})

test('a role that is given twice is held once', async () => {
  const twice = { role: 'researcher', unitId: world.countyId }
  const { status, body } = await world.管理员.post('/accounts', { username: 'doubled', displayName: 'x', roles: [twice, twice] })
  expect({ status, roles: body.account.roles.length }).toEqual({ status: 201, roles: 1 })
})

test('a user name that somebody else took meanwhile is refused in words, also when both accept at once', async () => {
  const tokens = [await invitation('twin-a'), await invitation('twin-b')]
  const accept = (token: string) => world.person().post('/invitations/accept', { token, username: 'twin', displayName: 'x', password })
  const answers = await Promise.all(tokens.map(accept))
  expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'account.username-taken'])
})

test('whoever floods the sign-in takes no connection to the database from the others', async () => {
  const narrow = await buildWorld({ connections: 1 })
  onTestFinished(() => narrow.close())
  const order: string[] = []
  const attempt = async (username: string) => {
    const { status } = await narrow.person().post('/sign-in', { username, password: 'guessed at random', totp: '123456' })
    order.push(`${username} ${status}`)
  }
  const flood = Array.from({ length: 8 }, (_, number) => attempt(number % 2 ? `nobody${number}` : 'admin'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  order.push(`health ${(await narrow.person().get('/health')).status}`)
  await Promise.all(flood)
  expect(order.slice(0, -1)).toContain('health 200')
  expect(order.filter((line) => line.endsWith('401'))).toHaveLength(8)
})
