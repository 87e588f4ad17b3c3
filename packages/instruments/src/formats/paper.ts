/** A definition as a printable form for A4: the same item ids as on the screen, large boxes, no script, the licence's line at its end. */
import type { Definition } from '../definition.ts'
import { mayDraw, type Refusal } from '../permission.ts'
import { type Exporter, type ExportOptions, fileName, notCarriedFrom } from './exported.ts'
import { paperStyle } from './paper-style.ts'
import { type PaperLanguage, paperWords } from './paper-words.ts'
import { languagesOf, type Words, wordsIn } from './words-of.ts'

type Item = Definition['items'][number]
type Say = (typeof paperWords)[PaperLanguage]
type Form = { readonly definition: Definition; readonly words: Words; readonly say: Say }

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => signs[sign]!)

const numberOf = ({ definition }: Form, item: string) => definition.items.findIndex(({ id }) => id === item) + 1

/** Who answers an item, said the shorter way: by the answers that open it, or by those that close it. */
const condition = (form: Form, { askedIf }: Item) => {
  if (!askedIf) return ''
  const { definition, words, say } = form
  const { item, orItems = [], from, to } = askedIf
  const { options } = definition.items.find(({ id }) => id === item)!
  const opens = ({ value }: { readonly value: number }) => value >= from && value <= to
  const all = definition.optionSets[options]!
  const [opening, closing] = [all.filter(opens), all.filter((option) => !opens(option))]
  const spoken = (list: typeof all) => list.map(({ id }) => words.option(options, id)).join(say.orAnswer)
  const gates = [item, ...orItems].map((gate) => numberOf(form, gate))
  const numbers = [gates.slice(0, -1).join(say.comma), ...gates.slice(-1)].filter((part) => part !== '').join(say.or)
  const byClosing = orItems.length === 0 && closing.length < opening.length
  return `<em class="when">${safe(byClosing ? say.unless(numbers, spoken(closing)) : say.condition(numbers, spoken(opening)))}</em>`
}

const question = (form: Form, item: Item) =>
  `${condition(form, item)}${safe(form.words.item(item.id))}<span class="id">${safe(item.id)}</span>`
const box = (value: number) => `<span class="box">${value}</span>`

const isChinese = ({ words }: Form) => words.language.startsWith('zh')

/** Point size of the heads and width of the columns in millimetres: the longest word fits, and as much as possible is left to the items. */
const columnsOf = (form: Form, labels: readonly string[]) => {
  const points = labels.length > 5 ? 8 : 9.5
  const em = points * 0.353
  const longest = Math.max(...labels.map((label) => label.length))
  const word = Math.max(...labels.flatMap((label) => label.split(/\s/).map(({ length }) => length)))
  const needed = isChinese(form) ? Math.ceil(longest / 2) * em + 2.5 : Math.max(word * em * 0.68 + 2.5, longest > 24 ? 23 : 0)
  return { points, width: Math.min(28, 115 / labels.length, Math.max(14, needed)) }
}

/** Items that share an option set, in a table: a row an item, a column an option. */
const table = (form: Form, items: readonly Item[]) => {
  const { definition, words } = form
  const set = items[0]!.options
  const options = definition.optionSets[set]!
  const labels = options.map(({ id }) => words.option(set, id))
  const { points, width } = columnsOf(form, labels)
  const columns = options.map(() => `<col style="width: ${width.toFixed(1)}mm">`).join('')
  const heads = labels.map((label) => `<th scope="col" style="font-size: ${points}pt">${safe(label)}</th>`).join('')
  const rows = items.map((item) => {
    const boxes = options.map(({ value }) => `<td>${box(value)}</td>`).join('')
    return `<tr><td class="number">${numberOf(form, item.id)}</td><td class="asked">${question(form, item)}</td>${boxes}</tr>`
  })
  return [
    `<table><colgroup><col style="width: 9mm"><col>${columns}</colgroup>`,
    `<thead><tr><th class="number"></th><th class="asked"></th>${heads}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody></table>`,
  ].join('\n')
}

/** An item by itself, its options below it: for long options, many of them, or a set that no neighbour shares. */
const block = (form: Form, item: Item) => {
  const options = form.definition.optionSets[item.options]!
  const answers = options.map(({ id, value }) => `<li>${box(value)}<span>${safe(form.words.option(item.options, id))}</span></li>`)
  return [
    `<section class="question"><p class="asked"><strong>${numberOf(form, item.id)}.</strong> ${question(form, item)}</p>`,
    `<ul class="answers">${answers.join('')}</ul></section>`,
  ].join('\n')
}

const fitsTable = (form: Form, set: string) => {
  const options = form.definition.optionSets[set]!
  const longest = Math.max(...options.map(({ id }) => form.words.option(set, id).length))
  const limit = isChinese(form) ? 16 : options.length > 5 ? 34 : 72
  return options.length <= 7 && longest <= limit
}

/** Runs of neighbours with one option set. */
const runsOf = ({ definition: { items } }: Form): readonly (readonly Item[])[] => {
  const starts = items.flatMap((item, position) => (item.options === items[position - 1]?.options ? [] : [position]))
  return starts.map((start, run) => items.slice(start, starts[run + 1]))
}

const questions = (form: Form) =>
  runsOf(form)
    .map((items) =>
      items.length > 1 && fitsTable(form, items[0]!.options) ? table(form, items) : items.map((item) => block(form, item)).join('\n'),
    )
    .join('\n')

const head = ({ definition, words, say }: Form) => [
  `<h1>${safe(words.name)}</h1>`,
  `<p class="who">${safe(definition.acronym)} · ${say.respondent[definition.respondent]}</p>`,
  `<div class="about"><span>${say.code}</span><span>${say.class}</span><span>${say.date}</span></div>`,
  `<div class="how">${words.instructions ? `<p>${safe(words.instructions)}</p>` : ''}<p>${say.tick}${say.mayLeave}</p></div>`,
  ...(words.stem ? [`<p class="stem">${safe(words.stem)}</p>`] : []),
]

const foot = ({ definition, say }: Form) => {
  const { attribution, status } = definition.licence.wording
  const notes = [...(status === 'non-commercial' ? [say.noCommerce] : []), ...(definition.validated === false ? [say.unvalidated] : [])]
  const help = `<p>${say.talk}</p><ul>${say.lines.map((call) => `<li>${call}</li>`).join('')}</ul>`
  return [
    `<div class="end"><p>${say.thanks}</p>${definition.respondent === 'pupil' ? help : ''}</div>`,
    `<p class="source">${say.source}: ${safe([attribution, ...notes].join(' '))}</p>`,
  ]
}

const page = (form: Form) => {
  const { definition, words, say } = form
  const footer = `${definition.id}@${definition.version} · ${words.language}`.replaceAll(/[^\w@.· -]/g, '')
  return [
    '<!doctype html>',
    `<html lang="${safe(words.language)}">`,
    `<head><meta charset="utf-8"><title>${safe(words.name)}</title><style>${paperStyle(say.fonts, footer, say.page)}</style></head>`,
    '<body>',
    ...head(form),
    questions(form),
    ...foot(form),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const refusals: Readonly<Record<Refusal, string>> = {
  'use-not-permitted': 'its terms do not allow this use',
  'electronic-not-permitted': 'its terms allow no electronic form',
  'no-permission': 'the words belong to the licence holder, a school adds them under a recorded permission',
  'permission-not-in-force': 'the recorded permission is not in force today',
  'permission-for-other-uses': 'the recorded permission is for other uses',
  'permission-for-paper-only': 'the recorded permission is for paper only',
  'words-not-there': 'no language has all its words, neither here nor in a recorded permission',
}

const fixedWords = (language: string): PaperLanguage => {
  if (/^zh-(Hant|TW|HK|MO)/.test(language)) return 'hant'
  return language.startsWith('zh') ? 'zh' : 'en'
}

const bySchool: NonNullable<ExportOptions['drawing']> = { use: 'educational', permissions: [] }

/**
 * A printable form in one language, drawn through the licence gate. Throws, with the reason, where the gate stays closed: a form of ids
 * helps nobody.
 */
export const exportPaper: Exporter = (definition, { language, drawing = bySchool } = {}) => {
  const gate = mayDraw(definition, { ...drawing, electronic: false })
  if (!gate.allowed) throw new Error(`${definition.id} has no paper form for ${drawing.use} use: ${refusals[gate.reason]}`)
  const drawn: Definition = { ...definition, texts: gate.texts }
  const [main, ...others] = languagesOf(drawn, language)
  const words = wordsIn(drawn, main!)
  const say = paperWords[fixedWords(main!)]
  return {
    files: [{ name: fileName(definition, `.paper.${main}.html`), text: page({ definition: drawn, words, say }) }],
    notCarried: [
      ...others.map((other) => `the words in ${other}: a form has one language, export it again with --language ${other}`),
      ...notCarriedFrom(definition, ['scoring', 'norms', 'riskRules', 'optionIds', 'loinc', 'provenance']),
      'whether a blank was skipped or declined: who enters the sheet sees a blank only',
    ],
  }
}
