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

/** Rows come a few at a time; the last word is a value or a fault. */
export type Reply = { readonly rows: readonly RosterRow[] } | { readonly value: SeenFile | null } | { readonly fault: FaultOfFile }

/** The few schools, grades and classes of thousands of rows, each kept once. */
const sharing = () => {
  const texts = new Map<string | null, string | null>()
  const one = (text: string | null) => {
    if (!texts.has(text)) texts.set(text, text)
    return texts.get(text) ?? null
  }
  return (row: RosterRow): RosterRow => ({
    ...row,
    school: one(row.school),
    grade: one(row.grade),
    className: one(row.className),
    sheetClass: one(row.sheetClass),
  })
}

type Allowance = { readonly megabytes: number; readonly seconds: number }
const usual: Allowance = { megabytes: limits.workerMegabytes, seconds: limits.workerSeconds }

type Told = { readonly seen: SeenFile | null; readonly rows: readonly RosterRow[] }

/** Resolves only when the thread has ended, so that its memory is free again. */
const run = async (task: Task, { megabytes, seconds }: Allowance): Promise<Told> => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    const rows: RosterRow[] = []
    const shared = sharing()
    const reply = await new Promise<Exclude<Reply, { rows: unknown }>>((resolve, reject) => {
      worker.on('message', (told: Reply) => {
        if ('rows' in told) for (const row of told.rows) rows.push(shared(row))
        else resolve(told)
      })
      worker.once('error', (error) => {
        const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        outOfMemory ? resolve({ fault: 'too-large' }) : reject(error)
      })
      worker.once('exit', () => reject(new Error('the thread that reads a roster ended without an answer')))
      timer = setTimeout(() => resolve({ fault: 'too-large' }), seconds * 1000)
    })
    if ('fault' in reply) throw problemOf(reply.fault)
    return { seen: reply.value, rows }
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
  const inTurn = async (task: Task): Promise<Told> => {
    if (waiting >= limits.waiting) throw new Problem('roster.busy', {}, 10)
    waiting += 1
    const own = last.then(() => run(task, allowance))
    last = own.catch(() => {})
    return own.finally(() => {
      waiting -= 1
    })
  }
  return {
    see: async (file, text, headerRows) => (await inTurn({ kind: 'see', file, text, headerRows })).seen!,
    pupils: async (file, text, settings, today) => (await inTurn({ kind: 'pupils', file, text, settings, today })).rows,
  }
}
