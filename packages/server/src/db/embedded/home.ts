// Where the database of a data folder lives: inside it, or, when PostgreSQL's account cannot reach it there, in a folder of
// the system that a pointer names. The pointer carries a random name, so a moved data folder still finds its database.
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, canReach, chooseAccount, give } from './account.ts'
import { systemFolder } from './system-folder.ts'

export type Home = { readonly folder: string; readonly cluster: string; readonly account: Account | null }

const pointerName = 'database-elsewhere.json'
const ownerName = 'data-folder'

export const findHome = (dataFolder: string): Home => {
  const pointed = readPointer(dataFolder)
  if (pointed) return claimed(dataFolder, pointed)
  const inside = homeIn(dataFolder)
  letThrough(inside)
  if (reaches(inside)) return inside
  if (existsSync(inside.cluster))
    throw new Error(
      `the database in ${inside.cluster} belongs to "${inside.account?.name}", which may not enter that folder any more; allow it on every folder above with chmod o+x`,
    )
  return newElsewhere(dataFolder, inside.account)
}

const homeIn = (folder: string): Home => {
  const cluster = join(folder, 'database')
  return { folder, cluster, account: chooseAccount(cluster) }
}

// The account may pass through the folder to its own part of it, and see nothing else.
const letThrough = ({ folder, account }: Home) => {
  if (!account) return
  chownSync(folder, 0, account.gid)
  chmodSync(folder, 0o710)
}

const reaches = ({ folder, account }: Home): boolean => {
  if (!account) return true
  const probe = join(folder, `reach-${randomBytes(4).toString('hex')}`)
  mkdirSync(probe, { mode: 0o700 })
  try {
    give(probe, account)
    return canReach(account, probe)
  } finally {
    rmSync(probe, { recursive: true })
  }
}

const readPointer = (dataFolder: string): string | null => {
  const file = join(dataFolder, pointerName)
  if (!existsSync(file)) return null
  return (JSON.parse(readFileSync(file, 'utf8')) as { folder: string }).folder
}

const claimed = (dataFolder: string, folder: string): Home => {
  const ownerFile = join(folder, ownerName)
  if (!existsSync(ownerFile))
    throw new Error(
      `the database of ${dataFolder} was kept in ${folder} and is not there any more; put it back, or restore a backup into a new data folder`,
    )
  const owner = readFileSync(ownerFile, 'utf8')
  if (owner !== dataFolder) {
    if (readPointer(owner) === folder)
      throw new Error(
        `${dataFolder} is a copy of ${owner}, and both name the database in ${folder}; use the original, or restore a backup into a new data folder`,
      )
    writeFileSync(ownerFile, dataFolder)
  }
  return homeIn(folder)
}

const newElsewhere = (dataFolder: string, account: Account | null): Home => {
  const folder = join(systemFolder(account), `database-${randomBytes(8).toString('hex')}`)
  mkdirSync(folder, { mode: 0o700 })
  const home = homeIn(folder)
  letThrough(home)
  writeFileSync(join(folder, ownerName), dataFolder, { flush: true })
  writeFileSync(join(dataFolder, pointerName), JSON.stringify({ folder }), { flush: true })
  return home
}
