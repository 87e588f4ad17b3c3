/** list and show: what the library holds. */
import type { Definition } from '../definition.ts'
import { type LibraryEntry, loadLibrary } from '../library.ts'
import { chosen, keyOf } from './chosen.ts'
import type { Command } from './command.ts'

const isWithheld = ({ texts }: Definition) => Object.values(texts).every(({ status }) => status === 'withheld')

const summaryOf = ({ definition, hash }: LibraryEntry) => {
  const { id, version, acronym, items, scales, texts, licence, respondent, ages, validated = true, textsNeeded = [] } = definition
  const { status, attribution, clinical, educational, research, commercial, electronic, translation } = licence.wording
  return {
    id,
    version,
    acronym,
    names: Object.fromEntries(Object.entries(texts).map(([language, { name }]) => [language, name])),
    kind: isWithheld(definition) ? 'scoring-only' : 'full-text',
    licence: status,
    attribution,
    uses: { clinical, educational, research, commercial, electronic, translation },
    languages: Object.keys(texts),
    fullTextIn: Object.values(texts).flatMap(({ language, status: textStatus }) => (textStatus === 'withheld' ? [] : [language])),
    textsNeeded,
    respondent,
    ages,
    validated,
    items: items.length,
    scales: scales.map((scale) => scale.id),
    riskItems: items.flatMap((item) => (item.sensitive ? [item.id] : [])),
    hash,
  }
}

const lineOf = ({ definition, hash }: LibraryEntry) => {
  const { items, texts, licence, textsNeeded = [], validated } = definition
  return [
    keyOf(definition),
    texts['zh-CN']?.name ?? Object.values(texts)[0]?.name ?? definition.acronym,
    `${items.length} items`,
    Object.keys(texts).join(' '),
    licence.wording.status,
    ...(isWithheld(definition) ? ['scoring only'] : []),
    ...textsNeeded.map((language) => `${language}: needed`),
    ...(validated === false ? ['not validated'] : []),
    hash.slice(0, 12),
  ].join('  ')
}

export const list: Command = {
  usage: 'list',
  summary: 'every instrument and version, with its languages, licence and hash',
  details: [
    'One line a version: id@version, name, items, languages, licence of the words, hash. "scoring only" marks an instrument whose',
    'words the licence holder keeps: its answers can be scored, it cannot be drawn without a recorded permission.',
    'With --json also: kind (full-text or scoring-only), attribution, permitted uses, fullTextIn (the languages with every word),',
    'textsNeeded (languages in which no text was found), risk items.',
  ],
  examples: ['list', 'list --json'],
  takes: ['library', 'json'],
  run: async ({ folders }) => {
    const entries = (await loadLibrary(...folders)).list()
    return { lines: entries.map(lineOf), data: entries.map(summaryOf) }
  },
}

export const show: Command = {
  usage: 'show <id>[@version]',
  summary: 'one definition as JSON, the newest version unless one is named',
  details: ['The definition as it is locked, with its texts and its hash.'],
  examples: ['show phq-9', 'show phq-9@1.0.0'],
  takes: ['library', 'json'],
  run: async (asked) => {
    const { definition, hash } = await chosen(asked, asked.args[0])
    const data = { hash, ...definition }
    return { lines: [JSON.stringify(data, null, 2)], data }
  },
}
