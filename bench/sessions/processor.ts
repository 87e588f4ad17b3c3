// Processor time: a busy machine blurs it less than the time on the clock. Linux tells it; elsewhere it is not known.
import { readdirSync, readFileSync } from 'node:fs'

const tick = 10 // milliseconds, as Linux counts for programs

type Process = { readonly pid: number; readonly parent: number; readonly own: number; readonly ended: number }

const read = (pid: number): readonly Process[] => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const field = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    return [{ pid, parent: field[1]!, own: field[11]! + field[12]!, ended: field[13]! + field[14]! }]
  } catch {
    return [] // it ended meanwhile
  }
}

/** Milliseconds of a process and all that it started, also of those that have ended; null where it is not told. */
export const processorTime = (pid: number): number | null => {
  if (process.platform !== 'linux') return null
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? read(Number(name)) : []))
  const below = (one: number): number =>
    all.filter(({ parent }) => parent === one).reduce((sum, { pid: child, own, ended }) => sum + own + ended + below(child), 0)
  const [root] = read(pid)
  return root ? (root.own + root.ended + below(pid)) * tick : null
}

/** Milliseconds of what this process started and saw end, such as a command. */
export const timeOfEnded = (): number | null => (process.platform === 'linux' ? read(process.pid)[0]!.ended * tick : null)
