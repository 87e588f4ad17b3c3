// Sheets over the real HTTP API into the embedded PostgreSQL: a quiet class after the other, and eight pupils at once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadLibrary } from '@tongxing/instruments/library'
import { buildSchools, countyName, enrol, pupilsPerClass } from '../scripts/demo/county.ts'
import { readProtocol } from '../scripts/demo/protocol.ts'
import { startServer } from '../scripts/demo/server-process.ts'
import { castOf, firstAdministrator } from '../scripts/demo/staff.ts'
import { startStudy } from '../scripts/demo/study.ts'
import { runWave } from '../scripts/demo/waves.ts'
import { type Say, times } from './timing.ts'

const seed = 1
const widths = [1, 8] as const

export const submissions = async (say: Say) => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-bench-'))
  const server = await startServer(folder, { ...process.env, TONGXING_PORT: '0' })
  try {
    const { address, setUpToken } = server
    const administrator = await firstAdministrator(address, setUpToken, countyName)
    const { county } = await administrator.get<{ county: { id: string } }>('/me')
    const { proctor, researcher } = await castOf(address, administrator, county.id)
    const schools = await buildSchools(administrator, county.id)
    await enrol(administrator, schools, seed)
    const protocol = await readProtocol()
    const { studyId, armOf } = await startStudy(researcher.browser, protocol, schools, seed)
    const field = {
      address,
      proctor: proctor.browser,
      library: await loadLibrary(),
      protocol,
      studyId,
      schools,
      armOf,
      seed,
      pupilsPerClass,
    }
    const rates: number[] = []
    for (const [place, wave] of protocol.waves.entries()) {
      const width = widths[place]!
      const began = performance.now()
      const sheets = await runWave({ ...field, width, progress: { step: () => {}, done: () => {} } }, wave)
      rates.push(sheets / ((performance.now() - began) / 1000))
      say(`${width} at once: ${rates.at(-1)!.toFixed(0)} pupils a second sign in and hand in ${wave.battery.length} instruments`)
    }
    say(`eight at once do ${times(rates[1]!, rates[0]!)} as many`)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
