// On the county's server: a day that came home, all of it or nothing.

import { closeIfReviewed, joinCases } from '../cases/queries.ts'
import type { Context } from '../context.ts'
import type { Row } from '../db/carried.ts'
import { knownMigrations } from '../db/migrate.ts'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { raiseDisputed } from './again.ts'
import * as cases from './case-queries.ts'
import { isProven, type Manifest, type Parts, unpack } from './file.ts'
import { type Merging, mergeParts, type Tally } from './merge.ts'
import { atSchool, type By, note, partOf, requireOwnRows } from './place.ts'
import * as queries from './queries.ts'
import * as records from './record-queries.ts'
import { sha256 } from './rules.ts'
import { samePupils } from './same-pupils.ts'
import { openWith } from './sealing.ts'
import { followConsent, withoutConsent } from './withdrawn.ts'

export type Received = {
  readonly kitId: string
  readonly schoolName: string
  readonly counter: number
  readonly fileHash: string
  /** This very file came home before. */
  readonly already: boolean
  readonly changedNothing: boolean
  readonly submissions: { readonly inBundle: number; readonly stored: number; readonly known: number; readonly conflicts: number }
  readonly flagsRaised: number
  readonly conflictsFound: number
  readonly tables: Readonly<Record<string, Tally>>
}

/** Somebody who has no account here is told by name, and can sign in nowhere. */
const takePeople = async (trx: Trx, parts: Parts, now: Date) => {
  const here = new Set((await queries.everyAccount(trx)).map(({ id }) => id))
  const people = partOf(parts, { table: 'identity.account' }).rows.map(({ row }) => row)
  const strangers = people.filter(({ id }) => !here.has(String(id)))
  const accounts = strangers.map(({ id, username, display_name }) => ({
    ...{ id: String(id), username: `${username}.${String(id).slice(-12)}`.toLowerCase(), displayName: String(display_name) },
    ...{ passwordHash: null, totpSecret: null },
  }))
  await queries.insertAccounts(trx, accounts, now)
}

const table = 'screening.care_case'

/** The case of each new flag: its own, or the one that is open here already. SAF-14: no flag that waits lies in a case that is closed. */
const settleFlags = async (trx: Trx, parts: Parts, merging: Merging) => {
  const { countyId } = merging.manifest
  const flagged = merging.newFlags.map((flag) => ({
    flagId: String(flag.id),
    caseId: String(flag.case_id),
    participantId: String(flag.participant_id),
  }))
  const wanted = partOf(parts, { table }).rows.filter(({ row }) => flagged.some(({ caseId }) => caseId === row.id))
  const pupilOf = new Map(flagged.map(({ caseId, participantId }) => [caseId, participantId]))
  const theirs = wanted.map(({ row }): Row => ({ ...row, participant_id: pupilOf.get(String(row.id)) }))
  const known = new Set((await queries.rowsLike(trx, table, ['id'], theirs)).map(({ id }) => id))
  const open = new Map((await cases.openCasesOf(trx, countyId, [...pupilOf.values()])).map((one) => [one.participantId, one.id]))
  const fresh = theirs.filter(({ id, state, participant_id }) => !known.has(id) && (state !== 'open' || !open.has(String(participant_id))))
  const insert = (some: readonly Row[]) => queries.insertGiven(trx, table, partOf(parts, { table }).columns, some)
  const refused = await queries.withoutRefused(trx, fresh, insert)
  if (refused.length > 0) throw new Problem('kit.flag-not-taken', { count: refused.length })
  const there = new Set([...known, ...fresh.map(({ id }) => id)])
  const caseOf = (caseId: string, participantId: string) => (there.has(caseId) ? caseId : (open.get(participantId) ?? null))
  await cases.putIntoCases(
    trx,
    countyId,
    flagged.map(({ flagId, caseId, participantId }) => ({ flagId, caseId: caseOf(caseId, participantId) })),
  )
  merging.tallies.set(table, { new: fresh.length, known: partOf(parts, { table }).rows.length - fresh.length, changed: 0, conflict: 0 })
}

/**
 * Flags that nobody has looked at are never hidden in a closed case; a case is closed when each of its flags was looked at. Law 2: a day of which
 * a flag would reach nobody is not taken in.
 */
const settleCases = async (trx: Trx, context: Context, by: By, parts: Parts, merging: Merging) => {
  const { countyId } = merging.manifest
  await settleFlags(trx, parts, merging)
  const flagIds = merging.newFlags.map(({ id }) => String(id))
  const hidden = await cases.waitingInClosedCases(trx, countyId, flagIds)
  if (hidden.length > 0) await joinCases(trx, countyId, context.ids, hidden)
  const reviewedAt = new Map(partOf(parts, { table }).rows.map(({ row }) => [row.id, row.reviewed_at]))
  for (const caseId of await cases.openCasesOfFlags(trx, countyId, merging.newlyReviewed)) {
    const at = reviewedAt.get(caseId)
    await closeIfReviewed(trx, countyId, caseId, typeof at === 'string' ? new Date(at) : merging.now)
  }
  await raiseDisputed(trx, context, by, merging)
  const unheard = await cases.unheardFlags(
    trx,
    countyId,
    merging.newFlags.map(({ id }) => String(id)),
  )
  if (unheard > 0) throw new Problem('kit.flag-not-taken', { count: unheard })
}

const begin = async (trx: Trx, context: Context, manifest: Manifest, parts: Parts): Promise<Merging> => {
  const { countyId, kitId, counter } = manifest
  const ids = (table: string, column: string) => partOf(parts, { table }).rows.map(({ row }) => String(row[column]))
  await queries.lockSeats(trx, countyId, ids('screening.seat', 'id'))
  const erased = await queries.erasedSubmissions(trx, countyId, ids('screening.submission', 'id'))
  const ofErased = partOf(parts, { table: 'screening.flag' }).rows.filter(({ row }) => erased.has(String(row.submission_id)))
  return {
    manifest,
    ...{ dayId: context.ids(), now: context.clock(), ids: context.ids, alias: new Map(), setAside: new Set(), tallies: new Map() },
    stale: (await records.lastCounter(trx, countyId, kitId)) > counter,
    erased,
    heardBefore: await cases.flagsHeardOf(
      trx,
      countyId,
      ofErased.map(({ row }) => String(row.id)),
    ),
    conflictsFound: 0,
    ...{ newFlags: [], newlyReviewed: [], disputed: [] },
  }
}

const told = (merging: Merging, parts: Parts, fileHash: string, already: boolean): Received => {
  const { manifest, tallies, conflictsFound, newFlags } = merging
  const sheets = tallies.get('screening.submission') ?? { new: 0, known: 0, changed: 0, conflict: 0 }
  const moved = [...tallies.values()].some((tally) => tally.new + tally.changed > 0)
  return {
    ...{ kitId: manifest.kitId, schoolName: manifest.schoolName, counter: manifest.counter, fileHash, already },
    changedNothing: !moved && conflictsFound === 0,
    submissions: {
      inBundle: partOf(parts, { table: 'screening.submission' }).rows.length,
      stored: sheets.new,
      known: sheets.known + sheets.changed,
      conflicts: sheets.conflict,
    },
    flagsRaised: newFlags.length,
    conflictsFound,
    tables: Object.fromEntries(tallies),
  }
}

const recorded = async (trx: Trx, context: Context, by: By, merging: Merging, report: Received) => {
  const { kitId, schoolId, counter, writtenAt } = merging.manifest
  const { fileHash, submissions, flagsRaised, conflictsFound } = report
  await records.insertDay(trx, {
    ...{ countyId: by.countyId, schoolId, id: merging.dayId, kitId, counter, side: 'received', fileHash, counts: submissions },
    ...{ handledBy: by.accountId, writtenAt: new Date(writtenAt), handledAt: merging.now },
  })
  const details = { fileHash, counter, ...submissions, flagsRaised, conflictsFound }
  await note(trx, context, by, { action: 'kit.day-received', subject: 'kit', subjectIds: [kitId], schoolId, details })
}

/** Opens a day and says whose it is; a file that is cut short, changed, or for another county opens here for nobody. */
export const openDay = async (context: Context, file: Uint8Array) => {
  const { manifest, parts } = unpack(await openWith(file, context.secrets.kitKey), 'day', await knownMigrations())
  requireOwnRows(manifest, parts)
  return { manifest, parts, fileHash: sha256(file) }
}

export const receiveDay = async (context: Context, by: By, file: Uint8Array): Promise<Received> => {
  const { manifest, parts, fileHash } = await openDay(context, file)
  if (manifest.countyId !== by.countyId) throw new Problem('kit.for-another-county')
  return atSchool(context, by, manifest.schoolId, async (trx) => {
    const kit = await records.kitById(trx, by.countyId, manifest.kitId)
    if (kit?.side !== 'made' || kit.schoolId !== manifest.schoolId) throw new Problem('kit.not-found')
    if (!isProven(manifest, kit.secret)) throw new Problem('kit.file-damaged')
    const already = await records.isDayKnown(trx, by.countyId, kit.id, fileHash)
    const merging = await begin(trx, context, manifest, parts)
    await takePeople(trx, parts, merging.now)
    const unified = await withoutConsent(trx, await samePupils(trx, parts, merging), merging)
    await mergeParts(trx, unified, merging)
    await followConsent(trx, context, unified, merging)
    await settleCases(trx, context, by, parts, merging)
    const report = told(merging, parts, fileHash, already)
    await recorded(trx, context, by, merging, report)
    return report
  })
}
