// An account ends, comes back, or begins anew: by another administrator, at once, and never so that nobody is left.
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rowsOf } from './rows.ts'
import { type Answer, addSchool, buildWorld, colleague, join, type Person, type School, type World } from './world.ts'

let world: World
let school: School
let other: School
beforeAll(async () => {
  world = await buildWorld()
  school = await addSchool(world, '甲校', 1)
  other = await addSchool(world, '乙校', 1)
  await colleague(world, 'on-duty', 'counsellor', world.countyId)
})
afterAll(() => world.close())

let number = 0
let username = ''
let person: Person
let accountId = ''
const idOf = async (name: string): Promise<string> =>
  (await world.管理员.get('/accounts')).body.accounts.find((one: { username: string }) => one.username === name).id
beforeEach(async () => {
  username = `proctor${number++}`
  person = await colleague(world, username, 'proctor', school.schoolId)
  accountId = await idOf(username)
})

const act = (what: 'disable' | 'enable' | 'invitations', who = world.管理员, id = accountId, body: unknown = {}) =>
  who.post(`/accounts/${id}/${what}`, body)
const tokenOf = ({ body }: Answer): string => body.invitationUrl.split('#')[1]
const password = 'correct horse battery staple' // as world.ts sets it
const actions = async (id: string) =>
  (
    await rowsOf<{ action: string }>(
      world.administratorUrl,
      `select action from screening.audit_event where subject = 'account' and $1 = any (subject_ids) order by occurred_at, id`,
      [id],
    )
  ).map(({ action }) => action)

test('SEC-04: a disabled account is out at once: its session ends, and neither its password nor an older link opens it', async () => {
  const begun = await act('invitations', world.管理员, await idOf(username))
  const again = await join(world, tokenOf(begun), { username, displayName: username })
  const open = tokenOf(await act('invitations', world.管理员, await idOf('on-duty')))
  expect((await again.get('/me')).status).toBe(200)
  expect(await act('disable')).toMatchObject({ status: 200, body: { username, state: 'disabled' } })
  expect(await again.get('/me')).toMatchObject({ status: 401, body: { code: 'account.sign-in-needed' } })
  expect((await world.person().post('/sign-in', { username, password, totp: '123456' })).status).toBe(401)
  expect((await world.person().post('/invitations/inspect', { token: tokenOf(begun) })).status).toBe(404)
  expect((await world.person().post('/invitations/inspect', { token: open })).status).toBe(200) // another person's link stays
  expect(await act('invitations')).toMatchObject({ status: 409, body: { code: 'account.disabled' } })
  await join(world, open, { username: 'on-duty', displayName: 'on-duty' })
})

test('SEC-04: an invitation that is just being accepted opens no account that was disabled meanwhile', async () => {
  const token = tokenOf(await act('invitations'))
  const { body } = await world.person().post('/invitations/accept', { token, username, displayName: username, password })
  await act('disable')
  const totp = new TOTP({ secret: Secret.fromBase32(body.totpSecret) }).generate({ timestamp: world.now.value.getTime() })
  expect(await world.person().post('/invitations/confirm', { token, totp })).toMatchObject({
    status: 404,
    body: { code: 'invitation.not-valid' },
  })
  expect((await act('enable')).body.state).toBe('invited') // it was never confirmed
})

test('an account that is enabled again has its old password and codes; its ended session stays ended', async () => {
  await act('disable')
  expect(await act('enable')).toMatchObject({ status: 200, body: { state: 'active' } })
  expect((await person.get('/me')).status).toBe(401)
  expect((await act('enable')).body.state).toBe('active') // again: nothing changes and nothing is recorded
  expect((await actions(accountId)).filter((action) => action.endsWith('abled'))).toEqual(['account.disabled', 'account.enabled'])
})

test('SEC-04: a lost phone or password: what was lost opens nothing any more, and the new link sets both anew, once', async () => {
  const made = await act('invitations')
  expect(made).toMatchObject({ status: 201, body: { account: { state: 'invited' } } })
  expect((await person.get('/me')).status).toBe(401)
  const [kept] = await rowsOf<{ password_hash: string | null; totp_secret: string | null }>(
    world.administratorUrl,
    'select password_hash, totp_secret from identity.account where id = $1',
    [accountId],
  )
  expect(kept).toEqual({ password_hash: null, totp_secret: null })
  const newer = await act('invitations')
  expect((await world.person().post('/invitations/inspect', { token: tokenOf(made) })).status).toBe(404) // only the newest link works
  const back = await join(world, tokenOf(newer), { username, displayName: username })
  expect((await back.get('/me')).body).toMatchObject({ account: { id: accountId }, roles: [{ role: 'proctor' }] })
  expect((await world.person().post('/invitations/inspect', { token: tokenOf(newer) })).status).toBe(404)
  expect(await actions(accountId)).toContain('account.invited-again')
})

test('nobody ends the own account', async () => {
  const own = await idOf('admin')
  for (const what of ['disable', 'enable', 'invitations'] as const)
    expect(await act(what, world.管理员, own)).toMatchObject({ status: 409, body: { code: 'account.not-oneself' } })
})

test('of two administrators who disable each other at once one stays', async () => {
  const pair = await Promise.all(['first', 'second'].map((name) => colleague(world, name, 'administrator', world.countyId)))
  const ids = await Promise.all(['first', 'second'].map(idOf))
  const answers = await Promise.all([act('disable', pair[0], ids[1]), act('disable', pair[1], ids[0])])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  const states = (await world.管理员.get('/accounts')).body.accounts.filter(({ id }: { id: string }) => ids.includes(id))
  expect(states.map(({ state }: { state: string }) => state).sort()).toEqual(['active', 'disabled'])
})

test('SAF-08: whoever is the last counsellor of a school is disabled only by an administrator who has been told of which school', async () => {
  const onDuty = await idOf('on-duty')
  const lin = await colleague(world, 'lin', 'counsellor', school.schoolId)
  const refused = await act('disable', world.管理员, onDuty)
  expect(refused).toMatchObject({ status: 409, body: { code: 'account.last-counsellor', parameters: { count: 1, schools: '乙校' } } })
  expect((await act('disable', world.管理员, await idOf('lin'))).status).toBe(200) // the county's counsellor is still there
  expect((await lin.get('/me')).status).toBe(401)
  expect((await act('disable', world.管理员, onDuty)).body.parameters).toMatchObject({ count: 2 })
  expect(await act('disable', world.管理员, onDuty, { accepted: true })).toMatchObject({ status: 200, body: { state: 'disabled' } })
  await act('enable', world.管理员, onDuty)
})

test('SAF-04: whoever is on duty today or later is disabled only by an administrator who has been told of the days', async () => {
  const [owner, deputy] = await Promise.all(
    ['owner', 'deputy'].map(async (name) => colleague(world, name, 'counsellor', world.countyId).then(() => idOf(name))),
  )
  const turn = (fromDay: string, toDay: string, ownerId = owner, deputyId = deputy) =>
    world.管理员.post(`/schools/${school.schoolId}/duty`, { fromDay, toDay, ownerId, deputyId })
  await turn('2026-02-20', '2026-03-05') // the clock stands at 2 March
  await turn('2026-03-04', '2026-03-04', await idOf('on-duty'), deputy)
  const days = '甲校 2026-03-02 – 2026-03-03、甲校 2026-03-05'
  expect(await act('disable', world.管理员, owner)).toMatchObject({ status: 409, body: { code: 'account.on-duty', parameters: { days } } })
  for (const name of ['on-duty', 'owner']) await act('disable', world.管理员, await idOf(name), { accepted: true })
  expect(await act('disable', world.管理员, deputy)).toMatchObject({
    status: 409,
    body: { code: 'account.last-counsellor-on-duty', parameters: { count: 2, days: '甲校 2026-03-02 – 2026-03-05' } },
  })
  for (const name of ['on-duty', 'owner']) await act('enable', world.管理员, await idOf(name))
  await turn('2026-03-02', '2026-03-05', owner, await idOf('on-duty'))
  expect((await act('disable', world.管理员, deputy)).status).toBe(200) // the rota has another in her place
})

test('SEC-02: an administrator of a school is invited at the county and herself invites for her school alone', async () => {
  const elsewhere = await addSchool(world, '别校', 1)
  const head = await colleague(world, 'head-of-one', 'administrator', school.schoolId)
  const invites = (username: string, role: string, unitId: string) =>
    head.post('/accounts', { username, displayName: username, roles: [{ role, unitId }] })
  expect((await invites('her-deputy', 'administrator', school.schoolId)).status).toBe(201)
  for (const [at, unitId] of [elsewhere.schoolId, elsewhere.classId, world.countyId].entries())
    for (const role of ['administrator', 'proctor'])
      expect(await invites(`stranger-${at}-${role}`, role, unitId)).toMatchObject({ status: 404, body: { code: 'unit.not-found' } })
})

test('SEC-02: an administrator of a school ends no account that reaches further, and is not told that it is there', async () => {
  const local = await colleague(world, 'local', 'administrator', school.schoolId)
  const county = await idOf('on-duty')
  const elsewhere = await colleague(world, 'elsewhere', 'proctor', other.schoolId).then(() => idOf('elsewhere'))
  for (const id of [county, elsewhere])
    for (const what of ['disable', 'enable', 'invitations'] as const)
      expect(await act(what, local, id)).toMatchObject({ status: 404, body: { code: 'account.not-found' } })
  expect((await act('disable', local)).status).toBe(200)
})
