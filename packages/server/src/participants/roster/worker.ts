// The thread in which a file is read: whatever it does, it does not do to the server.
import { parentPort, workerData } from 'node:worker_threads'
import { FileFault } from './file-fault.ts'
import type { Reply, Task } from './in-worker.ts'
import { readPupils, seeFile } from './read-file.ts'

const { file, text, ...task } = workerData as Task // what in-worker gave
const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)

const tell = (reply: Reply) => parentPort?.postMessage(reply)
const atOnce = 2_000 // all rows in one message would stand in memory once more, and once more as they are read

try {
  if (task.kind === 'see') tell({ value: await seeFile(bytes, text, new Map(task.headerRows)) })
  else {
    const rows = await readPupils(bytes, text, task.settings, task.today)
    for (let from = 0; from < rows.length; from += atOnce) tell({ rows: rows.slice(from, from + atOnce) })
    tell({ value: null })
  }
} catch (error) {
  if (!(error instanceof FileFault)) throw error
  tell({ fault: error.fault })
}
