// One demonstration county for the browser tests: the real server in a folder of its own, walked once through both waves.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadLibrary } from '@tongxing/instruments/library'
import { rowsOf } from '../../packages/server/test/rows.ts'
import { databaseUrl } from '../../packages/server/test/server-process.ts'
import { startServer } from '../../scripts/demo/server-process.ts'
import { type Outcome, walk } from '../../scripts/demo/walk.ts'

export type County = {
  readonly address: string
  readonly outcome: Outcome
  /** What the server really keeps. */
  readonly rows: <Row>(statement: string, values?: readonly unknown[]) => Promise<readonly Row[]>
  readonly stop: () => Promise<void>
}

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'tongxing-county-'))

export const openCounty = async (): Promise<County> => {
  const [data, folder] = [temporaryFolder(), temporaryFolder()]
  const server = await startServer(data, {
    ...process.env,
    TONGXING_PORT: '0',
    TONGXING_SCHOOL_CONTACT: '心理辅导室 三楼（演示）',
  })
  const stop = async () => {
    await server.stop()
    for (const path of [data, folder]) rmSync(path, { recursive: true, force: true })
  }
  try {
    return {
      address: server.address,
      outcome: await walk({ server, library: await loadLibrary(), folder, out: { write: () => {} } }),
      rows: (statement, values) => rowsOf(databaseUrl(data), statement, values),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
