// `npm run demo`: a fictional county walked from a questionnaire to care and to evidence, over the real HTTP API, before the newcomer's eyes.
import { mkdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadLibrary } from '@tongxing/instruments/library'
import { clearElsewhere, databaseElsewhere } from './demo/elsewhere.ts'
import { startServer } from './demo/server-process.ts'
import { say, tellOutcome, tellServer } from './demo/telling.ts'
import { openForTrying } from './demo/try-out.ts'
import { walk } from './demo/walk.ts'
import { told } from './demo/words.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const usage = 'npm run demo -- [--once]   --once ends the server after the walk instead of leaving it running'

const readOptions = () => {
  try {
    return parseArgs({ options: { once: { type: 'boolean', default: false } } }).values
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

/** A folder of this run's own: demo-data/2026-03-02-090000, with a number behind it when two start in one second. */
const ownFolder = () => {
  const stamp = new Date().toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')
  mkdirSync(join(root, 'demo-data'), { recursive: true })
  for (let number = 1; ; number += 1) {
    const folder = join(root, 'demo-data', number === 1 ? stamp : `${stamp}-${number}`)
    try {
      mkdirSync(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

const run = async (): Promise<number> => {
  const { once } = readOptions()
  const began = Date.now()
  const library = await loadLibrary()
  const folder = ownFolder()
  say(told({ key: 'title' }))
  say(told({ key: 'folder', value: relative(root, folder), indent: '  ' }))
  const dataFolder = join(folder, 'data')
  const server = await startServer(dataFolder, process.env)
  let asked = false
  const ask = () => {
    asked = true
    void server.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  try {
    const outcome = await Promise.race([
      walk({ server, library, folder, out: process.stdout }),
      server.ended.then((code) => Promise.reject(new Error(`the server ended with code ${code}`))),
    ])
    const failures = tellOutcome(outcome, root, Date.now() - began)
    if (once || failures > 0) return failures === 0 ? 0 : 1
    tellServer(server.address, outcome.links, await openForTrying(server.address, outcome))
    const elsewhere = databaseElsewhere(dataFolder)
    if (elsewhere !== null) say(told({ key: 'elsewhere', value: elsewhere }))
    return await server.ended
  } catch (error) {
    if (asked) return 130
    throw error
  } finally {
    await server.stop()
    const cleared = once ? clearElsewhere(dataFolder) : null
    if (cleared !== null) say(told({ key: 'cleared', value: cleared }))
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  process.stderr.write(`${told({ key: 'failed', value: error instanceof Error ? error.message : String(error) })}\n`)
  process.exitCode = 1
}
