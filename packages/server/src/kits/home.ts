// On the laptop: everything that came to be since the kit, in one file that only the county's server opens. Each day holds the earlier ones,
// so that days may be lost and may come home in any order.
import type { Context } from '../context.ts'
import { type Carried, carried, type Row } from '../db/carried.ts'
import { knownMigrations } from '../db/migrate.ts'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { type CarriedRow, countsOf, type Part, type Parts, pack } from './file.ts'
import { asRows } from './make.ts'
import { atSchool, type By, namesOf, note } from './place.ts'
import * as queries from './queries.ts'
import * as records from './record-queries.ts'
import { comparedOf, fingerprint, keyOf, sha256 } from './rules.ts'
import { sealTo } from './sealing.ts'

type Versions = ReadonlyMap<string, readonly records.KeptVersion[]>
const nameOf = (table: string, key: string) => `${table} ${key}`

/** A row travels unless it is just as the kit brought it and never was otherwise. */
const travels = (row: Row, { home }: Carried, versions: readonly records.KeptVersion[]): boolean => {
  const [first] = versions
  if (first?.counter !== 0) return true
  if (home === 'once') return false
  return versions.length > 1 || fingerprint(row, first.columns) !== first.fingerprint
}

const partFor = async (trx: Trx, spec: Carried, place: { countyId: string; schoolId: string }, versions: Versions): Promise<Part> => {
  const columns = await queries.columnsOfTable(trx, spec)
  const known = (row: Row) => versions.get(nameOf(spec.table, keyOf(spec, row))) ?? []
  const rows = (await queries.rowsForDay(trx, spec, columns, place)).filter((row) => travels(row, spec, known(row)))
  const seen = (row: Row) => known(row).map((version) => ({ columns: version.columns, fingerprint: version.fingerprint }))
  return { columns, rows: rows.map((row): CarriedRow => ({ row, seen: [...seen(row)] })) }
}

/** Who somebody was that signed in here alone: a name for what they did, and nothing to sign in with. */
const peoplePart = async (trx: Trx): Promise<Part> => {
  const rows = (await queries.everyAccount(trx)).map(({ id, username, displayName }) => ({ id, username, display_name: displayName }))
  return { columns: ['id', 'username', 'display_name'], rows: asRows(rows) }
}

const gather = async (trx: Trx, place: { countyId: string; schoolId: string }, versions: Versions): Promise<Parts> => {
  const parts = new Map<string, Part>([['identity.account', await peoplePart(trx)]])
  for (const spec of carried.filter(({ home }) => home)) parts.set(spec.table, await partFor(trx, spec, place, versions))
  return parts
}

const versionsIn = (parts: Parts, counter: number): readonly records.KeptVersion[] =>
  carried
    .filter(({ home }) => home === 'versions')
    .flatMap((spec) => {
      const { columns, rows } = parts.get(spec.table)!
      const compared = comparedOf(spec, columns)
      return rows.map(({ row }) => {
        const version = { columns: compared, fingerprint: fingerprint(row, compared) }
        return { table: spec.table, key: keyOf(spec, row), counter, ...version }
      })
    })

const heading = async (trx: Trx, context: Context, by: By, kit: records.Kit, counter: number) => ({
  ...{
    kind: 'day' as const,
    software: context.config.version,
    simulated: context.simulated,
    migrations: [...(await knownMigrations())],
    countyId: by.countyId,
  },
  ...{ schoolId: kit.schoolId, ...(await namesOf(trx, by.countyId, kit.schoolId)), kitId: kit.id, counter, writtenBy: by.accountId },
  ...{ writtenAt: context.clock().toISOString(), validUntil: kit.validUntil.toISOString() },
})

export const writeDay = (context: Context, by: By, schoolId: string, kitId: string) =>
  atSchool(context, by, schoolId, async (trx) => {
    const { countyId } = by
    const kit = await records.kitById(trx, countyId, kitId)
    if (kit?.side !== 'taken') throw new Problem('kit.not-found')
    const counter = (await records.lastCounter(trx, countyId, kitId)) + 1
    const versions = Map.groupBy(await records.versionsOf(trx, countyId, kitId), ({ table, key }) => nameOf(table, key))
    const parts = await gather(trx, { countyId, schoolId }, versions)
    const file = await sealTo(pack(await heading(trx, context, by, kit, counter), parts, kit.secret), kit.recipient)
    const [fileHash, counts, now] = [sha256(file), countsOf(parts), context.clock()]
    await records.insertVersions(trx, { countyId, schoolId }, kitId, versionsIn(parts, counter))
    await records.insertDay(trx, {
      ...{ countyId, schoolId, id: context.ids(), kitId, counter, side: 'written', fileHash, counts },
      ...{ handledBy: by.accountId, writtenAt: now, handledAt: now },
    })
    const details = { fileHash, counter, submissions: counts['screening.submission'] ?? 0, flags: counts['screening.flag'] ?? 0 }
    await note(trx, context, by, { action: 'kit.day-written', subject: 'kit', subjectIds: [kitId], schoolId, details })
    return { file, fileHash, counter, counts }
  })
