// The thread in which a file is read: whatever it does, it does not do to the server.
import { parentPort, workerData } from 'node:worker_threads'
import { FileFault } from './file-fault.ts'
import type { Task } from './in-worker.ts'
import { readPupils, seeFile } from './read-file.ts'

const { file, text, ...task } = workerData as Task // what in-worker gave
const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)

try {
  const value =
    task.kind === 'see' ? await seeFile(bytes, text, new Map(task.headerRows)) : await readPupils(bytes, text, task.settings, task.today)
  parentPort?.postMessage({ value })
} catch (error) {
  if (!(error instanceof FileFault)) throw error
  parentPort?.postMessage({ fault: error.fault })
}
