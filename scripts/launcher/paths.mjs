import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const inRoot = (...parts) => join(root, ...parts)
export const cacheFolder = inRoot('node_modules', '.cache', 'tongxing')

// `npm start` shows what is said here; stdout stays free for what a command prints.
export const say = (line) => process.stderr.write(`${line}\n`)

// A failure that the reader can act on: its message is shown, its stack is not.
export class Stop extends Error {}
