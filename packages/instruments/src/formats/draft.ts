/** A draft definition out of a foreign file. What the format cannot carry is filled with the cautious choice and named as a need. */
import { type Definition, definitionSchema } from '../definition.ts'
import { idsOf, setsOf, slug } from './draft-ids.ts'
import { licenceOf, needsOf } from './draft-needs.ts'
import { draftScales } from './draft-scales.ts'
import { type Keyed, type Parts, textsOf } from './draft-texts.ts'
import { finding } from './finding.ts'
import { answersKey, type Foreign, type ForeignItem } from './foreign.ts'
import type { Imported } from './imported.ts'
import { asksAboutHarm } from './polarity.ts'
import { anyWords, lookBackOf, scriptOf } from './words.ts'

/** The first word of a name that looks like an acronym (PHQ-9, WHO, SDQ), or the name itself; in capitals when it has none. */
const acronymOf = ({ name }: Foreign) => {
  const words = name.slice(0, 200).match(/[A-Za-z0-9-]+/g) ?? []
  const found = words.find((word) => /^[A-Z]/.test(word) && /[A-Z0-9]/.test(word.slice(1))) ?? name.slice(0, 40)
  return found === found.toLowerCase() ? found.toUpperCase() : found
}

/** An item can be carried when it has at least two options and each coded value is a whole number that stands once. */
const whyNotCarried = ({ options }: ForeignItem): string | null => {
  const values = options.map(({ value }) => value)
  if (values.length < 2) return 'has fewer than two answers'
  if (values.some((value) => value !== null && !Number.isSafeInteger(value))) return 'has a coded value that is no whole number'
  const valued = values.filter((value) => value !== null)
  if (valued.length > 0 && valued.length < values.length) return 'has answers with and without a coded value'
  return new Set(valued).size === valued.length ? null : 'has the same coded value twice'
}

const isValued = ({ options }: ForeignItem) => options.every(({ value }) => value !== null)

/** Skip logic, when the items that open this one are carried and stand before it. */
const askedOf = ({ source }: Keyed, before: readonly Keyed[], otherwise: number | undefined) => {
  const ids = source.asked?.items.map((name) => before.find((keyed) => keyed.source.name === name)?.id)
  const [item, ...orItems] = ids ?? []
  if (!source.asked || !Number.isInteger(source.asked.from) || !Number.isInteger(source.asked.to)) return {}
  if (item === undefined || orItems.some((id) => id === undefined)) return {}
  const { from, to } = source.asked
  return { askedIf: { item, ...(orItems.length > 0 ? { orItems } : {}), from, to }, ...(otherwise === undefined ? {} : { otherwise }) }
}

const itemsOf = ({ items, scales }: Parts) => {
  const scored = new Set(scales.flatMap(([{ terms }]) => terms.map(({ item }) => item)))
  const otherwise = new Map(scales.flatMap(([scale]) => [...(scale.otherwise ?? [])]))
  return items.map((keyed, position) => {
    const { source, id, set } = keyed
    return {
      id,
      options: set,
      ...(asksAboutHarm(source) ? { sensitive: true } : {}),
      ...(scored.has(source.name) && isValued(source) ? {} : { scored: false }),
      ...askedOf(keyed, items.slice(0, position), otherwise.get(source.name)),
      ...(source.loinc === undefined ? {} : { loinc: source.loinc }),
    }
  })
}

const languagesOf = (items: readonly Keyed[]) =>
  [...new Set(items.flatMap(({ source }) => Object.keys(source.words)))].sort().map((language) => {
    const said = items.map(({ source }) => source.words[language] ?? '').join('')
    return { language, script: scriptOf(language, said) }
  })

/** Answers without values are numbered in their order; nothing is scored from them. */
const numberedItem = (item: ForeignItem): ForeignItem =>
  item.options.every(({ value }) => value === null)
    ? { ...item, options: item.options.map((option, value) => ({ ...option, value })) }
    : item

const partsOf = (foreign: Foreign, short: string): Parts => {
  const fit = foreign.items.filter((item) => whyNotCarried(item) === null && Object.keys(item.words).length > 0)
  const numbered = fit.map(numberedItem)
  const sets = setsOf(numbered)
  const ids = idsOf(numbered, short)
  const items = fit.map(
    (source, position): Keyed => ({ source, id: ids[position]!, set: sets.get(answersKey(numbered[position]!.options))!.id }),
  )
  return { items, sets: [...sets.values()], scales: draftScales(foreign, items) }
}

const optionsOf = ({ options, ids }: Parts['sets'][number]) =>
  options.map(({ value, code }, position) => ({
    id: ids[position]!,
    value: value ?? position,
    ...(code !== undefined && /^LA\d+-\d$/.test(code) ? { loinc: code } : {}),
  }))

/** What of the file the draft leaves behind, beyond what its importer has said already. */
const leftBehind = (foreign: Foreign, { items, scales }: Parts, withheld: readonly string[]): readonly string[] => [
  ...foreign.items.flatMap((item) => {
    if (items.some(({ source }) => source === item))
      return item.shownIf === undefined || item.asked ? [] : [`${item.name}: is shown only if ${item.shownIf.slice(0, 200)}`]
    return [`${item.name}: ${whyNotCarried(item) ?? 'has no words'}`]
  }),
  ...foreign.scales
    .filter((scale) => !scales.some(([carried]) => carried === scale))
    .map(({ name }) => `score ${name}: adds what the draft does not hold`),
  ...withheld.map((language) => `texts in ${language}: its script is not one of this library’s`),
]

const versionOf = ({ version }: Foreign) => (/^\d+\.\d+\.\d+$/.test(version ?? '') ? version : '0.0.1')

const bodyOf = (foreign: Foreign, id: string, parts: Parts, lookBackDays: number | null): Record<string, unknown> => {
  const languages = languagesOf(parts.items)
  return {
    schemaVersion: 1,
    id,
    version: versionOf(foreign),
    acronym: acronymOf(foreign),
    lookBackDays,
    respondent: 'pupil',
    ages: { from: 0, to: null },
    estimatedMinutes: Math.max(1, Math.ceil(parts.items.length / 6)),
    items: itemsOf(parts),
    optionSets: Object.fromEntries(parts.sets.map((set) => [set.id, optionsOf(set)])),
    scales: parts.scales.map(([, scale]) => scale),
    riskRules: [],
    licence: licenceOf(foreign),
    references: [{ citation: foreign.citation ?? `none given by the imported file ${foreign.file}` }],
    provenance: [
      {
        fact: 'everything in this draft',
        status: 'found',
        source: `imported file ${foreign.file} (${foreign.format}), not checked by a person`,
      },
    ],
    texts: Object.fromEntries(
      languages.flatMap(({ language, script }) =>
        script === null ? [] : [[language, textsOf(foreign, parts, language, script)] as const],
      ),
    ),
  }
}

/** The draft, its needs, and what was left behind; no draft when no item can be carried. */
export const draftOf = (foreign: Foreign): Imported => {
  const id = slug(acronymOf(foreign)) || slug(foreign.name) || 'imported'
  const parts = partsOf(foreign, id.replaceAll('-', ''))
  const withheld = languagesOf(parts.items).filter(({ script }) => script === null)
  const notCarried = [
    ...foreign.notCarried,
    ...leftBehind(
      foreign,
      parts,
      withheld.map(({ language }) => language),
    ),
  ]
  const without = (rule: string, what: string, place?: string): Imported => ({
    definition: null,
    findings: [...foreign.findings, finding(rule, 'error', { file: foreign.file, place }, what)],
    notCarried,
    itemNames: {},
  })
  if (parts.items.length === 0)
    return without('no-items', `no item with two or more coded answers and words: ${foreign.items.length} fields were read`)
  const lookBack = lookBackOf(anyWords(foreign.stems) ?? '') ?? lookBackOf(foreign.description)
  const parsed = definitionSchema.safeParse(bodyOf(foreign, id, parts, lookBack))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    return without('draft-does-not-fit', issue.message, issue.path.join('.'))
  }
  const definition: Definition = parsed.data
  return {
    definition,
    findings: [...foreign.findings, ...needsOf(foreign, parts, lookBack)],
    notCarried,
    itemNames: Object.fromEntries(parts.items.map(({ id: item, source }) => [item, source.name])),
  }
}
