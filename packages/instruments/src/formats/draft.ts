/** A draft definition out of a foreign file. What the format cannot carry is filled with the cautious choice and named as a need. */
import { type Definition, definitionSchema, type Texts } from '../definition.ts'
import { type Finding, finding } from './finding.ts'
import { type Foreign, type ForeignItem, type ForeignOption, type ForeignScale, valueRange, type Words } from './foreign.ts'
import type { Imported } from './imported.ts'
import { asksAboutHarm, statedDirection } from './polarity.ts'
import { anyWords, lookBackOf, scriptOf } from './words.ts'

const slug = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')

/** Each name once: a second one of the same gets a number. */
const uniquely = () => {
  const taken = new Set<string>()
  return (wanted: string, otherwise: string): string => {
    const base = wanted === '' ? otherwise : wanted
    let name = base
    for (let number = 2; taken.has(name); number += 1) name = `${base}-${number}`
    taken.add(name)
    return name
  }
}

const acronymOf = (foreign: Foreign) =>
  /\b[A-Z][A-Za-z]*[A-Z0-9](?:-?[A-Z0-9]+)*[a-z]?\b/.exec(foreign.name)?.[0] ?? foreign.name.slice(0, 40)

/** An item can be carried when it has at least two options and each coded value is a whole number that stands once. */
const whyNotCarried = ({ options }: ForeignItem): string | null => {
  const values = options.map(({ value }) => value)
  if (values.length < 2) return 'has fewer than two answers'
  if (values.some((value) => value !== null && !Number.isSafeInteger(value))) return 'has a coded value that is no whole number'
  const valued = values.filter((value) => value !== null)
  if (valued.length > 0 && valued.length < values.length) return 'has answers with and without a coded value'
  return new Set(valued).size === valued.length ? null : 'has the same coded value twice'
}

type Keyed = { readonly source: ForeignItem; readonly id: string; readonly set: string }
type OptionSet = { readonly id: string; readonly options: readonly ForeignOption[]; readonly ids: readonly string[] }

const optionIds = (options: readonly ForeignOption[]) => {
  const unique = uniquely()
  return options.map(({ code, words }, position) => {
    const coded = code !== undefined && /^[a-z][a-z0-9-]*$/.test(code) ? code : slug(anyWords(words) ?? '')
    return unique(coded, `option-${position + 1}`)
  })
}

const setsOf = (items: readonly ForeignItem[]) => {
  const sets = new Map<string, OptionSet>()
  const unique = uniquely()
  for (const { options, optionSet } of items) {
    const key = JSON.stringify(options)
    if (!sets.has(key)) sets.set(key, { id: unique(slug(optionSet ?? ''), 'answers'), options, ids: optionIds(options) })
  }
  return sets
}

const idsOf = (items: readonly ForeignItem[], short: string) => {
  const kept =
    items.every(({ name }) => /^[a-z][a-z0-9]*_[0-9]+[a-z]?$/.test(name)) && new Set(items.map(({ name }) => name)).size === items.length
  return items.map(({ name }, position) => (kept ? name : `${short}_${position + 1}`))
}

const isValued = ({ options }: ForeignItem) => options.every(({ value }) => value !== null)

const itemOf = ({ source, id, set }: Keyed, scored: ReadonlySet<string>): Definition['items'][number] => ({
  id,
  options: set,
  ...(asksAboutHarm(source) ? { sensitive: true } : {}),
  ...(scored.has(source.name) && isValued(source) ? {} : { scored: false }),
  ...(source.loinc === undefined ? {} : { loinc: source.loinc }),
})

const scaleId = ({ name, words }: ForeignScale, position: number) =>
  (slug(name) || slug(anyWords(words) ?? '')).replaceAll('-', '_') || `scale_${position + 1}`

const scaleOf = (
  foreign: Foreign,
  scale: ForeignScale,
  id: string,
  carried: readonly Keyed[],
  ids: ReadonlyMap<string, string>,
): Definition['scales'][number] => {
  const unique = uniquely()
  const count = scale.of?.length ?? scale.terms.length
  const source = `imported file ${foreign.file}`
  const weighted = (weight: number) => (weight === 1 ? {} : { weight })
  return {
    id,
    method: scale.method,
    direction: statedDirection(scale.description) === 1 ? 'higher-is-better' : 'higher-is-worse',
    items: scale.of
      ? []
      : scale.terms.map(({ item, reversed, weight }) => ({
          item: carried.find((keyed) => keyed.source.name === item)!.id,
          ...(reversed ? { reversed } : {}),
          ...weighted(weight),
        })),
    ...(scale.of ? { of: scale.of.map(({ scale: part, weight }) => ({ scale: ids.get(part)!, ...weighted(weight) })) } : {}),
    missing: {
      minimumAnswered: scale.missing === 'null' ? count : Math.max(1, Math.min(count, Math.trunc(scale.minimumAnswered ?? 1))),
      treatment: scale.missing,
      basis: 'none',
      source: `${source}: ${scale.missingSaid ?? 'says nothing of missing answers'}`,
    },
    ...(scale.transform ? { transform: { kind: 'linear' as const, ...scale.transform } } : {}),
    rounding:
      scale.decimals === null
        ? { decimals: 0, mode: 'none' }
        : { decimals: Math.max(0, Math.min(6, Math.trunc(scale.decimals))), mode: 'half-up' },
    bands: scale.thresholds.map(({ from, to, label }) => ({ id: unique(slug(label), 'band'), from, to, source: `${source}: ${label}` })),
    cutOffs: [],
  }
}

type Parts = {
  readonly items: readonly Keyed[]
  readonly sets: readonly OptionSet[]
  readonly scales: readonly (readonly [ForeignScale, Definition['scales'][number]])[]
}

const inLanguage = <Key extends string>(pairs: readonly (readonly [Key, Words])[], language: string): Record<string, string> =>
  Object.fromEntries(pairs.flatMap(([key, words]) => (words[language] === undefined ? [] : [[key, words[language]] as const])))

const textsOf = (foreign: Foreign, { items, sets, scales }: Parts, language: string, script: 'Hans' | 'Hant' | 'Latn'): Texts => {
  const stem = foreign.stems[language]
  return {
    language,
    script,
    edition: 'imported',
    status: 'found',
    source: `imported file ${foreign.file}`,
    name: foreign.titles[language] ?? anyWords(foreign.titles) ?? foreign.name,
    ...(stem === undefined ? {} : { stem }),
    items: inLanguage(
      items.map(({ id, source }) => [id, source.words] as const),
      language,
    ),
    options: Object.fromEntries(
      sets.map(({ id, options, ids }) => [
        id,
        inLanguage(
          options.map(({ words }, position) => [ids[position]!, words] as const),
          language,
        ),
      ]),
    ),
    scales: Object.fromEntries(scales.map(([scale, { id }]) => [id, scale.words[language] ?? anyWords(scale.words) ?? scale.name])),
    bands: Object.fromEntries(
      scales
        .filter(([, { bands }]) => bands.length > 0)
        .map(([scale, { id, bands }]) => [
          id,
          Object.fromEntries(bands.map((band, position) => [band.id, scale.thresholds[position]!.label])),
        ]),
    ),
    riskRules: {},
  }
}

const languagesOf = (items: readonly Keyed[]) => [...new Set(items.flatMap(({ source }) => Object.keys(source.words)))].sort()

const licenceOf = ({ file, licence, attribution }: Foreign): Definition['licence'] => ({
  wording: {
    status: 'permission-needed',
    terms: licence.label ?? 'the imported file names no licence',
    attribution: attribution ?? 'not told by the imported file',
    evidence: [`imported file says: ${[licence.label, licence.evidence].filter(Boolean).join('; ') || 'nothing'} (${file})`.slice(0, 2000)],
    clinical: false,
    educational: false,
    research: false,
    commercial: false,
    electronic: false,
    translation: false,
  },
  encoding: 'Apache-2.0',
})

/** What a person has to settle before the draft can become an instrument. */
const needsOf = (foreign: Foreign, parts: Parts, lookBack: number | null): readonly Finding[] => {
  const where = { file: foreign.file }
  const need = (what: string, place: string) => finding('needs', 'note', { ...where, place }, what)
  return [
    need('respondent, ages and minutes are not in the file: pupil, from 0 and an estimate were filled in', 'definition'),
    ...(lookBack === null ? [need('no look-back period is told in words that are understood', 'lookBackDays')] : []),
    need('the licence gate stays closed until a person has read the terms and recorded the evidence', 'licence'),
    need('the licence of the encoding is the file’s own: Apache-2.0 stands in the draft only because a value must', 'licence.encoding'),
    ...parts.scales.flatMap(([scale, { id }]) => [
      ...(statedDirection(scale.description) === 0
        ? [need('says not what a high score means: higher-is-worse was filled in', `scales.${id}.direction`)]
        : []),
      ...(scale.missingSaid === null ? [need('says not what a missing answer does: no score was filled in', `scales.${id}.missing`)] : []),
    ]),
    ...parts.items
      .filter(({ source }) => asksAboutHarm(source))
      .map(({ id }) => need('asks about suicide or self-harm: it needs an item rule and an unanswered rule', `items.${id}`)),
  ]
}

const scalesCarried = (foreign: Foreign, carried: readonly Keyed[]) => {
  const names = new Set(carried.map(({ source }) => source.name))
  const valued = new Set(carried.filter(({ source }) => valueRange(source) !== null).map(({ source }) => source.name))
  const simple = foreign.scales.filter(
    ({ of, terms }) => !of && terms.length > 0 && terms.every(({ item }) => names.has(item) && valued.has(item)),
  )
  const known = new Set(simple.map(({ name }) => name))
  return foreign.scales.filter(
    (scale) => known.has(scale.name) || (scale.of && scale.of.length > 1 && scale.of.every((part) => known.has(part.scale))),
  )
}

const partsOf = (foreign: Foreign, short: string) => {
  const fit = foreign.items.filter((item) => whyNotCarried(item) === null && Object.keys(item.words).length > 0)
  const numbered = fit.map((item) => ({
    ...item,
    options: item.options.every(({ value }) => value === null) ? item.options.map((option, value) => ({ ...option, value })) : item.options,
  }))
  const sets = setsOf(numbered)
  const ids = idsOf(numbered, short)
  const carried = fit.map(
    (source, position): Keyed => ({ source, id: ids[position]!, set: sets.get(JSON.stringify(numbered[position]!.options))!.id }),
  )
  const scales = scalesCarried(foreign, carried)
  const unique = uniquely()
  const scaleIds = new Map(scales.map((scale, position) => [scale.name, unique(scaleId(scale, position), 'scale').replaceAll('-', '_')]))
  return {
    items: carried,
    sets: [...sets.values()],
    scales: scales.map((scale) => [scale, scaleOf(foreign, scale, scaleIds.get(scale.name)!, carried, scaleIds)] as const),
  }
}

/** What of the file the draft leaves behind, beyond what its importer has said already. */
const leftBehind = (foreign: Foreign, { items, scales }: Parts, withheld: readonly string[]) => [
  ...foreign.items.flatMap((item) => {
    if (items.some(({ source }) => source === item))
      return item.shownIf === undefined ? [] : [`${item.name}: is shown only if ${item.shownIf}`]
    return [`${item.name}: ${whyNotCarried(item) ?? 'has no words'}`]
  }),
  ...foreign.scales
    .filter((scale) => !scales.some(([carried]) => carried === scale))
    .map(({ name }) => `score ${name}: adds what the draft does not hold`),
  ...withheld.map((language) => `texts in ${language}: its script is not one of this library’s`),
]

/** The draft, its needs, and what was left behind; no draft when no item can be carried. */
export const draftOf = (foreign: Foreign): Imported => {
  const acronym = acronymOf(foreign)
  const id = slug(acronym) || slug(foreign.name) || 'imported'
  const short = id.replaceAll('-', '')
  const parts = partsOf(foreign, short)
  const nothing = { definition: null, itemNames: {} }
  if (parts.items.length === 0) {
    const what = `no item with two or more coded answers and words: ${foreign.items.length} fields were read`
    return {
      ...nothing,
      findings: [...foreign.findings, finding('no-items', 'error', { file: foreign.file }, what)],
      notCarried: leftBehind(foreign, parts, []),
    }
  }
  const languages = languagesOf(parts.items).map((language) => {
    const said = parts.items.map(({ source }) => source.words[language] ?? '').join('')
    return { language, script: scriptOf(language, said) }
  })
  const lookBack = lookBackOf(anyWords(foreign.stems) ?? '') ?? lookBackOf(foreign.description)
  const scored = new Set(parts.scales.flatMap(([{ terms }]) => terms.map(({ item }) => item)))
  const draft = {
    schemaVersion: 1,
    id,
    version: '0.0.1',
    acronym,
    lookBackDays: lookBack,
    respondent: 'pupil',
    ages: { from: 0, to: null },
    estimatedMinutes: Math.max(1, Math.ceil(parts.items.length / 6)),
    items: parts.items.map((keyed) => itemOf(keyed, scored)),
    optionSets: Object.fromEntries(
      parts.sets.map(({ id: set, options, ids }) => [
        set,
        options.map(({ value, code }, position) => ({
          id: ids[position],
          value: value ?? position,
          ...(code !== undefined && /^LA\d+-\d$/.test(code) ? { loinc: code } : {}),
        })),
      ]),
    ),
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
  const notCarried = [
    ...foreign.notCarried,
    ...leftBehind(
      foreign,
      parts,
      languages.filter(({ script }) => script === null).map(({ language }) => language),
    ),
  ]
  const parsed = definitionSchema.safeParse(draft)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    const broken = finding('draft-does-not-fit', 'error', { file: foreign.file, place: issue.path.join('.') }, issue.message)
    return { ...nothing, findings: [...foreign.findings, broken], notCarried }
  }
  return {
    definition: parsed.data,
    findings: [...foreign.findings, ...needsOf(foreign, parts, lookBack)],
    notCarried,
    itemNames: Object.fromEntries(parts.items.map(({ id: item, source }) => [item, source.name])),
  }
}
