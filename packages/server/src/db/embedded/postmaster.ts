// One running PostgreSQL. When it ends without being asked to, it is started again at the same port.
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { end, launch } from './launch.ts'
import { clearLeftovers } from './leftovers.ts'
import { address, type PostmasterOptions } from './options.ts'

export type Postmaster = { readonly port: number; readonly pid: () => number | undefined; readonly stop: () => Promise<void> }

export const startPostmaster = async (options: PostmasterOptions): Promise<Postmaster> => {
  await clearLeftovers(options.home.cluster, options.log)
  const { port, child } = await firstLaunch(options)
  return watched(options, port, child)
}

// The free port that was found may be taken a moment later.
const firstLaunch = async (options: PostmasterOptions) => {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    try {
      return { port, child: await launch(options, port) }
    } catch (error) {
      if (attempt === 3 || !/could not bind|address already in use/i.test(String(error))) throw error
    }
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, address, () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const watched = (options: PostmasterOptions, port: number, first: ChildProcess): Postmaster => {
  const stopping = new AbortController()
  let child = first
  let restarted = Promise.resolve()
  const watch = () =>
    child.once('exit', () => {
      if (!stopping.signal.aborted) restarted = restart()
    })
  const restart = async () => {
    options.log('the database ended without being asked to and is started again')
    for (let pause = 100; !stopping.signal.aborted; pause = Math.min(pause * 2, 10_000)) {
      try {
        await clearLeftovers(options.home.cluster, options.log)
        child = await launch(options, port)
        watch()
        return options.log('the database runs again')
      } catch (error) {
        options.log(`${error instanceof Error ? error.message : error}\nnext attempt in ${pause / 1000} s`)
        await delay(pause, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  }
  watch()
  const stop = async () => {
    stopping.abort()
    await restarted
    await end(child)
  }
  return { port, pid: () => child.pid, stop }
}
