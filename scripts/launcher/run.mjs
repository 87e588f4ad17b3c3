// Runs one program under the chosen Node and ends exactly as it ends.
//
// Ctrl-C reaches every process of the terminal's group, and npm sends the signal to its child once more. So the program
// gets a group of its own and hears a signal from here alone, once. The channel between the two tells the program when
// this process was killed without a chance to say so (parent-watch.mjs).
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { pathToFileURL } from 'node:url'
import { inRoot, root } from './paths.mjs'

const windows = process.platform === 'win32'
const watch = pathToFileURL(inRoot('scripts', 'launcher', 'parent-watch.mjs')).href
const samePress = 1000

export async function run(node, args, environment = {}) {
  const child = spawn(node, ['--import', watch, ...args], {
    cwd: root,
    detached: !windows,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: inRoot('node_modules', '.cache', 'node-compile'),
      TONGXING_LAUNCHER: String(process.pid),
      ...environment,
    },
  })
  const stopped = forwardSignals(child)
  const end = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const interrupted = stopped()
  if (interrupted || end.signal) sweep(child.pid)
  return end
}

export function endAs({ code, signal }) {
  if (signal && !windows) process.kill(process.pid, signal)
  process.exitCode = code ?? 128 + constants.signals[signal]
}

function forwardSignals(child) {
  let last = 0
  const forward = (signal) => {
    if (Date.now() - last < samePress) return
    last = Date.now()
    if (!windows) child.kill(signal)
  }
  const handlers = { SIGINT: () => forward('SIGINT'), SIGTERM: () => forward('SIGTERM'), SIGHUP: () => forward('SIGTERM') }
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler)
  const orphaned = watchNpm(() => forward('SIGTERM'))
  return () => {
    clearInterval(orphaned)
    for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler)
    return last > 0
  }
}

// npm, when killed, tells its script nothing, and a shell that stands between the two (Debian's does) just waits on.
function watchNpm(ended) {
  if (!process.env.npm_lifecycle_event) return undefined
  const [parent, npm] = [process.ppid, parentOfShell(process.ppid)]
  return setInterval(() => (process.ppid !== parent || parentOfShell(parent) !== npm) && ended(), 250).unref()
}

// Null where the parent is no shell, or the system does not tell.
function parentOfShell(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return /^(ba|da)?sh$/.test(name) ? parent : null
  } catch {
    return null
  }
}

// What the program left behind in its own group, a browser for instance.
function sweep(group) {
  if (windows) return
  try {
    process.kill(-group, 'SIGTERM')
  } catch {
    // nothing was left
  }
}
