/** Rules about words, names and licences. One function a rule. */
import { type Finding, finding } from './finding.ts'
import { answersKey, type Foreign, type Where, type Words } from './foreign.ts'
import type { KnownInstrument } from './imported.ts'
import type { LintRule } from './lint-scores.ts'
import { asksAboutHarm } from './polarity.ts'
import { anyWords, brokenCharacters, lookBackOf, traditionalCharacters } from './words.ts'

type Said = { readonly words: Words; readonly place: string; readonly where: Where; readonly isItem?: boolean }

const everythingSaid = ({ items, stems, titles, file }: Foreign): readonly Said[] => {
  const seen = new Set<string>()
  const options = items.flatMap((item) => {
    const key = answersKey(item.options)
    if (seen.has(key)) return []
    seen.add(key)
    return item.options.map(({ words }, position) => ({ words, place: `${item.name}, answer ${position + 1}`, where: item.where }))
  })
  return [
    { words: titles, place: 'title', where: { file } },
    { words: stems, place: 'stem', where: { file } },
    ...items.map(({ words, name, where }) => ({ words, place: name, where, isItem: true })),
    ...options,
  ]
}

const isSimplifiedTag = (tag: string) => tag.startsWith('zh') && !/Hant|TW|HK|MO/.test(tag)

/** Words tagged Simplified or just "zh" that are written in Traditional characters, whole or here and there. */
export const chineseScript: LintRule = (foreign) => {
  const said = everythingSaid(foreign)
  const tags = [...new Set(said.flatMap(({ words }) => Object.keys(words)))].filter(isSimplifiedTag)
  return tags.flatMap((tag) => {
    const told = said.filter(({ words }) => words[tag] !== undefined)
    const wrong = told.flatMap(({ words, place, where, isItem }) => {
      const characters = traditionalCharacters(words[tag]!)
      return characters.length === 0 ? [] : [{ place, where, characters, isItem }]
    })
    const isWhole = told.filter(({ isItem }) => isItem).length < 2 * wrong.filter(({ isItem }) => isItem).length
    if (isWhole) {
      const characters = [...new Set(wrong.flatMap((one) => one.characters))].slice(0, 12).join('')
      return [
        finding(
          'chinese-script',
          'error',
          { file: foreign.file, place: tag },
          `the words tagged ${tag} are written in Traditional characters (${characters})`,
          'Simplified characters, or the tag zh-Hant',
        ),
      ]
    }
    return wrong.map(({ place, where, characters }) =>
      finding(
        'chinese-script',
        'warning',
        { ...where, place: `${place} (${tag})` },
        `Traditional characters among Simplified ones: ${characters.join('')}`,
        'Simplified characters',
      ),
    )
  })
}

/** Characters of a private area or of compatibility ideographs: the words were torn out of a document. */
export const brokenText: LintRule = (foreign) => {
  const found = everythingSaid(foreign).flatMap(({ words, place, where }) =>
    Object.entries(words).flatMap(([tag, text]) => (brokenCharacters(text).length === 0 ? [] : [{ tag, place, where }])),
  )
  return [...new Set(found.map(({ tag }) => tag))].map((tag) => {
    const here = found.filter((one) => one.tag === tag)
    return finding(
      'broken-characters',
      'warning',
      { ...here[0]!.where, place: `${here[0]!.place} (${tag})` },
      `${here.length} texts in ${tag} hold characters that no font is sure to draw`,
    )
  })
}

/** An item or an answer without words in a language that has some. */
export const incompleteLanguage: LintRule = (foreign) => {
  const { items, file } = foreign
  const scored = items.filter(({ options }) => options.length > 0)
  const tags = [...new Set(scored.flatMap(({ words }) => Object.keys(words)))]
  return tags.flatMap((tag) => {
    const silent = scored.filter(({ words }) => words[tag] === undefined).map(({ name }) => name)
    const unworded = scored.filter(({ options }) => options.some(({ words }) => words[tag] === undefined)).map(({ name }) => name)
    if (silent.length === 0 && unworded.length === 0) return []
    const what = [
      ...(silent.length > 0 ? [`${silent.length} items without words`] : []),
      ...(unworded.length > 0 ? [`${unworded.length} items whose answers have none`] : []),
    ]
    return [finding('incomplete-language', 'warning', { file, place: tag }, `${tag}: ${what.join(', ')}`)]
  })
}

/** Answers without a coded value, from which nothing can be scored, or no answers at all. */
export const answersWithoutValues: LintRule = ({ items, file }) => {
  const silent = items.filter(({ options }) => options.length > 0 && options.every(({ value }) => value === null))
  const empty = items.filter(({ options }) => options.length === 0).map(({ name }) => name)
  return [
    ...silent.map(({ name, where }) =>
      finding('answers-without-values', 'warning', where, `${name}: its answers have no coded values`, 'a whole number for each answer'),
    ),
    ...(empty.length > 0
      ? [
          finding(
            'answers-without-values',
            'error',
            { file },
            `the file does not hold the answers of ${empty.slice(0, 6).join(', ')}${empty.length > 6 ? ` and ${empty.length - 6} more` : ''}`,
          ),
        ]
      : []),
  ]
}

/** A licence label that nothing in the file supports, that the file's own evidence contradicts, or no label at all. */
export const licenceEvidence: LintRule = ({ licence: { label, evidence, encoding }, file }) => {
  const say = (what: string, place: string) =>
    finding('licence-without-evidence', 'warning', { file, place }, what, 'the owner’s own words, with where they stand')
  const isPublicDomain = label !== null && /public domain|cc0/i.test(label)
  return [
    ...(label === null ? [say('no licence of the words is named', 'licence')] : []),
    ...(label !== null && evidence === null ? [say(`the licence "${label.slice(0, 80)}" stands there without evidence`, 'licence')] : []),
    ...(isPublicDomain && evidence !== null && !/public domain|cc0/i.test(evidence)
      ? [say(`the licence "${label}" is not what its evidence says: ${evidence.slice(0, 160)}`, 'licence')]
      : []),
    ...(new Set(encoding.map((one) => one.replace(/[^a-z0-9]+/gi, '').toLowerCase())).size > 1
      ? [say(`the licence of the encoding is told in different ways: ${encoding.join(', ')}`, 'licence.encoding')]
      : []),
  ]
}

const bareName = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
const isNamesake = (name: string, known: string) => name === known || (name.startsWith(known) && /^[a-z]$/.test(name.slice(known.length)))

/** The name of a known instrument with another look-back period, or two languages of one file that ask about different periods. */
export const otherLookBack =
  (known: readonly KnownInstrument[]): LintRule =>
  ({ name, stems, description, file, items }) => {
    const days = lookBackOf(anyWords(stems) ?? '') ?? lookBackOf(description)
    const names = [
      ...new Set([name, ...(name.match(/\b[A-Za-z]+-?\d+[a-z]?\b/g) ?? []), items[0]?.name.replace(/_?\d+$/, '') ?? ''].map(bareName)),
    ]
    const namesakes = known.filter(
      ({ id, acronym, lookBackDays }) =>
        lookBackDays !== null && names.some((one) => [bareName(id), bareName(acronym)].some((other) => isNamesake(one, other))),
    )
    const told = Object.entries(stems).flatMap(([tag, text]) => {
      const asked = lookBackOf(text)
      return asked === null ? [] : [{ tag, asked }]
    })
    const differs = told.filter(({ asked }) => asked !== told[0]!.asked)
    return [
      ...(days === null ? [] : namesakes.filter(({ lookBackDays }) => lookBackDays !== days)).map(({ id, lookBackDays }) =>
        finding(
          'other-look-back',
          'warning',
          { file, place: 'stem' },
          `asks about the last ${days} days, while ${id} asks about ${lookBackDays}: scores and cut-offs are not the same`,
          `${lookBackDays} days, or another name`,
        ),
      ),
      ...(differs.length > 0
        ? [
            finding(
              'other-look-back',
              'warning',
              { file, place: 'stem' },
              `asks about ${told[0]!.asked} days in ${told[0]!.tag}, about ${differs.map(({ tag, asked }) => `${asked} in ${tag}`).join(', ')}`,
            ),
          ]
        : []),
    ]
  }

const verdicts = /diagnos|normal|healthy|no risk|negative|disorder|\bclinical|正常|健康|阴性|诊断|患有/i

/** A band that reads as a diagnosis or as an all-clear: a score of this library says neither. */
export const bandWording: LintRule = ({ scales }) =>
  scales.flatMap(({ name, where, thresholds }) => {
    const labels = thresholds.map(({ label }) => label).filter((label) => verdicts.test(label))
    if (labels.length === 0) return []
    const what = `${name}: bands read as a diagnosis or as an all-clear: ${labels.map((label) => label.slice(0, 60)).join(', ')}`
    return [finding('band-wording', 'warning', where, what, 'words such as "higher range, further assessment advised"')]
  })

/** A question about suicide or self-harm comes in without a rule that makes anyone look: foreign formats carry none. */
export const riskItem: LintRule = ({ items }) =>
  items
    .filter(asksAboutHarm)
    .map(
      ({ name, where }): Finding =>
        finding(
          'risk-item-without-a-rule',
          'warning',
          where,
          `${name} asks about suicide or self-harm, and no rule raises a flag from its answer`,
          'an item rule and an unanswered rule',
        ),
    )
