// PRIV-12: a sheet that arrives sealed is the same sheet.
import { randomBytes } from 'node:crypto'
import nacl from 'tweetnacl'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealedType } from '../src/sessions/sealing.ts'
import { addSchool, addStudy, buildWorld, handIn, type OpenSession, openSession, quietSheets, sheetBody, sit, type World } from './world.ts'

let world: World
let session: OpenSession
let other: OpenSession

beforeAll(async () => {
  world = await buildWorld()
  const schools = [await addSchool(world, '甲校', 6), await addSchool(world, '乙校', 2)]
  const studyId = await addStudy(world, schools)
  session = await openSession(world, schools[0]!, studyId)
  other = await openSession(world, schools[1]!, studyId)
})
afterAll(() => world.close())

type Seated = { readonly token: string; readonly sealTo: string }
const seat = async (of: OpenSession, number: number) => (await sit(world, of, number)) as Seated

const seal = (text: string, key: string) => {
  const [pair, nonce] = [nacl.box.keyPair(), nacl.randomBytes(24)]
  const box = nacl.box(new TextEncoder().encode(text), nonce, Buffer.from(key, 'base64'), pair.secretKey)
  return Buffer.concat([pair.publicKey, nonce, box])
}

const handInSealed = async (token: string, payload: Buffer, key = randomBytes(16).toString('hex')) => {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': sealedType, 'accept-language': 'en' }
  const response = await world.app.inject({ method: 'POST', url: '/api/v1/pupil/submissions', headers, payload })
  return { status: response.statusCode, body: response.json() }
}
const stateOf = async (number: number) => (await world.管理员.get(`/sessions/${session.sessionId}`)).body.seats[number].state

test('PRIV-12: a sealed sheet is stored, and sealed anew or sent open under its key it gets the same receipt', async () => {
  const { token, sealTo } = await seat(session, 0)
  const body = sheetBody(quietSheets())
  const key = 'k'.repeat(20)
  const first = await handInSealed(token, seal(JSON.stringify(body), sealTo), key)
  expect(first.status).toBe(201)
  expect(await handInSealed(token, seal(JSON.stringify(body), sealTo), key)).toEqual(first)
  expect((await handIn(world, token, body, key)).body).toEqual(first.body)
  expect(await stateOf(0)).toBe('submitted')
})

test('PRIV-12: what was sealed to another session, changed or cut short is refused, and nothing is stored', async () => {
  const { token, sealTo } = await seat(session, 1)
  const elsewhere = await seat(other, 0)
  const text = JSON.stringify(sheetBody(quietSheets()))
  const good = seal(text, sealTo)
  const changed = Buffer.from(good)
  changed[80] = changed[80]! ^ 1
  for (const payload of [seal(text, elsewhere.sealTo), changed, good.subarray(0, 50), Buffer.from('no box')])
    expect(await handInSealed(token, payload)).toMatchObject({ status: 400, body: { code: 'submission.seal-broken' } })
  expect(await stateOf(1)).toBe('started')
  expect((await handInSealed(token, good)).status).toBe(201)
})

test('SEC-07: inside the seal the same schema holds, and what is no JSON is said to be none', async () => {
  const { token, sealTo } = await seat(session, 2)
  const odd = { ...sheetBody(quietSheets()), more: 1 }
  expect(await handInSealed(token, seal(JSON.stringify(odd), sealTo))).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
  expect(await handInSealed(token, seal('{', sealTo))).toMatchObject({ status: 400, body: { code: 'request.not-json' } })
  const sheets = { ...quietSheets(), 'phq-9': { phq9_9: 9 } }
  const wrong = await handInSealed(token, seal(JSON.stringify(sheetBody(sheets)), sealTo))
  expect(wrong).toMatchObject({ status: 400, body: { code: 'submission.answers-wrong' } })
  expect(await stateOf(2)).toBe('started')
})

test('REL-08: a sheet of 20 kB before it is sealed goes through, and one byte more does not', async () => {
  const { token, sealTo } = await seat(session, 4)
  const padded = (size: number) => JSON.stringify(sheetBody(quietSheets())).padEnd(size)
  expect(await handInSealed(token, seal(padded(20_001), sealTo))).toMatchObject({ status: 413, body: { code: 'request.too-large' } })
  expect((await handInSealed(token, seal(padded(20_000), sealTo))).status).toBe(201)
})

test('a seal opens nothing without a seat', async () => {
  const { sealTo } = await seat(session, 3)
  expect((await handInSealed('x'.repeat(107), seal('{}', sealTo))).status).toBe(401)
})

test('what is sealed is read as strictly as what is sent open, and only from a pupil', async () => {
  const { token, sealTo } = await seat(session, 2)
  const text = JSON.stringify(sheetBody(quietSheets()))
  for (const bad of [text.replace('"answers":{', '"answers":{"__proto__":{"phq9_9":3},'), '', '{', '['.repeat(10_000)])
    expect(await handInSealed(token, seal(bad, sealTo))).toMatchObject({ status: 400, body: { code: 'request.not-json' } })
  expect(await stateOf(2)).toBe('started')
  const headers = { 'content-type': sealedType }
  const strange = await world.app.inject({ method: 'POST', url: '/api/v1/pupil/sign-in', headers, payload: seal('{}', sealTo) })
  expect(strange.statusCode).toBe(415)
})
