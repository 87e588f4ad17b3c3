// Starts the process of the pupils and gives it work.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Load, Loaded } from './load.ts'

const file = fileURLToPath(new URL('./load.ts', import.meta.url))

export type Pupils = { readonly pid: number; readonly run: (load: Load) => Promise<Loaded>; readonly stop: () => void }

export const openPupils = (): Pupils => {
  const child = fork(file, { serialization: 'advanced', execArgv: [] })
  const gone = new AbortController()
  child.once('exit', () => gone.abort(new Error('the process of the pupils ended')))
  const run = async (load: Load) => {
    child.send(load)
    const [loaded] = await once(child, 'message', { signal: gone.signal })
    return loaded as Loaded
  }
  return { pid: child.pid!, run, stop: () => void child.kill() }
}
