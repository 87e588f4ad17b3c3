// Sheets over the real HTTP API into the embedded PostgreSQL: a quiet class after the other, and eight pupils at once.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadLibrary } from '@tongxing/instruments/library'
import { pupilsPerClass } from '../scripts/demo/county.ts'
import { readProtocol } from '../scripts/demo/protocol.ts'
import { startServer } from '../scripts/demo/server-process.ts'
import { buildCounty } from '../scripts/demo/walk.ts'
import { runWave } from '../scripts/demo/waves.ts'
import { type Say, times } from './timing.ts'

const widths = [1, 8] as const

export const submissions = async (say: Say) => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-bench-'))
  const server = await startServer(folder, { ...process.env, TONGXING_PORT: '0' })
  try {
    const protocol = await readProtocol()
    const { cast, ...built } = await buildCounty({ server, out: { write: () => {} } }, protocol)
    const library = await loadLibrary()
    const field = { ...built, address: server.address, proctor: cast.proctor.browser, library, protocol, seed: 1, pupilsPerClass }
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
