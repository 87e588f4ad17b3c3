/** OpenScales' Open Scale Definition (.osd, version 1): JSON with likert and multi items, scoring blocks and translations by key. */
import { type Finding, finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import type { ForeignItem, ForeignOption, ForeignScale, ForeignTerm, Threshold, Words } from './foreign.ts'
import { type Importer, type ImportFile, refused } from './imported.ts'
import { field, isRecord, type Json, list, numberOf, parseJson, record, textOf } from './json.ts'
import { limits } from './limits.ts'
import { languageTag, plainText, wordsOf } from './words.ts'

type Notes = { readonly findings: Finding[]; readonly notCarried: string[] }
type Translate = (key: unknown) => Words

/** One key's words in every language of the file and of the translation files beside it. */
const translations = (osd: Json, beside: readonly ImportFile[]): Translate => {
  const files = beside.flatMap((file): readonly (readonly [string, unknown])[] => {
    const tag = /\.([a-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\.json$/.exec(file.name)?.[1]
    const parsed = parseJson(file)
    return tag === undefined || !parsed.ok ? [] : [[tag, parsed.value]]
  })
  const all = [...Object.entries(record(field(osd, 'translations'))), ...files].slice(0, limits.languages)
  const known = new Map<string, Words>()
  return (key) => {
    if (typeof key !== 'string') return {}
    const pairs = known.has(key)
      ? []
      : all.flatMap(([language, said]) => {
          const [tag, text] = [languageTag(language === 'default' ? 'en' : language), plainText(field(said, key))]
          return tag === null || text === null ? [] : [[tag, text] as const]
        })
    const words = known.get(key) ?? Object.fromEntries(pairs)
    known.set(key, words)
    return words
  }
}

const likertOptions = (scale: unknown, translate: Translate): readonly ForeignOption[] => {
  const [min, points] = [numberOf(field(scale, 'min')) ?? 1, Math.min(numberOf(field(scale, 'points')) ?? 0, limits.answers + 1)]
  const step = points > 1 ? ((numberOf(field(scale, 'max')) ?? min + points - 1) - min) / (points - 1) : 1
  const labels = list(field(scale, 'labels'))
  return Array.from({ length: points }, (_, position) => ({ value: min + position * step, words: translate(labels[position]) }))
}

const choices = (options: unknown, translate: Translate): readonly ForeignOption[] =>
  list(options)
    .slice(0, limits.answers + 1)
    .map((option, position) =>
      isRecord(option)
        ? { value: numberOf(field(option, 'value')), words: translate(field(option, 'text_key')) }
        : { value: position + 1, words: translate(option) },
    )

const optionsOf = (item: Json, definition: Json, translate: Translate): readonly ForeignOption[] => {
  if (item.type === 'multi') return choices(item.options, translate)
  const common = record(field(definition, 'likert_options'))
  const named = field(field(definition, 'response_scales'), textOf(item.response_scale) ?? '')
  const own = { ...common, points: item.likert_points ?? list(item.likert_labels).length, labels: item.likert_labels }
  return likertOptions(item.likert_labels || item.likert_points ? own : (named ?? common), translate)
}

const itemsOf = (definition: Json, file: string, translate: Translate, { findings, notCarried }: Notes): readonly ForeignItem[] => {
  const found = list(field(definition, 'items'))
    .slice(0, limits.items + 1)
    .flatMap((entry, position): readonly ForeignItem[] => {
      const [item, name] = [record(entry), textOf(field(entry, 'id'))]
      const where = { file, place: `definition.items[${position}]` }
      if (name === null) return []
      const shownIf = isRecord(item.visible_when) ? JSON.stringify(item.visible_when).slice(0, 200) : undefined
      if (item.type === 'grid')
        return list(item.rows)
          .slice(0, limits.items + 1)
          .map((row, number) => ({
            name: `${name}_${number + 1}`,
            words: translate(row),
            options: choices(item.columns, translate),
            where,
          }))
      if (item.type === 'likert' || item.type === 'multi')
        return [{ name, words: translate(item.text_key ?? name), options: optionsOf(item, definition, translate), shownIf, where }]
      notCarried.push(`${name}: a field of type ${String(item.type).slice(0, 20)}`)
      return []
    })
  return withoutTwins(found, ({ name, where }) => findings.push(finding('duplicate-id', 'error', where, `${name} stands twice`)))
}

/** Items to their coding: 1 forward, -1 reversed, 0 left out. */
const termsOf = (block: Json): readonly ForeignTerm[] => {
  const [items, weights, legacy] = [block.items, record(block.weights), record(block.item_coding)]
  const codings = isRecord(items)
    ? Object.entries(items)
    : list(items).map((name) => [String(name), field(legacy, String(name)) ?? 1] as const)
  const isWeighted = textOf(block.method)?.startsWith('weighted_') === true
  return codings.slice(0, limits.items + 1).flatMap(([item, coding]) => {
    const weight = isWeighted ? (numberOf(field(weights, item)) ?? 0) : 1
    return numberOf(coding) === 0 || weight === 0 ? [] : [{ item, reversed: (numberOf(coding) ?? 1) < 0, weight }]
  })
}

/** Affine steps in turn, as one; null when a step is none. */
const transformOf = (steps: unknown): { readonly multiply: number; readonly add: number } | 'none' | null => {
  let [multiply, add] = [1, 0]
  for (const step of list(steps).slice(0, 50)) {
    const [op, value] = [field(step, 'op'), numberOf(field(step, 'value'))]
    if (value === null) return null
    if (op === 'add') add += value
    else if (op === 'subtract') add -= value
    else if (op === 'multiply' || (op === 'divide' && value !== 0)) {
      const by = op === 'multiply' ? value : 1 / value
      ;[multiply, add] = [multiply * by, add * by]
    } else return null
  }
  return multiply === 1 && add === 0 ? 'none' : { multiply, add }
}

const thresholdsOf = (block: Json, translate: Translate): readonly Threshold[] =>
  list(field(field(block, 'norms'), 'thresholds'))
    .slice(0, 50)
    .flatMap((entry) => {
      const [from, to] = [numberOf(field(entry, 'min')), numberOf(field(entry, 'max'))]
      const label = textOf(field(entry, 'label')) ?? translate(field(entry, 'label_key')).en ?? `band from ${from}`
      return from === null || to === null ? [] : [{ from, to, label }]
    })

const methods = ['sum_coded', 'mean_coded', 'weighted_sum', 'weighted_mean']

type Reading = {
  readonly definition: Json
  readonly file: string
  readonly translate: Translate
  readonly items: readonly ForeignItem[]
  readonly notes: Notes
}

const scaleOf = (name: string, block: Json, { definition, file, translate, items, notes }: Reading): ForeignScale | null => {
  const where = { file, place: `definition.scoring.${name}` }
  const method = textOf(block.method) ?? ''
  const transform = transformOf(block.transform)
  const refuse = (what: string, allowed?: string) => {
    notes.findings.push(finding('score-not-understood', 'error', where, `${name}: ${what}`, allowed))
    return null
  }
  if (!methods.includes(method)) return refuse(`the method ${method || 'none'} is not carried`, methods.join(', '))
  if (transform === null) return refuse('a transform step is not carried', 'add, subtract, multiply or divide by a number')
  if (isRecord(block.value_map)) return refuse('a value_map recodes answers, which is not carried')
  const parts = list(block.scores).map(String)
  const all = termsOf(block)
  const terms = parts.length > 0 ? [] : all.filter(({ item }) => items.some((known) => known.name === item))
  const dimension = record(list(definition.dimensions).find((entry) => field(entry, 'id') === name))
  const whole = Object.keys(record(definition.scoring)).length === 1 ? textOf(field(definition.scale_info, 'description')) : null
  return {
    name,
    words: wordsOf(textOf(dimension.name) ?? name),
    description: [block.description, dimension.description, whole]
      .map((part) => plainText(part) ?? '')
      .join(' ')
      .trim(),
    method: method.startsWith('sum') || method === 'weighted_sum' ? 'sum' : 'mean',
    terms,
    of: parts.length > 0 ? parts.map((scale) => ({ scale, weight: numberOf(field(block.weights, scale)) ?? 1 })) : undefined,
    transform: transform === 'none' ? null : transform,
    missing: 'null',
    minimumAnswered: null,
    missingSaid: null,
    decimals: null,
    thresholds: thresholdsOf(block, translate),
    strays: parts.length > 0 ? all.map(({ item }) => item) : all.filter((term) => !terms.includes(term)).map(({ item }) => item),
    where,
  }
}

const encodingLicences = (definition: Json, files: readonly ImportFile[]): readonly string[] => {
  const beside = files.find(({ name }) => /licen[cs]e/i.test(name))?.text.slice(0, 2000)
  const named =
    beside === undefined
      ? null
      : /noncommercial/i.test(beside)
        ? /sharealike/i.test(beside)
          ? 'CC BY-NC-SA 4.0'
          : 'CC BY-NC 4.0'
        : beside.split('\n')[0]!
  return [textOf(field(definition.implementation, 'license')), named].flatMap((licence) => licence ?? [])
}

/** Imports one .osd file; translation files `<code>.<language>.json` and a LICENSE may stand beside it. */
export const importOpenscales: Importer = (files, options = {}) => {
  const main = files.find(({ name }) => name.endsWith('.osd')) ?? files.find(({ text }) => text.includes('"osd_version"'))
  if (!main)
    return refused(
      'no-definition',
      files[0]?.name ?? '',
      'holds no Open Scale Definition: words alone are no instrument',
      'an .osd file, its translations beside it',
    )
  const others = files.filter((file) => file !== main && file.name.endsWith('.osd'))
  if (others[0])
    return refused(
      'several-definitions',
      others[0].name,
      `${others.length + 1} definitions were given`,
      'one .osd file with what belongs to it',
    )
  const parsed = parseJson(main)
  if (!parsed.ok) return refused('unreadable', main.name, parsed.why)
  const definition = record(field(parsed.value, 'definition'))
  if (list(definition.items).length === 0)
    return refused('no-definition', main.name, 'has no definition.items', 'osd_version 1.0 with definition.items')
  const [info, translate] = [
    record(definition.scale_info),
    translations(
      record(parsed.value),
      files.filter((file) => file !== main),
    ),
  ]
  const notes: Notes = { findings: [], notCarried: [] }
  const items = itemsOf(definition, main.name, translate, notes)
  const reading = { definition, file: main.name, translate, items, notes }
  const blocks = Object.entries(record(definition.scoring)).slice(0, limits.scores + 1)
  const evidence = [textOf(info.license_explanation), textOf(info.license_url)].filter(Boolean).join(' ')
  for (const part of ['parameters', 'report', 'variants', 'computed'])
    if (definition[part] !== undefined) notes.notCarried.push(`definition.${part}`)
  return finish(
    {
      format: 'OpenScales OSD',
      file: main.name,
      name: textOf(info.abbreviation) ?? textOf(info.code) ?? textOf(info.name) ?? main.name,
      titles: wordsOf(textOf(info.name) ?? textOf(info.code) ?? main.name),
      stems: translate(field(definition.likert_options, 'question_head')),
      description: plainText(info.description) ?? '',
      citation: textOf(info.citation),
      licence: { label: textOf(info.license), evidence: textOf(evidence), encoding: encodingLicences(definition, files) },
      attribution: null,
      items,
      scales: blocks.flatMap(([name, block]) => scaleOf(name, record(block), reading) ?? []),
      ...notes,
    },
    options,
  )
}
