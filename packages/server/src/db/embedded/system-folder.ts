// A place outside the clone and the data folder that PostgreSQL's account can reach and that outlives a restart.
// Needed only when root runs Tongxing below a folder that the account cannot enter.
import { lstatSync, mkdirSync } from 'node:fs'
import { type Account, canReach } from './account.ts'

const candidates = ['/var/lib/tongxing', '/srv/tongxing', '/var/tmp/tongxing']

export const systemFolder = (account: Account | null): string => {
  const found = candidates.find((folder) => make(folder) && canReach(account, folder))
  if (!found)
    throw new Error(
      `PostgreSQL runs as "${account?.name}", and none of ${candidates.join(', ')} can be made for it; start as an ordinary user instead`,
    )
  return found
}

// Everything on the way belongs to root, so nobody else can have put a trap there.
const make = (folder: string): boolean => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    const entry = lstatSync(folder)
    return entry.isDirectory() && entry.uid === 0 && (entry.mode & 0o022) === 0
  } catch {
    return false
  }
}
