// Real second processes for tests that kill them.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const source = (path: string) => new URL(`../src/${path}`, import.meta.url).href

/** Runs a few lines as a program of its own and answers with the first line that it prints. */
export const otherProcess = async (program: string): Promise<{ readonly process: ChildProcess; readonly said: string }> => {
  const imports = `import { openDataFolder } from '${source('data-folder.ts')}'; import { startEmbedded } from '${source('db/embedded/start.ts')}';`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', imports + program], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = await Promise.race([
    once(createInterface(child.stdout!), 'line'),
    once(child, 'exit').then(() => ['it ended without a word']),
  ])
  return { process: child, said: String(said[0]) }
}

export const killed = async (child: ChildProcess): Promise<void> => {
  const over = once(child, 'exit')
  child.kill('SIGKILL')
  await over
}

export const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
