// On the laptop: a kit into an empty house. Taken once; the same file again changes nothing.
import { seal } from '../accounts/credentials.ts'
import { closeSetUpInvitations } from '../accounts/queries.ts'
import type { Context } from '../context.ts'
import { carried, type Row } from '../db/carried.ts'
import { knownMigrations } from '../db/migrate.ts'
import type { Trx } from '../db/scope.ts'
import { schoolDay } from '../duty/day.ts'
import { Problem } from '../problem.ts'
import { countsOf, type Manifest, type Parts, unpack } from './file.ts'
import { atSchool, note, partOf, requireOwnRows } from './place.ts'
import { everyAccount, insertAccounts, insertGiven, insertLocators, markSimulated } from './queries.ts'
import { insertKit, insertVersions, kitById } from './record-queries.ts'
import { comparedOf, fingerprint, keyOf, readPassphrase, sha256 } from './rules.ts'
import { openWithPassphrase } from './sealing.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : null)

/** Their one-time codes are sealed with the laptop's own key, and nobody can make a first account any more. */
const takeAccounts = async (trx: Trx, context: Context, parts: Parts) => {
  const accounts = partOf(parts, { table: 'identity.account' }).rows.map(({ row }) => {
    const secret = text(row.totp_secret)
    return {
      ...{
        id: String(row.id),
        username: String(row.username),
        displayName: String(row.display_name),
        passwordHash: text(row.password_hash),
      },
      totpSecret: secret && seal(secret, context.secrets.totpKey, context.random),
    }
  })
  await insertAccounts(trx, accounts, context.clock())
  await closeSetUpInvitations(trx, context.clock())
}

/** What came with the kit, so that a day tells what was changed since. */
const versionsIn = (parts: Parts) =>
  carried
    .filter(({ out, home }) => out && home)
    .flatMap((spec) => {
      const { columns, rows } = partOf(parts, spec)
      const compared = comparedOf(spec, columns)
      return rows.map(({ row }) => {
        const version = { columns: compared, fingerprint: fingerprint(row, compared) }
        return { table: spec.table, key: keyOf(spec, row), counter: 0, ...version }
      })
    })

const unit = 'screening.unit'
const isPlace = (row: Row) => row.kind !== 'grade' && row.kind !== 'class'

/** The school itself comes first: its school years hang on it, and its classes on those. */
const takeRows = async (trx: Trx, parts: Parts) => {
  const units = partOf(parts, { table: unit })
  const rowsOf = (spec: { readonly table: string }) => partOf(parts, spec).rows.map(({ row }) => row)
  await insertGiven(trx, unit, units.columns, rowsOf({ table: unit }).filter(isPlace))
  for (const spec of carried) {
    const rows = rowsOf(spec)
    await insertGiven(trx, spec.table, partOf(parts, spec).columns, spec.table === unit ? rows.filter((row) => !isPlace(row)) : rows)
    if (spec.table === 'screening.session') await insertLocators(trx, rows)
  }
}

const recordTaken = async (trx: Trx, context: Context, manifest: Manifest, counts: Readonly<Record<string, number>>, fileHash: string) => {
  const { countyId, schoolId, kitId, recipient, secret } = manifest
  if (!recipient || !secret) throw new Problem('kit.file-damaged')
  await insertKit(trx, {
    ...{ countyId, schoolId, id: kitId, side: 'taken', recipient, secret, fileHash, counts, madeBy: manifest.writtenBy },
    ...{ madeAt: new Date(manifest.writtenAt), validUntil: new Date(manifest.validUntil), takenAt: context.clock() },
  })
  const entry = { action: 'kit.taken' as const, subject: 'kit', subjectIds: [kitId], schoolId }
  await note(trx, context, { countyId, accountId: null }, { ...entry, details: { fileHash, pupils: counts['screening.participant'] ?? 0 } })
}

export const takeKit = async (context: Context, file: Uint8Array, passphrase: string) => {
  const content = await openWithPassphrase(file, readPassphrase(passphrase))
  const { manifest, parts } = unpack(content, 'kit', await knownMigrations())
  requireOwnRows(manifest, parts)
  const { countyId, schoolId, kitId } = manifest
  return atSchool(context, { countyId, accountId: null }, schoolId, async (trx) => {
    const counts = countsOf(parts)
    const told = { countyName: manifest.countyName, schoolName: manifest.schoolName, validUntil: new Date(manifest.validUntil), counts }
    if ((await kitById(trx, countyId, kitId)) !== undefined) return { ...told, already: true }
    if ((await everyAccount(trx)).length > 0 || (context.simulated && !manifest.simulated)) throw new Problem('kit.house-in-use')
    if (context.clock() > told.validUntil) throw new Problem('kit.expired', { until: schoolDay(told.validUntil) })
    if (manifest.simulated) await markSimulated(trx, context.clock())
    await takeAccounts(trx, context, parts)
    await takeRows(trx, parts)
    await recordTaken(trx, context, manifest, counts, sha256(file))
    await insertVersions(trx, { countyId, schoolId }, kitId, versionsIn(parts))
    return { ...told, already: false }
  })
}
