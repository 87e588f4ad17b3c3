// The thread in which a file is read and compared: whatever it does, it does not do to the server.
import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../problem.ts'
import { deskOf } from './desk.ts'
import { FileFault } from './file-fault.ts'
import type { Given, Question, Reply } from './in-worker.ts'

const { file, text } = workerData as Given // what in-worker gave
const desk = deskOf(Buffer.from(file.buffer, file.byteOffset, file.byteLength), text)

const answer = async ({ name, given }: Question): Promise<Reply> => {
  try {
    return { value: await Reflect.apply(desk[name], desk, given) }
  } catch (error) {
    if (error instanceof FileFault) return { fault: error.fault }
    if (error instanceof Problem) return { problem: { code: error.code, parameters: error.parameters } }
    throw error
  }
}

parentPort?.on('message', async (question: Question) => parentPort?.postMessage(await answer(question)))
