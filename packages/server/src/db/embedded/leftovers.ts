// What a killed server leaves behind: its PostgreSQL, still running, or only that one's pid file. The running one is
// stopped rather than kept, so that every database is a child that is watched, with the settings and the log of today.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Log, shutdown } from './options.ts'

export const clearLeftovers = async (cluster: string, log: Log): Promise<void> => {
  const file = join(cluster, 'postmaster.pid')
  const pid = readPid(file)
  const owner = pid === null ? 'nobody' : ownerOf(pid, cluster)
  if (pid !== null && owner === 'our postmaster') {
    log(`the database that a killed server left running (process ${pid}) is being stopped`)
    await stop(pid, cluster)
  }
  // PostgreSQL would wait for whatever program has that number by now
  if (owner === 'another program') rmSync(file, { force: true })
}

const readPid = (file: string): number | null => {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

/** The program and arguments of a process, or null when it is not running. */
const commandOf = (pid: number): readonly string[] | null => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return null
  }
  if (process.platform === 'linux') return linuxCommand(pid)
  const listed = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
  return listed.trim() === '' ? null : listed.trim().split(' ')
}

// An ended process that nobody has collected has an empty command line.
const linuxCommand = (pid: number): readonly string[] | null => {
  try {
    const parts = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return parts[0] === '' ? [''] : parts
  } catch {
    return null
  }
}

// "unknown": a PostgreSQL whose folder has been moved since. It is left alone; the new one will not start beside it.
const ownerOf = (pid: number, cluster: string): 'nobody' | 'our postmaster' | 'another program' | 'unknown' => {
  const command = commandOf(pid)
  if (command === null) return 'nobody'
  if (!/^postgres(\.exe)?$/.test(basename(command[0] ?? ''))) return 'another program'
  const there = statSync(command[command.indexOf('-D') + 1] ?? '', { throwIfNoEntry: false })
  if (!there) return 'unknown'
  const here = statSync(cluster)
  return there.dev === here.dev && there.ino === here.ino ? 'our postmaster' : 'another program'
}

const stop = async (pid: number, cluster: string): Promise<void> => {
  for (const [signal, patience] of shutdown) {
    process.kill(pid, signal)
    for (const until = Date.now() + patience; Date.now() < until; await delay(20)) {
      if (ownerOf(pid, cluster) !== 'our postmaster') return
    }
  }
  throw new Error(`the database that a killed server left running (process ${pid}) does not stop`)
}
