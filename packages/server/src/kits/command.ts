// npm run server -- kit …: what can be done at the computer itself, without a page.
import { existsSync, readFileSync } from 'node:fs'
import type { Context } from '../context.ts'
import { writePrivate } from '../data-folder.ts'
import { inScope, nowhere } from '../db/scope.ts'
import { allUnits } from '../units/queries.ts'
import { writeDay } from './home.ts'
import { makeKit } from './make.ts'
import { countiesHere } from './queries.ts'
import { openDay, type Received, receiveDay } from './receive.ts'
import { kitsTaken } from './record-queries.ts'
import { takeKit } from './take.ts'

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

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

const newFile = (file: string) => {
  if (existsSync(file)) throw new Error(`${file} is there already; name a new file`)
}
const readFile = (file: string): Uint8Array => {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

const noAdministrator =
  'the school has no administrator of its own, so nobody can write its days on the page of the laptop. Invite one under Accounts and make the kit again.'

const make = async (context: Context, school: string, file: string): Promise<readonly string[]> => {
  newFile(file)
  const found = (await houses(context)).flatMap(({ countyId, schools }) =>
    schools.flatMap(({ id, name, code }) => ([id, name, code].includes(school) ? [{ countyId, id, name }] : [])),
  )
  const [one, another] = found
  if (!one) throw new Error(`no school here has the name, code or id ${school}`)
  if (another) throw new Error(`several schools are called ${school}; give the id of one: ${found.map(({ id }) => id).join(', ')}`)
  const kit = await makeKit(context, { countyId: one.countyId, accountId: null }, one.id)
  writePrivate(file, kit.file)
  const { 'screening.participant': pupils = 0, 'identity.account': accounts = 0, 'screening.session': sessions = 0 } = kit.counts
  return [
    `Made a kit for ${kit.schoolName}: ${pupils} pupils, ${accounts} people who can sign in, ${sessions} planned sessions; valid until ${dayOf(kit.validUntil)}`,
    `  ${file}, SHA-256 ${kit.fileHash}`,
    ...(kit.administrator ? [] : [`  Careful: ${noAdministrator}`]),
    `  Its passphrase is told now and never again. Tell it by telephone or on paper, not on the same stick:`,
    `  ${kit.passphrase}`,
  ]
}

const take = async (context: Context, file: string, passphrase: string): Promise<readonly string[]> => {
  const { already, schoolName, countyName, counts, validUntil } = await takeKit(context, readFile(file), passphrase)
  if (already) return [`This kit of ${schoolName} was taken here before; nothing was changed.`]
  return [
    `Took the kit of ${schoolName}, ${countyName}: ${counts['screening.participant'] ?? 0} pupils, ${counts['identity.account'] ?? 0} people who can sign in; valid until ${dayOf(validUntil)}`,
    '  They sign in with the password and the one-time code that they have at the county. npm start',
    '  Seat codes of the county are not valid here: print new ones before a session.',
  ]
}

const home = async (context: Context, file: string): Promise<readonly string[]> => {
  newFile(file)
  for (const { countyId, schools } of await houses(context)) {
    const scope = { countyId, schoolIds: schools.map(({ id }) => id), accountId: null }
    const [kit] = await inScope(context.db, scope, 'identity', (trx) => kitsTaken(trx, countyId))
    if (!kit) continue
    const day = await writeDay(context, { countyId, accountId: null }, kit.schoolId, kit.id)
    writePrivate(file, day.file)
    return [
      `Wrote day ${day.counter}: ${day.counts['screening.submission'] ?? 0} sheets and all else since the kit, for the county's server alone`,
      `  ${file}, SHA-256 ${day.fileHash}`,
    ]
  }
  throw new Error('no kit was taken here, so there is nothing to bring home')
}

const told = (report: Received): readonly string[] => {
  const { inBundle, stored, known, conflicts } = report.submissions
  return [
    `${report.already ? 'Took in again' : 'Took in'} day ${report.counter} of ${report.schoolName}, SHA-256 ${report.fileHash}`,
    `  sheets: ${inBundle} in the file = ${stored} stored + ${known} known + ${conflicts} kept as a conflict`,
    `  flags raised here: ${report.flagsRaised}; new conflicts: ${report.conflictsFound}`,
    ...(report.changedNothing ? ['  nothing in it was new'] : []),
  ]
}

const receive = async (context: Context, file: string): Promise<readonly string[]> => {
  const bytes = readFile(file)
  const { manifest } = await openDay(context, bytes)
  return told(await receiveDay(context, { countyId: manifest.countyId, accountId: null }, bytes))
}

export const kitHelp = `  kit make <school> <file>   on the county's server: a sealed file with what the laptop of one school needs
  kit take <file>            on the laptop, into an empty data folder; asks for the passphrase
  kit home <file>            on the laptop: everything since the kit, sealed for the county's server
  kit receive <file>         on the county's server: takes a day in, all or nothing; twice is the same as once
      Stop the server first, or use its page Offline kits.`

type Deed = (context: Context, askPassphrase: () => Promise<string>) => Promise<readonly string[]>

/** What these words ask for; the deed answers with what it did. */
export const kitDeed = ([what, ...given]: readonly string[]): Deed => {
  const [first, second, ...more] = given
  if (what === 'make' && first && second && more.length === 0) return (context) => make(context, first, second)
  if (first && second === undefined) {
    if (what === 'take') return async (context, askPassphrase) => take(context, first, await askPassphrase())
    if (what === 'home') return (context) => home(context, first)
    if (what === 'receive') return (context) => receive(context, first)
  }
  throw new Error('which kit command? make <school> <file>, take <file>, home <file> or receive <file>; --help explains them')
}
