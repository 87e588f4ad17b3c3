// Real second processes for tests that kill them.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** What npm start gives its children too: compiled sources are kept between starts. */
export const withCompileCache = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../node_modules/.cache/node-compile', import.meta.url)),
}

const source = (path: string) => new URL(`../src/${path}`, import.meta.url).href

/** Runs a few lines as a program of its own and answers with the first line that it prints. */
export const otherProcess = async (
  program: string,
  { detached = false }: { readonly detached?: boolean } = {},
): Promise<{ readonly process: ChildProcess; readonly said: string }> => {
  const imports = `import { openDataFolder } from '${source('data-folder.ts')}'; import { startEmbedded } from '${source('db/embedded/start.ts')}';`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', imports + program], {
    env: { ...process.env, ...withCompileCache },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached,
  })
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

/** One that was started detached, with all that it started itself: as when the power goes. */
export const killedWithItsChildren = async (child: ChildProcess): Promise<void> => {
  const over = once(child, 'exit')
  if (process.platform === 'win32') child.kill('SIGKILL')
  else process.kill(-child.pid!, 'SIGKILL')
  await over
}

/** Ended processes that their parent has not collected yet do not count. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
  } catch {
    return false
  }
}

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
