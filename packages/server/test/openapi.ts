// The OpenAPI document of the application as it is served. No database is asked: the routes alone make it.
import { randomBytes } from 'node:crypto'
import { loadLibrary } from '@tongxing/instruments/library'
import { buildApp } from '../src/app.ts'
import { parseConfig } from '../src/config.ts'
import { connect } from '../src/db/connect.ts'

export const openApiDocument = async (): Promise<string> => {
  const db = connect('postgres://nobody@127.0.0.1:1/none', { user: 'nobody', password: '' })
  const config = parseConfig({}, { dataFolder: '', version: '1' })
  const secrets = { codePepper: Buffer.alloc(32), totpKey: Buffer.alloc(32), sheetKey: Buffer.alloc(32), kitKey: Buffer.alloc(32) }
  const context = {
    db,
    config,
    simulated: false,
    library: await loadLibrary(),
    clock: () => new Date(0),
    ids: () => '',
    random: randomBytes,
    secrets,
  }
  const app = await buildApp(context, { webFolder: null, log: null })
  const document = `${JSON.stringify(app.swagger(), null, 2)}\n`
  await app.close()
  await db.destroy()
  return document
}
