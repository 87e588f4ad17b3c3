// A county of the demonstration with a battery of 40 items, and as many more classes, seated and signed in, as the load needs.
import { randomBytes } from 'node:crypto'
import { type Definition, seededRandom, simulateAnswers } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import { normalQuantile } from '@tongxing/instruments/normal'
import { sealingKeys } from '../../packages/server/src/sessions/sealing.ts'
import { rowsOf } from '../../packages/server/test/rows.ts'
import { bytesOf } from '../../packages/web/src/pupil/bytes.ts'
import { seal } from '../../packages/web/src/pupil/seal.ts'
import { openSession } from '../../scripts/demo/duty.ts'
import { readProtocol } from '../../scripts/demo/protocol.ts'
import { buildCounty } from '../../scripts/demo/walk.ts'
import { type Seated, seatClasses } from './classes.ts'
import type { House } from './house.ts'

const items = { 'phq-9': 9, 'gad-7': 7, rses: 10, k6: 6, 'who-5': 5, 'ucla-3': 3 } // 40
const battery = Object.keys(items).map((instrument) => ({ instrument, version: '1.0.0' }))
const templates = 500

/** Whole requests, one of each pupil: that she is at her last question, and her sheet. */
type Requests = { readonly progress: readonly Uint8Array[]; readonly sheets: readonly Uint8Array[] }
/** Makes ready so many pupils who have signed in; each hands in once. */
export type Field = (count: number, wrapped?: 'plain' | 'sealed') => Promise<Requests>

type Body = { readonly plain: string; readonly asPagesSend: string }

/** Answers of the simulator, from the least to the most distressed of a population; pupils' pages also say how long each question stood there. */
const makeBodies = async (): Promise<readonly Body[]> => {
  const library = await loadLibrary()
  const definitions = battery.map(({ instrument, version }) => library.get(instrument, version) as Definition)
  const [random, pace] = [seededRandom(1), seededRandom(2)]
  return Array.from({ length: templates }, (_, place) => {
    const latent = normalQuantile((place + 0.5) / templates)
    const sheets = definitions.map((definition, part) => ({
      ...battery[part]!,
      answers: simulateAnswers(definition, { latent, random, skipRate: 0.004 }),
    }))
    const times = { startedAt: '2026-03-02T00:50:00.000Z', finishedAt: '2026-03-02T00:59:00.000Z' }
    const sat = { language: 'zh-CN', ...times, ended: 'finished' }
    const timed = sheets.map((sheet) => ({
      ...sheet,
      times: Object.fromEntries(Object.keys(sheet.answers).map((item) => [item, Math.round(800 + 4000 * pace())])),
    }))
    return { plain: JSON.stringify({ ...sat, sheets }), asPagesSend: JSON.stringify({ ...sat, aids: [], sheets: timed }) }
  })
}

type Post = { readonly to: 'progress' | 'submissions'; readonly token: string; readonly type: string; readonly body: Uint8Array }

const requestOf = (host: string, { to, token, type, body }: Post) => {
  const head = [
    `POST /api/v1/pupil/${to} HTTP/1.1`,
    `host: ${host}`,
    'accept: */*',
    'accept-language: zh-CN',
    `content-type: ${type}`,
    `authorization: Bearer ${token}`,
    `idempotency-key: ${randomBytes(16).toString('hex')}`,
    `content-length: ${body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body])
}

/** One open session in every school, as its proctor opens it. */
const openSessions = async (house: House): Promise<readonly string[]> => {
  const protocol = await readProtocol()
  const waves = protocol.waves.map((wave) => ({ ...wave, battery }))
  const county = await buildCounty({ server: house, out: { write: () => {} } }, { ...protocol, waves })
  const proctor = county.cast.proctor.browser
  const ids: string[] = []
  for (const { classes } of county.schools) {
    const asked = { classId: classes[0]!.id, studyId: county.studyId, wave: protocol.waves[0]!.id }
    const { id } = await proctor.post<{ id: string }>('/sessions', asked)
    await openSession(proctor, id)
    ids.push(id)
  }
  return ids
}

export const openField = async (house: House): Promise<Field> => {
  const sessionIds = await openSessions(house)
  const [session] = await rowsOf<{ countyId: string }>(house.databaseUrl, 'select county_id as "countyId" from screening.session limit 1')
  const bodies = await makeBodies()
  const { host } = new URL(house.address)
  const sealed = ({ sessionId }: Seated, text: string) =>
    bytesOf(seal(text, Buffer.from(sealingKeys(house.sheetKey, sessionId).publicKey).toString('base64')))
  const lastQuestion = Buffer.from(JSON.stringify({ at: 40, of: 40, now: 'answering' }))
  let next = 0
  return async (count, wrapped = 'plain') => {
    const seated = await seatClasses(house.databaseUrl, { countyId: session!.countyId, sessionIds }, count)
    const progress = seated.map(({ token }) => requestOf(host, { to: 'progress', token, type: 'application/json', body: lastQuestion }))
    const sheets = seated.map((pupil) => {
      const { plain, asPagesSend } = bodies[next++ % templates]!
      const post = { to: 'submissions', token: pupil.token } as const
      if (wrapped === 'plain') return requestOf(host, { ...post, type: 'application/json', body: Buffer.from(plain) })
      return requestOf(host, { ...post, type: 'application/vnd.tongxing.sealed', body: sealed(pupil, asPagesSend) })
    })
    return { progress, sheets }
  }
}
