// A small county for tests: the real application on a real database, with the fixed cast of people signed in over HTTP.
import { randomBytes } from 'node:crypto'
import { loadLibrary } from '@tongxing/instruments/library'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { inject } from 'vitest'
import { issueSetUpLink } from '../src/accounts/sign-in.ts'
import { type AppOptions, buildApp } from '../src/app.ts'
import { type NoticeField, noticeFields } from '../src/consents/notice.ts'
import type { Context } from '../src/context.ts'
import { connect, type Database } from '../src/db/connect.ts'
import { loginOf } from '../src/db/roles.ts'
import { simulatedData } from '../src/db/simulated.ts'
import { orderedIds } from '../src/db/uuid.ts'
import { createDatabase } from './databases.ts'

// tests look into answers freely
// biome-ignore lint/suspicious/noExplicitAny: the shape is what is being tested
export type Answer = { readonly status: number; readonly body: any; readonly headers: Record<string, unknown> }
export type Person = {
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
}

/** A county with its administrator, on whatever server. */
export type Settled = {
  readonly now: { value: Date }
  readonly person: (cookie?: string) => Person
  readonly countyId: string
  readonly 管理员: Person
}
export type World = Settled & {
  readonly app: FastifyInstance
  readonly db: Database
  readonly context: Context
  readonly administratorUrl: string
  readonly close: () => Promise<void>
}

const password = 'correct horse battery staple'

type Send = (method: 'GET' | 'POST', path: string, body: unknown, headers: Record<string, string>) => Promise<Answer>

export const personVia = (send: Send, cookie = ''): Person => {
  const call = (method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) =>
    send(method, path, body, { 'accept-language': 'en', ...(cookie ? { cookie } : {}), ...headers })
  return { get: (path, headers) => call('GET', path, undefined, headers), post: (path, body, headers) => call('POST', path, body, headers) }
}

const injected =
  (app: FastifyInstance): Send =>
  async (method, path, body, headers) => {
    const options: InjectOptions = { method, url: `/api/v1${path}`, headers }
    const response = await app.inject(body === undefined ? options : { ...options, payload: body as object })
    const text = response.body
    return {
      status: response.statusCode,
      body: /json/.test(String(response.headers['content-type'])) ? JSON.parse(text) : text,
      headers: response.headers,
    }
  }

const cookieOf = (answer: Answer) => String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!

/** Goes through the link, the password and the one-time code as a person would, and returns the signed-in person. */
export const join = async (
  world: Pick<World, 'person' | 'now'>,
  token: string,
  who: { username: string; displayName: string; countyName?: string },
): Promise<Person> => {
  const stranger = world.person()
  const accepted = await stranger.post('/invitations/accept', { token, ...who, password })
  const totp = new TOTP({ secret: Secret.fromBase32(accepted.body.totpSecret) }).generate({ timestamp: world.now.value.getTime() })
  return world.person(cookieOf(await stranger.post('/invitations/confirm', { token, totp })))
}

/** The first account and its county, made through the set-up link. */
export const settle = async (world: Pick<World, 'person' | 'now'>, setUpToken: string): Promise<Settled> => {
  const 管理员 = await join(world, setUpToken, { username: 'admin', displayName: '管理员', countyName: '测试县' })
  const me = await 管理员.get('/me')
  return { ...world, 管理员, countyId: me.body.county.id }
}

type WorldOptions = Partial<AppOptions> & {
  readonly demo?: boolean
  readonly publicUrl?: string
  /** False: nobody has an account yet, and 管理员 is a stranger. */
  readonly settled?: boolean
  /** Where the database is reached, when not directly. */
  readonly via?: (url: string) => string
  /** How many connections to the database it may hold at once. */
  readonly connections?: number
}

export const buildWorld = async (options: WorldOptions = {}): Promise<World> => {
  const database = await createDatabase()
  const db = connect(
    options.via?.(database.url) ?? database.url,
    loginOf(database.loginDatabase, inject('administratorSecret')),
    options.connections,
  )
  const now = { value: new Date('2026-03-02T01:00:00Z') }
  const clock = () => now.value
  const config = {
    databaseUrl: undefined,
    dataFolder: '',
    host: '127.0.0.1',
    port: 0,
    publicUrl: options.publicUrl,
    tls: 'auto' as const,
    demo: options.demo ?? false,
    helpContact: null,
    version: '0.0.0-test',
  }
  const context: Context = {
    db,
    config,
    simulated: await simulatedData(db, config.demo, now.value),
    library: await loadLibrary(),
    clock,
    ids: orderedIds(clock, randomBytes),
    random: randomBytes,
    secrets: { codePepper: randomBytes(32), totpKey: randomBytes(32), sheetKey: randomBytes(32), kitKey: randomBytes(32) },
  }
  const app = await buildApp(context, {
    webFolder: options.webFolder ?? null,
    log: options.log ?? null,
    ...(options.tls && { tls: options.tls }),
  })
  const send = injected(app)
  const person = (cookie?: string) => personVia(send, cookie)
  const settled =
    options.settled === false
      ? { now, person, 管理员: person(), countyId: '' }
      : await settle({ now, person }, (await issueSetUpLink(context))!)
  return {
    ...settled,
    app,
    db,
    context,
    administratorUrl: database.url,
    close: async () => {
      await app.close()
      await db.destroy()
    },
  }
}

export type School = { readonly schoolId: string; readonly classId: string; readonly participantIds: readonly string[] }

export const addSchool = async (world: Settled, name: string, pupils = 3): Promise<School> => {
  const { 管理员, countyId } = world
  const schoolId = (await 管理员.post('/units', { kind: 'school', parentId: countyId, name })).body.id
  const classId = (await 管理员.post('/units', { kind: 'class', parentId: schoolId, name: '七年级1班' })).body.id
  const participants = Array.from({ length: pupils }, (_, index) => ({
    name: `测${'甲乙丙丁戊己庚辛'[index % 8]}${index}`,
    studentNumber: `${name}${index}`,
    sex: index % 2 ? 'male' : 'female',
    birthDate: '2013-05-09',
    leftBehind: index % 2 === 0,
  }))
  const { participantIds } = (await 管理员.post(`/classes/${classId}/participants`, { participants })).body
  for (const purpose of ['screening', 'research']) await consent(world, classId, participantIds, purpose)
  return { schoolId, classId, participantIds }
}

export const consent = (
  world: Settled,
  classId: string,
  participantIds: readonly string[],
  purpose: string,
  decision = 'given',
  givenBy: 'guardian' | 'pupil' = 'guardian',
) =>
  world.管理员.post(`/classes/${classId}/consents`, {
    purpose,
    givenBy,
    decision,
    notice: { id: 'n', version: '1', hash: 'a'.repeat(64) },
    participantIds,
  })

const said = (title: string) => ({
  title,
  fields: Object.fromEntries(noticeFields.map((field) => [field, `${field}: ${title}`])) as Record<NoticeField, string>,
})

/** A whole notice, published at once; `renews`: consent to older texts counts no more. */
export const publishNotice = async (
  world: Settled,
  { schoolId = null, purpose = 'screening', party = null, renews = false, title = '告知书' }: NoticeWish = {},
): Promise<string> => {
  const texts = { 'zh-CN': said(title), en: said(`${title} (en)`) }
  const { noticeId } = (await world.管理员.post('/notices', { schoolId, purpose, party, texts })).body
  await world.管理员.post(`/notices/${noticeId}/publish`, { renews })
  return noticeId
}
type NoticeWish = {
  readonly schoolId?: string | null
  readonly purpose?: string
  readonly party?: string | null
  readonly renews?: boolean
  readonly title?: string
}

export const colleague = async (world: Settled, username: string, role: string, unitId: string): Promise<Person> => {
  const { invitationUrl } = (await world.管理员.post('/accounts', { username, displayName: username, roles: [{ role, unitId }] })).body
  return join(world, invitationUrl.split('#')[1], { username, displayName: username })
}

const entry = (instrument: string) => ({ instrument, version: '1.0.0' })
export const protocol = (id = 'trial', battery = ['phq-9', 'gad-7']) => ({
  schemaVersion: 1,
  id,
  title: { 'zh-CN': '测试研究', en: 'Test study' },
  simulated: true,
  arms: [
    { id: 'control', label: { 'zh-CN': '对照', en: 'Control' }, control: true },
    { id: 'programme', label: { 'zh-CN': '课程', en: 'Programme' }, control: false },
  ],
  waves: ['baseline', 'post'].map((wave) => ({ id: wave, label: { 'zh-CN': wave, en: wave }, battery: battery.map(entry) })),
  allocation: { unit: 'school' },
  primary: { scale: 'phq9_total', wave: 'post', baselineWave: 'baseline' },
  secondary: [],
  languages: ['zh-CN', 'en'],
})

export const addStudy = async (world: Settled, schools: readonly School[], id = 'trial'): Promise<string> => {
  const studyId = (await world.管理员.post('/studies', { protocol: protocol(id) })).body.id
  await world.管理员.post(`/studies/${studyId}/schools`, { schoolIds: schools.map((school) => school.schoolId) })
  await world.管理员.post(`/studies/${studyId}/allocation`, { seed: 7 })
  return studyId
}

export type OpenSession = {
  readonly sessionId: string
  readonly locator: string
  readonly codes: readonly { seatId: string; code: string; name: string }[]
}

/** The day of a time in a school. */
const dayOf = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
const accountIdOf = async (person: Person) => (await person.get('/me')).body.account.id as string

type Guard = { readonly owner: Person; readonly deputy: Person; readonly proven: Set<string> }
const guards = new WeakMap<Settled, Promise<Guard>>()
const guardOf = async (world: Settled): Promise<Guard> => ({
  owner: await colleague(world, 'on-duty', 'counsellor', world.countyId),
  deputy: await colleague(world, 'stand-in', 'counsellor', world.countyId),
  proven: new Set(),
})

/** Who is on duty in a school, and has confirmed a trial alert: without, no session that asks of risk is opened (SAF-08). */
export const ensureDuty = async (world: Settled, schoolId: string) => {
  if (!guards.has(world)) guards.set(world, guardOf(world))
  const { owner, deputy, proven } = await guards.get(world)!
  if (proven.has(schoolId)) return
  proven.add(schoolId)
  const [fromDay, toDay] = [0, 30].map((days) => dayOf(new Date(world.now.value.getTime() + days * 86_400_000)))
  const turn = { fromDay, toDay, ownerId: await accountIdOf(owner), deputyId: await accountIdOf(deputy) }
  await world.管理员.post(`/schools/${schoolId}/duty`, turn)
  await world.管理员.post(`/schools/${schoolId}/trial-alerts`)
  for (const person of [owner, deputy]) await confirmTrials(person)
}

export const confirmTrials = async (person: Person) => {
  const { alerts } = (await person.get('/trial-alerts')).body
  return person.post('/trial-alerts/confirm', { alertIds: alerts.map((alert: { id: string }) => alert.id) })
}

export const open = (by: Person, sessionId: string) => by.post(`/sessions/${sessionId}/open`, { confirmed: ['capacity', 'again'] })

export const openSession = async (world: Settled, school: School, studyId: string, wave = 'baseline'): Promise<OpenSession> => {
  await ensureDuty(world, school.schoolId)
  const { body } = await world.管理员.post('/sessions', { classId: school.classId, studyId, wave })
  await open(world.管理员, body.id)
  return { sessionId: body.id, locator: body.locator, codes: body.codes }
}

export const sit = async (world: Settled, session: OpenSession, seat = 0): Promise<{ token: string }> =>
  (await world.person().post('/pupil/sign-in', { locator: session.locator, code: session.codes[seat]!.code })).body

type Sheets = Record<string, Record<string, unknown>>
const filled = (short: string, items: number, value: number) =>
  Object.fromEntries(Array.from({ length: items }, (_, index) => [`${short}_${index + 1}`, value]))
export const quietSheets = (): Sheets => ({ 'phq-9': filled('phq9', 9, 0), 'gad-7': filled('gad7', 7, 0) })

export const sheetBody = (sheets: Sheets, ended: 'finished' | 'stopped' = 'finished') => ({
  language: 'zh-CN',
  startedAt: '2026-03-02T00:50:00.000Z',
  finishedAt: '2026-03-02T00:59:00.000Z',
  ended,
  sheets: Object.entries(sheets).map(([instrument, answers]) => ({ instrument, version: '1.0.0', answers })),
})

export const handIn = (world: Settled, token: string, body: unknown, key = randomBytes(16).toString('hex')) =>
  world.person().post('/pupil/submissions', body, { authorization: `Bearer ${token}`, 'idempotency-key': key })
