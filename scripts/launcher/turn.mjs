// Two commands started at once must not install or build into the same folder: the second waits for the first.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { inRoot, say } from './paths.mjs'

const file = inRoot('.tools', 'turn')

function take() {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// Killed, and not yet collected by its parent.
function isZombie(pid) {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, ''))
  } catch {
    return false
  }
}

// The process that has the turn, or null when it ended without giving it back.
function holder() {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    const { mtimeMs } = statSync(file)
    const beingWritten = pid === 0 && Date.now() - mtimeMs < 1000
    const sinceBoot = mtimeMs > Date.now() - uptime() * 1000
    return beingWritten || (sinceBoot && pid > 0 && isRunning(pid)) ? pid : null
  } catch {
    return null
  }
}

function dropAbandoned() {
  try {
    renameSync(file, `${file}.${process.pid}`)
    rmSync(`${file}.${process.pid}`)
  } catch {
    // another command dropped it first
  }
}

export async function inTurn(work) {
  mkdirSync(dirname(file), { recursive: true })
  for (let waited = 0; !take(); waited += 1) {
    const pid = holder()
    if (pid === null) dropAbandoned()
    else if (waited === 5) say(`Waiting for another Tongxing command (process ${pid}) that is preparing this folder.`)
    await delay(100)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}
