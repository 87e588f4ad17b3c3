// REL-09: the database goes away and comes back while the server runs.
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { addSchool, addStudy, buildWorld, handIn, openSession, quietSheets, sheetBody, sit, type World } from './world.ts'

let world: World
let line: Server
let port = 0
const cables = new Set<Socket>()

const listen = () => new Promise<void>((resolve) => line.listen(port, '127.0.0.1', resolve))
const cut = async () => {
  const closed = new Promise((resolve) => line.close(resolve))
  for (const cable of cables) cable.destroy()
  await closed
}

beforeAll(async () => {
  const database = new URL(inject('administratorUrl'))
  line = createServer((near) => {
    const far = createConnection(Number(database.port), '127.0.0.1')
    for (const [cable, other] of [
      [near, far],
      [far, near],
    ] as const) {
      cables.add(cable)
      cable.pipe(other)
      cable
        .on('error', () => {})
        .on('close', () => {
          cables.delete(cable)
          other.destroy()
        })
    }
  })
  await listen()
  port = (line.address() as { port: number }).port
  world = await buildWorld({ via: (url) => Object.assign(new URL(url), { port: String(port) }).href })
})
afterAll(async () => {
  await world.close()
  await cut().catch(() => {})
})

test('REL-09: with the database away every call is an honest 503 with Retry-After, and afterwards the server goes on by itself', async () => {
  const schools = [await addSchool(world, '甲校', 2), await addSchool(world, '乙校', 1)]
  const session = await openSession(world, schools[0]!, await addStudy(world, schools))
  const { token } = await sit(world, session)
  const key = 'x'.repeat(20)
  await cut()
  const away = [
    await world.person().get('/health'),
    await world.管理员.get('/me'),
    await handIn(world, token, sheetBody(quietSheets()), key),
    await world.person().post('/pupil/sign-in', { locator: session.locator, code: session.codes[1]!.code }),
    await world.person().post('/sign-in', { username: 'admin', password: 'x', totp: '123456' }),
  ]
  for (const answer of away)
    expect(answer).toMatchObject({ status: 503, body: { code: 'database.unavailable' }, headers: { 'retry-after': '5' } })
  await listen()
  expect((await world.person().get('/health')).status).toBe(200)
  expect((await handIn(world, token, sheetBody(quietSheets()), key)).status).toBe(201)
})

test('REL-09: a connection that is cut in the middle of its work fails that call alone', async () => {
  for (let round = 1; round <= 20; round += 1) {
    const asked = Promise.all(Array.from({ length: 12 }, () => world.管理员.get('/units')))
    await delay(round)
    for (const cable of cables) cable.destroy()
    for (const { status } of await asked) expect([200, 503]).toContain(status)
  }
  expect((await world.管理员.get('/units')).status).toBe(200)
})
