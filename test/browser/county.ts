// One demonstration county for the browser tests: the real server in a folder of its own, walked once through both waves.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadLibrary } from '@tongxing/instruments/library'
import { startServer } from '../../scripts/demo/server-process.ts'
import { type Outcome, walk } from '../../scripts/demo/walk.ts'

export type County = { readonly address: string; readonly outcome: Outcome; readonly stop: () => Promise<void> }

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
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const person = (number: number) => ({
  name: `演示${'甲乙丙丁'[number]}`,
  studentNumber: `DEMO-E${number}`,
  sex: number % 2 ? 'male' : 'female',
  birthDate: '2013-05-09',
  leftBehind: number === 0,
})

/** A class that has not been asked yet, in a school of the study. Returns its name. */
export const addClass = async ({ outcome }: County, pupils: number): Promise<string> => {
  const { administrator, schools } = outcome
  const name = '七年级9班'
  const { id } = await administrator.post<{ id: string }>('/units', { kind: 'class', parentId: schools[0]!.id, name })
  const participants = Array.from({ length: pupils }, (_, number) => person(number))
  const { participantIds } = await administrator.post<{ participantIds: string[] }>(`/classes/${id}/participants`, { participants })
  const notice = { id: 'demo-notice', version: '1', hash: 'a'.repeat(64) }
  await administrator.post(`/classes/${id}/consents`, {
    purpose: 'screening',
    givenBy: 'guardian',
    decision: 'given',
    notice,
    participantIds,
  })
  return name
}
