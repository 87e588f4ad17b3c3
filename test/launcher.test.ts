// What npm start leaves when its parents are killed: nothing. A stand-in for npm starts a shell that starts the launcher, as npm does.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'

const run = new URL('../scripts/launcher/run.mjs', import.meta.url).href
const program = 'console.log(process.pid); setInterval(() => {}, 1000)'
const launcher = `const { run } = await import('${run}'); await run(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(program)}])`
const command = `"${process.execPath}" --input-type=module --eval '${launcher.replaceAll("'", "'\\''")}'; true`

const isRunning = (pid: number) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
  } catch {
    return false
  }
}

const standIn = async () => {
  const npm = `require('node:child_process').spawn('/bin/sh', ['-c', process.argv[1]], { stdio: 'inherit' })`
  const env = { ...process.env, npm_lifecycle_event: 'start' }
  const child = spawn(process.execPath, ['--eval', npm, command], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const pid = Number(line)
  onTestFinished(() => {
    child.kill('SIGKILL')
    if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  })
  return { child, pid }
}

test.runIf(process.platform === 'linux')(
  'npm killed while its shell lives on: the program is asked to end',
  { timeout: 60_000 },
  async () => {
    const { child, pid } = await standIn()
    await delay(500)
    expect(isRunning(pid)).toBe(true)
    child.kill('SIGKILL')
    for (let waited = 0; isRunning(pid) && waited < 100; waited += 1) await delay(100)
    expect(isRunning(pid)).toBe(false)
  },
)
