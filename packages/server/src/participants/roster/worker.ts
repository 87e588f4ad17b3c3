// The thread in which a file is read and compared: whatever it does, it does not do to the server.
import { randomBytes } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { orderedIds } from '../../db/uuid.ts'
import { Problem } from '../../problem.ts'
import { deskOf } from './desk.ts'
import { FileFault } from './file-fault.ts'
import type { Question, Reply } from './in-worker.ts'

const desk = deskOf(orderedIds(() => new Date(), randomBytes))

const answer = async ({ name, given }: Question): Promise<Reply> => {
  try {
    return { value: await Reflect.apply(desk[name], desk, given) }
  } catch (error) {
    if (error instanceof FileFault) return { fault: error.fault }
    if (error instanceof Problem) return { problem: { code: error.code, parameters: error.parameters } }
    throw error
  }
}

/** The bytes of an answer are handed over, not copied. */
const bytesIn = (value: unknown): ArrayBuffer[] => {
  if (value instanceof Uint8Array) return [value.buffer as ArrayBuffer] // made by TextEncoder: a buffer of its own
  return typeof value === 'object' && value !== null && 'pseudonyms' in value ? Object.values(value).flatMap(bytesIn) : []
}

parentPort?.on('message', async (question: Question) => {
  const reply = await answer(question)
  parentPort?.postMessage(reply, 'value' in reply ? bytesIn(reply.value) : [])
})
