// The Node that runs the TypeScript sources: the pinned one from the lock file, else a new enough one of the system.
import { existsSync } from 'node:fs'
import { inRoot, Stop } from './paths.mjs'
import { quietly } from './quiet.mjs'

const wanted = 24

export async function usableNode() {
  const pinned = pinnedNode()
  if (existsSync(pinned) && (await quietly(pinned, ['--version'])).ok) return pinned
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath
  throw new Stop(
    `Tongxing runs on Node ${wanted}. No ready-made one exists for ${process.platform}-${process.arch}: ` +
      `install Node ${wanted} or newer (this is ${process.versions.node}) and run the same command again.`,
  )
}

function pinnedNode() {
  const windows = process.platform === 'win32'
  return inRoot('node_modules', `node-${windows ? 'win' : process.platform}-${process.arch}`, 'bin', windows ? 'node.exe' : 'node')
}
