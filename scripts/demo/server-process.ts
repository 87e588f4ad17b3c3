// Starts the real server as `npm start` does, with a data folder of its own, and waits until it says that it is ready.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Ready = { readonly address: string; readonly setUpToken: string }
export type ServerProcess = Ready & { readonly pid: number; readonly stop: () => Promise<void>; readonly ended: Promise<number> }

const main = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url))

export const startServer = async (dataFolder: string, environment: NodeJS.ProcessEnv): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: {
      ...environment,
      TONGXING_DATA: dataFolder,
      TONGXING_DEMO: environment.TONGXING_DEMO ?? '1',
      TONGXING_PORT: environment.TONGXING_PORT ?? '0',
      DATABASE_URL: '',
    },
  })
  child.stdout?.resume()
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready)) // main.ts sends exactly one message
    void ended.then((code) => reject(new Error(`the server ended with code ${code} before it was ready`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { ...ready, pid: child.pid ?? 0, stop, ended }
}
