/** A folder of its own for the tests of a command, and the command line run in a process of its own. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

type Ended = { readonly code: number; readonly output: string; readonly errors: string }
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))

export const commandFolder = () => {
  let folder = ''
  return {
    make: async () => {
      folder = await mkdtemp(join(tmpdir(), 'tongxing-command-'))
    },
    remove: () => rm(folder, { recursive: true, force: true }),
    path: (name: string) => join(folder, name),
    write: (name: string, text: string) => writeFile(join(folder, name), text),
    run: (...args: readonly string[]): Promise<Ended> =>
      new Promise((resolve) => {
        execFile(process.execPath, [cli, ...args], (error, output, errors) =>
          resolve({ code: error ? Number(error.code) : 0, output, errors }),
        )
      }),
  }
}
