// Pure decisions of offline kits: what a row is recognised by, and which of two versions stands.
import { createHash } from 'node:crypto'
import { canonicalJson } from '@tongxing/instruments'
import type { Carried, Row } from '../db/carried.ts'
import { draw, readTyped } from '../sessions/codes.ts'

export const kitDays = 60

/** A hundred bits, told apart from the file: by telephone, or on paper. */
export const newPassphrase = (random: (bytes: number) => Buffer): string => Array.from({ length: 4 }, () => draw(5, random)).join('-')
/** However it is typed. */
export const readPassphrase = (typed: string): string => readTyped(typed).replace(/(.{5})(?=.)/g, '$1-')

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** A row as these columns tell it. */
export const fingerprint = (row: Row, columns: readonly string[]): string =>
  sha256(canonicalJson(Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))))

export type Version = { readonly columns: readonly string[]; readonly fingerprint: string }
export type Verdict = 'new' | 'known' | 'changed' | 'conflict'

/** The columns by which two versions of a row are compared. */
export const comparedOf = ({ key, loose = [] }: Carried, columns: readonly string[]): readonly string[] =>
  columns.filter((name) => name !== 'county_id' && !key.includes(name) && !loose.includes(name))

const seatRank: Readonly<Record<string, number>> = { 'not-started': 0, started: 1, stopped: 2, submitted: 2 }

/** Where one side has gone further than the other, no version needs to be compared: an untouched seat or session says nothing against it. */
const ahead = (table: string, ours: Row, theirs: Row): 'ours' | 'theirs' | null => {
  if (table === 'screening.unit') return ours.retired_at === null ? null : 'ours'
  if (table === 'screening.session') {
    if (ours.state !== 'planned') return 'ours' // what came of it on both sides is told of the sheets
    return theirs.state === 'planned' ? null : 'theirs'
  }
  // a flag of answers so far is linked to the sheet when that arrives, and is never unlinked
  if (table === 'screening.flag') return ours.submission_id === null && theirs.submission_id !== null ? 'theirs' : 'ours'
  if (table !== 'screening.seat') return null
  const [here, there] = [seatRank[String(ours.state)] ?? 0, seatRank[String(theirs.state)] ?? 0]
  if (there > here) return 'theirs'
  return here > there || here === 2 ? 'ours' : null // which of two finished sheets stands is told of the sheets
}

type Compared = {
  readonly spec: Carried
  readonly ours: Row | undefined
  readonly theirs: Row
  readonly columns: readonly string[]
  /** Versions that the county's server has had, as the laptop knows it. */
  readonly seen: readonly Version[]
  /** A later day of the same kit came home before this one. */
  readonly stale: boolean
}

/** What has to be done with a row that came home. Never: overwrite what somebody else wrote meanwhile. */
export const verdictOf = ({ spec, ours, theirs, columns, seen, stale }: Compared): Verdict => {
  if (!ours) return 'new'
  const compared = comparedOf(spec, columns)
  if (fingerprint(ours, compared) === fingerprint(theirs, compared)) return 'known'
  if (spec.home === 'once') return 'conflict'
  const further = ahead(spec.table, ours, theirs)
  // a laptop that was put back to an earlier day counts its days anew: what came of a seat there is not older than what stands here
  if (stale) return further === 'theirs' ? 'changed' : 'known'
  if (seen.some((version) => fingerprint(ours, version.columns) === version.fingerprint)) return 'changed'
  if (further === null) return 'conflict'
  return further === 'theirs' ? 'changed' : 'known'
}

export const keyOf = ({ key }: Pick<Carried, 'key'>, row: Row): string => key.map((name) => String(row[name])).join(' ')
