/** OpenScales' Open Scale Definition (.osd, version 1): JSON with likert and multi items, scoring blocks and translations by key. */
import { finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import type { ForeignItem, ForeignOption, Words } from './foreign.ts'
import { type Imported, type Importer, type ImportFile, refused } from './imported.ts'
import { field, isRecord, type Json, list, numberOf, parseJson, record, textOf } from './json.ts'
import { limits } from './limits.ts'
import { type Notes, openscalesScale, type Translate } from './openscales-scoring.ts'
import { languageTag, plainText, wordsOf } from './words.ts'

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
      notCarried.push(`${name}: a field of type ${typeof item.type === 'string' ? item.type.slice(0, 20) : typeof item.type}`)
      return []
    })
  return withoutTwins(found, ({ name, where }) => findings.push(finding('duplicate-id', 'error', where, `${name} stands twice`)))
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

const wanted = 'an .osd file, its translations beside it'

/** The definition among the files, or why there is none. */
const readOsd = (files: readonly ImportFile[]): { readonly main: ImportFile; readonly osd: Json; readonly definition: Json } | Imported => {
  const main = files.find(({ name }) => name.endsWith('.osd')) ?? files.find(({ text }) => text.includes('"osd_version"'))
  if (!main) return refused('no-definition', files[0]?.name ?? '', 'holds no Open Scale Definition: words alone are no instrument', wanted)
  const second = files.find((file) => file !== main && file.name.endsWith('.osd'))
  if (second) return refused('several-definitions', second.name, 'more than one definition was given', wanted)
  const parsed = parseJson(main)
  if (!parsed.ok) return refused('unreadable', main.name, parsed.why)
  const definition = record(field(parsed.value, 'definition'))
  if (list(definition.items).length > 0) return { main, osd: record(parsed.value), definition }
  return refused('no-definition', main.name, 'has no definition.items', 'osd_version 1.0 with definition.items')
}

/** What the file says of the instrument as a whole. */
const aboutOf = (definition: Json, files: readonly ImportFile[], file: string) => {
  const info = record(definition.scale_info)
  const evidence = [textOf(info.license_explanation), textOf(info.license_url)].filter(Boolean).join(' ')
  return {
    name: textOf(info.abbreviation) ?? textOf(info.code) ?? textOf(info.name) ?? file,
    titles: wordsOf(textOf(info.name) ?? textOf(info.code) ?? file),
    description: plainText(info.description) ?? '',
    citation: textOf(info.citation),
    licence: { label: textOf(info.license), evidence: textOf(evidence), encoding: encodingLicences(definition, files) },
    attribution: null,
  }
}

/** Imports one .osd file; translation files `<code>.<language>.json` and a LICENSE may stand beside it. */
export const importOpenscales: Importer = (files, options = {}) => {
  const read = readOsd(files)
  if (!('osd' in read)) return read
  const { main, osd, definition } = read
  const translate = translations(
    osd,
    files.filter((file) => file !== main),
  )
  const unread = ['parameters', 'report', 'variants', 'computed'].filter((part) => definition[part] !== undefined)
  const notes: Notes = { findings: [], notCarried: unread.map((part) => `definition.${part}`) }
  const items = itemsOf(definition, main.name, translate, notes)
  const reading = { definition, file: main.name, translate, items, notes }
  const blocks = Object.entries(record(definition.scoring)).slice(0, limits.scores + 1)
  return finish(
    {
      format: 'OpenScales OSD',
      file: main.name,
      ...aboutOf(definition, files, main.name),
      stems: translate(field(definition.likert_options, 'question_head')),
      items,
      scales: blocks.flatMap(([name, block]) => openscalesScale(name, record(block), reading) ?? []),
      ...notes,
    },
    options,
  )
}
