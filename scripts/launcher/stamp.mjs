// A stamp says for which inputs a piece of work was last finished.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const skipped = new Set(['node_modules', 'dist', '.git'])

function filesBelow(path) {
  try {
    const entries = readdirSync(path, { withFileTypes: true }).filter((entry) => !skipped.has(entry.name))
    return entries.flatMap((entry) => filesBelow(join(path, entry.name)))
  } catch (error) {
    return error.code === 'ENOTDIR' ? [path] : []
  }
}

export function hashOf(paths, ...facts) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesBelow).sort()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  return hash.update(facts.join('\0')).digest('hex')
}

export function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

export function writeStamp(file, stamp) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(stamp))
  renameSync(`${file}.${process.pid}`, file)
}

export const removeStamp = (file) => rmSync(file, { force: true })
