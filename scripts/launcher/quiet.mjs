// Runs a tool and keeps what it prints; shown only when it fails. A signal that ends the launcher ends the tool first.
import { spawn } from 'node:child_process'
import { root } from './paths.mjs'

const running = new Set()
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP']

export async function quietly(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
  if (running.size === 0) for (const signal of endings) process.on(signal, end)
  running.add(child)
  try {
    return await outcome(child)
  } finally {
    running.delete(child)
    if (running.size === 0) for (const signal of endings) process.off(signal, end)
  }
}

function outcome(child) {
  return new Promise((resolve) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}

function end(signal) {
  for (const child of running) child.kill(signal)
  for (const each of endings) process.off(each, end)
  process.kill(process.pid, signal)
}
