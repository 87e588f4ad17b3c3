// Reads a file in a thread of its own that has a limit of memory and of time, one file after another.
import { Worker } from 'node:worker_threads'
import { Problem, type ProblemCode } from '../../problem.ts'
import type { FaultOfFile } from './file-fault.ts'
import { limits } from './limits.ts'
import type { SeenFile, TextSetting } from './read-file.ts'
import type { RosterRow, SheetSetting } from './rows.ts'

type See = { readonly kind: 'see'; readonly headerRows: readonly (readonly [sheet: number, row: number])[] }
type Pupils = { readonly kind: 'pupils'; readonly settings: readonly SheetSetting[]; readonly today: Date }
export type Task = { readonly file: Uint8Array; readonly text: TextSetting } & (See | Pupils)

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

type Reply = { readonly value: unknown } | { readonly fault: FaultOfFile }

type Allowance = { readonly megabytes: number; readonly seconds: number }
const usual: Allowance = { megabytes: limits.workerMegabytes, seconds: limits.workerSeconds }

/** Resolves only when the thread has ended, so that its memory is free again. */
const run = async (task: Task, { megabytes, seconds }: Allowance): Promise<unknown> => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    const reply = await new Promise<Reply>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (error) => {
        const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        outOfMemory ? resolve({ fault: 'too-large' }) : reject(error)
      })
      worker.once('exit', () => reject(new Error('the thread that reads a roster ended without an answer')))
      timer = setTimeout(() => resolve({ fault: 'too-large' }), seconds * 1000)
    })
    if ('fault' in reply) throw problemOf(reply.fault)
    return reply.value
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

export type RosterReader = {
  readonly see: (file: Uint8Array, text: TextSetting, headerRows: See['headerRows']) => Promise<SeenFile>
  readonly pupils: (file: Uint8Array, text: TextSetting, settings: readonly SheetSetting[], today: Date) => Promise<readonly RosterRow[]>
}

/** One file at a time: two large ones together would be the memory of two. */
export const rosterReader = (allowance: Allowance = usual): RosterReader => {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = async <T>(task: Task): Promise<T> => {
    if (waiting >= limits.waiting) throw new Problem('roster.busy', {}, 10)
    waiting += 1
    const own = last.then(() => run(task, allowance))
    last = own.catch(() => {})
    return own.finally(() => {
      waiting -= 1
    }) as Promise<T> // the worker answers each kind of task with its own shape
  }
  return {
    see: (file, text, headerRows) => inTurn({ kind: 'see', file, text, headerRows }),
    pupils: (file, text, settings, today) => inTurn({ kind: 'pupils', file, text, settings, today }),
  }
}
