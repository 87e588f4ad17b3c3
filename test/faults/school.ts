// A school of pupils who have signed in and answered, each in her own way, on the real server with its own database.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson } from '@tongxing/instruments'
import { findHome } from '../../packages/server/src/db/embedded/home.ts'
import { rowsOf } from '../../packages/server/test/rows.ts'
import { databaseUrl, personAt } from '../../packages/server/test/server-process.ts'
import { addSchool, addStudy, openSession, quietSheets, settle, sheetBody } from '../../packages/server/test/world.ts'
import type { SealedSheet } from '../../packages/web/src/pupil/keep/record.ts'
import { seal } from '../../packages/web/src/pupil/seal.ts'
import type { Receipt } from '../../packages/web/src/pupil/wire.ts'
import { startServer } from '../../scripts/demo/server-process.ts'

export type Pupil = {
  readonly seat: string
  readonly hash: string
  readonly answered: unknown
  /** The body as it is before sealing. */
  readonly plain: string
  /** To her session's key, as her page does it. */
  readonly seal: (text: string) => string
  readonly sheet: SealedSheet
}
export type Stored = Receipt & { readonly key: string; readonly answered: unknown }
export type Opened = Awaited<ReturnType<typeof openSchool>>

/** No two pupils of a class answer alike. */
const sheetsOf = (number: number) => {
  const digits = [...number.toString(4).padStart(7, '0')].map(Number)
  const gad7 = Object.fromEntries(digits.map((digit, place) => [`gad7_${place + 1}`, digit]))
  return { ...quietSheets(), 'gad-7': gad7 }
}

export const openSchool = async (pupils: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-line-'))
  const server = await startServer(folder, { ...process.env, TONGXING_DEMO: '0' })
  const stop = async () => {
    await server.stop()
    for (const path of [findHome(folder).folder, folder]) rmSync(path, { recursive: true, force: true }) // for root the database lies elsewhere
  }
  const person = (cookie?: string) => personAt(() => server.address, cookie)
  const county = await settle({ now: { value: new Date() }, person }, server.setUpToken)
  const schools = [await addSchool(county, '甲校', pupils), await addSchool(county, '乙校', 1)]
  const session = await openSession(county, schools[0]!, await addStudy(county, schools))
  let next = 0

  /** The next pupil: seated, and her sheet sealed as her page does it. */
  const pupil = async (): Promise<Pupil> => {
    const number = next++
    const ticket = { locator: session.locator, code: session.codes[number]!.code }
    const { token, sealTo } = (await person().post('/pupil/sign-in', ticket)).body
    const body = sheetBody(sheetsOf(number))
    const plain = JSON.stringify(body)
    const seat = `${session.locator}/${number}`
    const sheet: SealedSheet = {
      state: 'sealed',
      to: 'submissions',
      seat,
      ticket,
      revision: 1,
      token,
      key: createHash('sha256').update(`pupil ${number}`).digest('hex').slice(0, 32),
      body: seal(plain, sealTo),
      sealed: true,
      contact: null,
      demo: false,
    }
    return {
      seat,
      hash: createHash('sha256').update(canonicalJson(body)).digest('hex'),
      answered: body.sheets,
      plain,
      seal: (text) => seal(text, sealTo),
      sheet,
    }
  }

  /** What the database holds of these keys: one row for each sheet and receipt that there is. */
  const stored = (keys: readonly string[]) =>
    rowsOf<Stored>(
      databaseUrl(folder),
      `select r.idempotency_key as key, s.id as "submissionId", r.body_hash as "bodyHash", s.sheets as answered,
          to_char(r.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt"
        from screening.receipt r left join screening.submission s on s.county_id = r.county_id and s.seat_id = r.seat_id
        where r.idempotency_key = any ($1)`,
      [keys],
    )
  const rows = <Row>(statement: string, values: readonly unknown[] = []) => rowsOf<Row>(databaseUrl(folder), statement, values)
  return { address: server.address, person, pupil, stored, rows, stop }
}
