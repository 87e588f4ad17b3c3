/** A folder of its own for the tests of a command, and the command line as it answers there. cli.test.ts runs it as a program. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'node:util'
import { vi } from 'vitest'
import { run } from '../src/cli/run.ts'

type Ended = { readonly code: number; readonly output: string; readonly errors: string }

const heard = (where: 'log' | 'error') => {
  const lines: string[] = []
  const listening = vi.spyOn(console, where).mockImplementation((...said: unknown[]) => void lines.push(`${format(...said)}\n`))
  return { text: () => lines.join(''), end: () => listening.mockRestore() }
}

const ended = async (args: readonly string[]): Promise<Ended> => {
  const [output, errors] = [heard('log'), heard('error')]
  try {
    return { code: await run(args), output: output.text(), errors: errors.text() }
  } finally {
    for (const one of [output, errors]) one.end()
  }
}

let last: Promise<unknown> = Promise.resolve()
/** They share one console, so one after the other. */
const inTurn = (args: readonly string[]): Promise<Ended> => {
  const mine = last.then(() => ended(args))
  last = mine.catch(() => {})
  return mine
}

export const commandFolder = () => {
  let folder = ''
  return {
    make: async () => {
      folder = await mkdtemp(join(tmpdir(), 'tongxing-command-'))
    },
    remove: () => rm(folder, { recursive: true, force: true }),
    path: (name: string) => join(folder, name),
    write: (name: string, text: string) => writeFile(join(folder, name), text),
    run: (...args: readonly string[]) => inTurn(args),
  }
}
