// Reads and compares a file in a thread of its own that has a limit of memory and of time, one file after another.
import { Worker } from 'node:worker_threads'
import { Problem, type ProblemCode } from '../../problem.ts'
import type { Desk } from './desk.ts'
import type { FaultOfFile } from './file-fault.ts'
import { limits } from './limits.ts'
import type { TextSetting } from './read-file.ts'

export type Question = { readonly name: keyof Desk; readonly given: readonly unknown[] }
export type Reply =
  | { readonly value: unknown }
  | { readonly fault: FaultOfFile }
  | { readonly problem: Pick<Problem, 'code' | 'parameters'> }

const codes: Readonly<Record<FaultOfFile, ProblemCode>> = {
  damaged: 'roster.file-damaged',
  encoding: 'roster.encoding-unknown',
  encrypted: 'roster.file-encrypted',
  'no-sheet': 'roster.sheet-unknown',
  'old-excel': 'roster.file-old',
  'other-kind': 'roster.file-unknown',
  quotes: 'roster.quote-open',
  'too-large': 'roster.file-heavy',
  'too-many-rows': 'roster.rows-many',
  unsafe: 'roster.file-unsafe',
}

const problemOf = (fault: FaultOfFile) => new Problem(codes[fault], { rows: limits.rows })

type Allowance = { readonly megabytes: number; readonly seconds: number }
const usual: Allowance = { megabytes: limits.workerMegabytes, seconds: limits.workerSeconds }

type Answer<Name extends keyof Desk> = Awaited<ReturnType<Desk[Name]>>
/** One question after another; what the thread answers with a fault or a problem is thrown. */
export type Ask = <Name extends keyof Desk>(name: Name, ...given: Parameters<Desk[Name]>) => Promise<Answer<Name>>

/** Rejects when the thread ends before it is asked to. */
const endOf = (worker: Worker): Promise<never> =>
  new Promise((_, reject) => {
    worker.once('error', (error) => {
      const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(outOfMemory ? problemOf('too-large') : error)
    })
    worker.once('exit', () => reject(new Error('the thread that reads a roster ended without an answer')))
  })

const asking = (worker: Worker, seconds: number): Ask => {
  const end = endOf(worker)
  end.catch(() => {}) // told to whoever asks
  return async <Name extends keyof Desk>(name: Name, ...given: Parameters<Desk[Name]>): Promise<Answer<Name>> => {
    let timer: NodeJS.Timeout | undefined
    const told = new Promise<Reply>((resolve) => {
      worker.once('message', resolve)
      timer = setTimeout(() => resolve({ fault: 'too-large' }), seconds * 1000)
    })
    const bytes = given.flatMap((one) => (one instanceof Uint8Array ? [one.buffer as ArrayBuffer] : [])) // handed over, not copied
    worker.postMessage({ name, given } satisfies Question, bytes)
    const reply = await Promise.race([told, end]).finally(() => clearTimeout(timer))
    if ('fault' in reply) throw problemOf(reply.fault)
    if ('problem' in reply) throw new Problem(reply.problem.code, reply.problem.parameters)
    return reply.value as Answer<Name> // what worker.ts found under this name
  }
}

/** Settles only when the thread has ended, so that its memory is free again. */
const run = async <T>(file: Uint8Array<ArrayBuffer>, text: TextSetting, work: (ask: Ask) => Promise<T>, allowance: Allowance) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: allowance.megabytes, maxYoungGenerationSizeMb: 16 },
  })
  try {
    const ask = asking(worker, allowance.seconds)
    await ask('open', file, text)
    return await work(ask)
  } finally {
    await worker.terminate()
  }
}

/** The bytes are given away: whoever calls has them no more. */
export type RosterReader = <T>(file: Uint8Array<ArrayBuffer>, text: TextSetting, work: (ask: Ask) => Promise<T>) => Promise<T>

/** One file at a time: two large ones together would be the memory of two. */
export const rosterReader = (allowance: Allowance = usual): RosterReader => {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return async (file, text, work) => {
    if (waiting >= limits.waiting) throw new Problem('roster.busy', {}, 10)
    waiting += 1
    const own = last.then(() => run(file, text, work, allowance))
    last = own.catch(() => {})
    return own.finally(() => {
      waiting -= 1
    })
  }
}
