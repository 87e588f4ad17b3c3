// A demonstration county for the browser tests: the real server in a folder of its own, with its study, before anyone has answered or after both waves.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadLibrary } from '@tongxing/instruments/library'
import { rowsOf } from '../../packages/server/test/rows.ts'
import { databaseUrl } from '../../packages/server/test/server-process.ts'
import { readProtocol } from '../../scripts/demo/protocol.ts'
import { type ServerProcess, startServer } from '../../scripts/demo/server-process.ts'
import { buildCounty, type Enrolled, linksOf, type Outcome, walk } from '../../scripts/demo/walk.ts'

export type County<Is extends Enrolled = Enrolled> = {
  readonly address: string
  readonly outcome: Is
  /** What the server really keeps. */
  readonly rows: <Row>(statement: string, values?: readonly unknown[]) => Promise<readonly Row[]>
  readonly stop: () => Promise<void>
}

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'tongxing-county-'))

const silent = { write: () => {} }

const open = async <Is extends Enrolled>(settle: (server: ServerProcess, folder: string) => Promise<Is>): Promise<County<Is>> => {
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
      outcome: await settle(server, folder),
      rows: (statement, values) => rowsOf(databaseUrl(data), statement, values),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Schools, pupils, staff and the study; nobody has answered yet. */
export const openCounty = (): Promise<County> =>
  open(async (server) => {
    const built = await buildCounty({ server, out: silent }, await readProtocol())
    return { ...built, links: await linksOf(server, built) }
  })

/** The whole walk: both waves answered, cases decided, a dataset and its report made. */
export const openWalkedCounty = (): Promise<County<Outcome>> =>
  open(async (server, folder) => walk({ server, library: await loadLibrary(), folder, out: silent }))
