/** What each command says. The disk is given: `read` a file of the caller, `write` a file of the library. */
import { checkAnswers } from '../answers.ts'
import type { Definition, Texts } from '../definition.ts'
import { editorSchemas } from '../editor-schema.ts'
import { type LibraryEntry, loadLibrary } from '../library.ts'
import { extendedLock, libraryProblems } from '../lock.ts'
import { evaluateRisk } from '../risk.ts'
import { type ScaleScore, scoreAnswers } from '../score.ts'

export type Asked = {
  readonly args: readonly string[]
  readonly folder: string
  readonly language: string
  readonly renew: boolean
  readonly read: (file: string) => Promise<string>
  readonly write: (name: string, text: string) => Promise<void>
}
type Said = { readonly lines: readonly string[]; readonly failed?: boolean }
type Command = (asked: Asked) => Promise<Said>

const byVersion = (left: LibraryEntry, right: LibraryEntry) =>
  left.definition.version.localeCompare(right.definition.version, 'en', { numeric: true })

const chosen = async ({ args: [which], folder }: Asked): Promise<LibraryEntry> => {
  const entries = (await loadLibrary(folder)).list()
  const [id, version] = (which ?? '').split('@')
  const versions = entries.filter(({ definition }) => definition.id === id).toSorted(byVersion)
  const entry = version === undefined ? versions.at(-1) : versions.find(({ definition }) => definition.version === version)
  if (entry) return entry
  const known = versions.length > 0 ? versions : entries
  throw new Error(`which instrument? one of ${known.map(({ definition }) => `${definition.id}@${definition.version}`).join(', ')}`)
}

const textsIn = ({ id, texts }: Definition, language: string): Texts => {
  if (Object.hasOwn(texts, language)) return texts[language]!
  throw new Error(`${id} has no texts in ${language}, it has ${Object.keys(texts).join(', ')}`)
}

const list: Command = async ({ folder }) => ({
  lines: (await loadLibrary(folder)).list().map(({ definition: { id, version, items, texts, licence }, hash }) => {
    const name = texts['zh-CN']?.name ?? Object.values(texts)[0]!.name
    return [
      `${id}@${version}`,
      name,
      `${items.length} items`,
      Object.keys(texts).join(' '),
      licence.wording.status,
      hash.slice(0, 12),
    ].join('  ')
  }),
})

const check: Command = async ({ folder }) => {
  const problems = await libraryProblems(folder)
  if (problems.length > 0) return { lines: problems, failed: true }
  return { lines: [`${(await loadLibrary(folder)).list().length} versions read, lawful and locked`] }
}

const lock: Command = async ({ folder, write }) => {
  const { lock: extended, added } = await extendedLock(folder)
  await write('lock.json', `${JSON.stringify(extended, null, 2)}\n`)
  return { lines: added.length > 0 ? added.map((key) => `locked ${key}`) : ['every version was locked already'] }
}

const show: Command = async (asked) => {
  const { definition, hash } = await chosen(asked)
  return { lines: [JSON.stringify({ hash, ...definition }, null, 2)] }
}

const schema: Command = async ({ folder, renew, write }) => {
  const schemas = editorSchemas()
  if (!renew) return { lines: [schemas['definition.schema.json'].trimEnd()] }
  for (const [name, text] of Object.entries(schemas)) await write(name, text)
  return { lines: Object.keys(schemas).map((name) => `wrote ${name} in ${folder}`) }
}

const scoreLine = (texts: Texts, score: ScaleScore) => {
  const name = `${score.scale} ${texts.scales[score.scale]}`
  if (score.kind === 'unscorable') return `${name}: no score, ${score.answered} of ${score.of} answered, without ${score.missing.join(' ')}`
  const band = score.band === null ? '' : `, ${texts.bands[score.scale]?.[score.band]}`
  return `${name}: ${score.value}${band}${score.prorated ? ` (prorated from ${score.answered} of ${score.of})` : ''}`
}

const parsed = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is no JSON`)
  }
}

const score: Command = async (asked) => {
  const { definition } = await chosen(asked)
  const file = asked.args[1]
  if (file === undefined) throw new Error(`score needs a file of answers, such as {"${definition.items[0]!.id}": 0}`)
  const checked = checkAnswers(definition, parsed(file, await asked.read(file)))
  if (!checked.ok) {
    const { item, problem, allowed } = checked.problems[0]!
    throw new Error(`${file}: ${item || 'the file'}: ${problem}, allowed: ${allowed}`)
  }
  const texts = textsIn(definition, asked.language)
  const scores = scoreAnswers(definition, checked.answers)
  const flags = evaluateRisk(definition, checked.answers, scores)
  return {
    lines: [
      ...scores.map((one) => scoreLine(texts, one)),
      ...flags.map(({ rule, urgency, subject, value }) => `flag ${rule}, ${urgency}, ${subject} = ${value}: ${texts.riskRules[rule]}`),
      'A score screens and never diagnoses; a sheet without flags says nothing about safety. 得分仅作筛查提示，不作诊断；没有预警不等于安全。',
    ],
  }
}

export const commands: Readonly<Record<string, Command>> = { list, check, lock, show, schema, score }
