// PostgreSQL refuses to run as root, so root lends it an unprivileged account of the system.
import { spawnSync } from 'node:child_process'
import { chownSync, readFileSync, statSync } from 'node:fs'
import { platform } from 'node:os'

export type Account = { readonly name: string; readonly uid: number; readonly gid: number }

/** Null: PostgreSQL runs as the user of this process. */
export const chooseAccount = (cluster: string): Account | null => {
  if (process.getuid?.() !== 0) return null
  const accounts = systemAccounts()
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) {
    return accounts.find(({ uid }) => uid === owner.uid) ?? { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  }
  const account = ['postgres', 'nobody'].map((name) => accounts.find((one) => one.name === name)).find((one) => one)
  if (!account)
    throw new Error('PostgreSQL cannot run as root and this system has neither a user "postgres" nor "nobody"; start as an ordinary user')
  return account
}

const systemAccounts = (): readonly Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid !== 0 && Number.isInteger(uid))

/** The spawn options that make a child this account's. */
export const identity = (account: Account | null) => (account ? { uid: account.uid, gid: account.gid } : {})

export const give = (path: string, account: Account | null) => {
  if (account) chownSync(path, account.uid, account.gid)
}

/** What PostgreSQL's programs see of the environment: nothing that could change what they do. Windows' own programs need all of theirs. */
export const plainEnvironment = () =>
  platform() === 'win32' ? undefined : { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Asks as that account whether each path can be read and, where it is a folder or a program, entered or run: only the system knows all of its own rules. */
export const canReach = (account: Account | null, ...paths: readonly string[]): boolean => {
  if (!account) return true
  const script =
    'for path; do test -r "$path" || exit 1; case "$path" in */bin/*) test -x "$path" || exit 1;; esac; if test -d "$path"; then test -x "$path" || exit 1; fi; done'
  return (
    spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { ...identity(account), cwd: '/', env: plainEnvironment(), stdio: 'ignore' })
      .status === 0
  )
}
