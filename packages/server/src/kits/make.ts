// On the county's server: what one school's laptop needs, in one file that a passphrase opens.

import { unseal } from '../accounts/credentials.ts'
import type { Context } from '../context.ts'
import { carried, type Row } from '../db/carried.ts'
import { knownMigrations } from '../db/migrate.ts'
import type { Trx } from '../db/scope.ts'
import { hoursOf, schoolDay } from '../duty/day.ts'
import { Problem } from '../problem.ts'
import { type CarriedRow, countsOf, type Part, type Parts, pack } from './file.ts'
import { atSchool, type By, namesOf, note } from './place.ts'
import { accountsOfSchool, columnsOfTable, hasAdministrator, rowsForKit } from './queries.ts'
import { insertKit } from './record-queries.ts'
import { kitDays, newPassphrase, sha256 } from './rules.ts'
import { recipientOf, sealWithPassphrase } from './sealing.ts'

const day = 86_400_000
/** Its last day counts whole, as a school lives it. */
const lastMoment = (now: Date) => new Date(hoursOf(schoolDay(new Date(now.getTime() + kitDays * day))).to.getTime() - 1)
const accountColumns = ['id', 'username', 'display_name', 'password_hash', 'totp_secret']

export const asRows = (rows: readonly Row[]): readonly CarriedRow[] => rows.map((row) => ({ row, seen: [] }))

/** Password and one-time code work on the laptop as they do here; they leave this house inside the sealed file alone. */
const accountPart = async (trx: Trx, context: Context, place: { countyId: string; schoolId: string }): Promise<Part> => {
  const accounts = await accountsOfSchool(trx, place)
  if (accounts.length === 0) throw new Problem('kit.nobody-to-sign-in')
  const rows = accounts.map(({ id, username, displayName, passwordHash, totpSecret }) => ({
    id,
    username,
    display_name: displayName,
    password_hash: passwordHash,
    totp_secret: totpSecret && unseal(totpSecret, context.secrets.totpKey),
  }))
  return { columns: accountColumns, rows: asRows(rows) }
}

const gather = async (trx: Trx, context: Context, place: { countyId: string; schoolId: string }): Promise<Parts> => {
  const parts = new Map<string, Part>([['identity.account', await accountPart(trx, context, place)]])
  for (const spec of carried.filter(({ out }) => out)) {
    const columns = await columnsOfTable(trx, spec)
    parts.set(spec.table, { columns, rows: asRows(await rowsForKit(trx, spec, columns, place)) })
  }
  return parts
}

export const makeKit = (context: Context, by: By, schoolId: string) =>
  atSchool(context, by, schoolId, async (trx) => {
    const { countyId } = by
    const now = context.clock()
    const names = await namesOf(trx, countyId, schoolId)
    const [kitId, secret, passphrase] = [context.ids(), context.random(32).toString('hex'), newPassphrase(context.random)]
    const recipient = await recipientOf(context.secrets.kitKey)
    const validUntil = lastMoment(now)
    const parts = await gather(trx, context, { countyId, schoolId })
    const heading = {
      kind: 'kit' as const,
      software: context.config.version,
      simulated: context.simulated,
      migrations: [...(await knownMigrations())],
      countyId,
      schoolId,
      ...names,
    }
    const content = pack(
      {
        ...heading,
        kitId,
        counter: 0,
        writtenBy: by.accountId,
        writtenAt: now.toISOString(),
        validUntil: validUntil.toISOString(),
        recipient,
        secret,
      },
      parts,
    )
    const file = await sealWithPassphrase(content, passphrase)
    const [fileHash, counts] = [sha256(file), countsOf(parts)]
    await insertKit(trx, {
      ...{ countyId, schoolId, id: kitId, side: 'made', recipient, secret, fileHash, counts },
      ...{ madeBy: by.accountId, madeAt: now, validUntil, takenAt: null },
    })
    const details = { fileHash, pupils: counts['screening.participant'] ?? 0, accounts: counts['identity.account'] ?? 0 }
    await note(trx, context, by, { action: 'kit.made', subject: 'kit', subjectIds: [kitId], schoolId, details })
    return {
      kitId,
      passphrase,
      file,
      fileHash,
      counts,
      validUntil,
      administrator: await hasAdministrator(trx, { countyId, schoolId }),
      ...names,
    }
  })
