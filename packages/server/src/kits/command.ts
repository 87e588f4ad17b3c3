// npm run server -- kit …: what can be done at the computer itself, without a page.
import { existsSync, readFileSync } from 'node:fs'
import type { Context } from '../context.ts'
import { writePrivate } from '../data-folder.ts'
import { inScope, nowhere } from '../db/scope.ts'
import { schoolDay } from '../duty/day.ts'
import { Told, type terminalWords } from '../terminal.ts'
import { allUnits } from '../units/queries.ts'
import { writeDay } from './home.ts'
import { makeKit } from './make.ts'
import { countiesHere } from './queries.ts'
import { openDay, type Received, receiveDay } from './receive.ts'
import { kitsTaken } from './record-queries.ts'
import { takeKit } from './take.ts'

type Tell = ReturnType<typeof terminalWords>
type House = {
  readonly countyId: string
  readonly schools: readonly { readonly id: string; readonly name: string; readonly code: string | null }[]
}

const houses = (context: Context): Promise<readonly House[]> =>
  inScope(context.db, nowhere, 'identity', async (trx) => {
    const found: House[] = []
    for (const countyId of await countiesHere(trx)) {
      const units = await inCounty(context, countyId)
      found.push({ countyId, schools: units.filter(({ kind }) => kind === 'school') })
    }
    return found
  })

const inCounty = (context: Context, countyId: string) =>
  inScope(context.db, { ...nowhere, countyId }, 'identity', (trx) => allUnits(trx, countyId))

const newFile = (file: string) => {
  if (existsSync(file)) throw new Told('fileThere', { file })
}
const readFile = (file: string): Uint8Array => {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Told('fileUnreadable', { file, why: (error as Error).message }, error)
  }
}

const counted = (counts: Readonly<Record<string, number>>) => ({
  pupils: counts['screening.participant'] ?? 0,
  accounts: counts['identity.account'] ?? 0,
  sessions: counts['screening.session'] ?? 0,
})

type Deed = (context: Context, tell: Tell, askPassphrase: () => Promise<string>) => Promise<readonly string[]>

const make =
  (school: string, file: string): Deed =>
  async (context, tell) => {
    newFile(file)
    const found = (await houses(context)).flatMap(({ countyId, schools }) =>
      schools.flatMap(({ id, name, code }) => ([id, name, code].includes(school) ? [{ countyId, id, name }] : [])),
    )
    const [one, another] = found
    if (!one) throw new Told('kitNoSuchSchool', { school })
    if (another) throw new Told('kitSeveralSchools', { school, ids: found.map(({ id }) => id).join(', ') })
    const kit = await makeKit(context, { countyId: one.countyId, accountId: null }, one.id)
    writePrivate(file, kit.file)
    return [
      tell({ key: 'kitMade', with: { ...counted(kit.counts), school: kit.schoolName, until: schoolDay(kit.validUntil) } }),
      `  ${file}, SHA-256 ${kit.fileHash}`,
      ...(kit.administrator ? [] : [tell({ key: 'kitNoAdministrator', indent: '  ' })]),
      tell({ key: 'kitPassphraseOnce', indent: '  ' }),
      `  ${kit.passphrase}`,
    ]
  }

const take =
  (file: string): Deed =>
  async (context, tell, askPassphrase) => {
    const passphrase = await askPassphrase()
    const { already, schoolName: school, countyName: county, counts, validUntil } = await takeKit(context, readFile(file), passphrase)
    if (already) return [tell({ key: 'kitTakenBefore', with: { school } })]
    return [
      tell({ key: 'kitTaken', with: { ...counted(counts), school, county, until: schoolDay(validUntil) } }),
      tell({ key: 'kitSignIn', indent: '  ' }),
      tell({ key: 'kitSeatCodes', indent: '  ' }),
    ]
  }

const home =
  (file: string): Deed =>
  async (context, tell) => {
    newFile(file)
    for (const { countyId, schools } of await houses(context)) {
      const scope = { countyId, schoolIds: schools.map(({ id }) => id), accountId: null }
      const [kit] = await inScope(context.db, scope, 'identity', (trx) => kitsTaken(trx, countyId))
      if (!kit) continue
      const { counter, counts, fileHash, file: day } = await writeDay(context, { countyId, accountId: null }, kit.schoolId, kit.id)
      writePrivate(file, day)
      return [
        tell({ key: 'kitDayWritten', with: { counter, sheets: counts['screening.submission'] ?? 0 } }),
        `  ${file}, SHA-256 ${fileHash}`,
      ]
    }
    throw new Told('kitNothingHome', {})
  }

const told = ({ already, counter, schoolName, fileHash, ...report }: Received, tell: Tell): readonly string[] => [
  tell({ key: already ? 'kitDayAgain' : 'kitDayReceived', with: { counter, school: schoolName, hash: fileHash } }),
  tell({ key: 'kitDaySheets', with: report.submissions, indent: '  ' }),
  tell({ key: 'kitDayFlags', with: { flags: report.flagsRaised, conflicts: report.conflictsFound }, indent: '  ' }),
  ...(report.changedNothing ? [tell({ key: 'kitNothingNew', indent: '  ' })] : []),
]

const receive =
  (file: string): Deed =>
  async (context, tell) => {
    const bytes = readFile(file)
    const { manifest } = await openDay(context, bytes)
    return told(await receiveDay(context, { countyId: manifest.countyId, accountId: null }, bytes), tell)
  }

/** What these words ask for; the deed answers with what it did. */
export const kitDeed = ([what, ...given]: readonly string[]): Deed => {
  const [first, second, ...more] = given
  if (what === 'make' && first && second && more.length === 0) return make(first, second)
  if (first && second === undefined) {
    if (what === 'take') return take(first)
    if (what === 'home') return home(first)
    if (what === 'receive') return receive(first)
  }
  throw new Told('kitWhich', {})
}
