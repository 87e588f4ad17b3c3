/** A definition as a printable form for A4: the same item ids as on the screen, large boxes, no script, the licence's line at its end. */
import type { Definition } from '../definition.ts'
import { type Exporter, fileName, notCarriedFrom } from './exported.ts'
import { paperStyle } from './paper-style.ts'
import { type PaperLanguage, paperWords } from './paper-words.ts'
import { languagesOf, type Words, wordsIn } from './words-of.ts'

type Item = Definition['items'][number]
type Say = (typeof paperWords)[PaperLanguage]
type Form = { readonly definition: Definition; readonly words: Words; readonly say: Say }

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => signs[sign]!)

const numberOf = ({ definition }: Form, item: string) => definition.items.findIndex(({ id }) => id === item) + 1

const condition = (form: Form, { askedIf }: Item) => {
  if (!askedIf) return ''
  const { definition, words, say } = form
  const sentences = [askedIf.item, ...(askedIf.orItems ?? [])].map((gate) => {
    const { options } = definition.items.find(({ id }) => id === gate)!
    const opening = definition.optionSets[options]!.filter(({ value }) => value >= askedIf.from && value <= askedIf.to)
    return say.condition(String(numberOf(form, gate)), opening.map(({ id }) => words.option(options, id)).join(say.list))
  })
  return `<em class="when">${safe(sentences.join(`, ${say.or} `))}</em>`
}

const question = (form: Form, item: Item) =>
  `${condition(form, item)}${safe(form.words.item(item.id))}<span class="id">${safe(item.id)}</span>`
const box = (value: number) => `<span class="box">${value}</span>`

/** Items that share an option set, in a table: a row an item, a column an option. */
const table = (form: Form, items: readonly Item[]) => {
  const { definition, words } = form
  const set = items[0]!.options
  const options = definition.optionSets[set]!
  const width = Math.min(18, 95 / options.length)
  const columns = options.map(() => `<col style="width: ${width.toFixed(1)}mm">`).join('')
  const heads = options.map(({ id }) => `<th scope="col">${safe(words.option(set, id))}</th>`).join('')
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

const fitsTable = ({ definition, words }: Form, set: string) => {
  const options = definition.optionSets[set]!
  const longest = Math.max(...options.map(({ id }) => words.option(set, id).length))
  return options.length <= 7 && longest <= (words.language.startsWith('zh') ? 12 : 28)
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

/**
 * A printable form in one language. Not for an instrument whose words the licence holder keeps: it throws, since a form of ids helps nobody
 * and the permission has to be recorded first.
 */
export const exportPaper: Exporter = (definition, { language } = {}) => {
  const [main, ...others] = languagesOf(definition, language)
  const words = wordsIn(definition, main!)
  if (!words.complete)
    throw new Error(
      `${definition.id} has no paper form: the words belong to the licence holder, a school adds them under a recorded permission`,
    )
  const say = paperWords[main!.startsWith('zh') ? 'zh' : 'en']
  return {
    files: [{ name: fileName(definition, `.paper.${main}.html`), text: page({ definition, words, say }) }],
    notCarried: [
      ...others.map((other) => `the words in ${other}: a form has one language, export it again with --language ${other}`),
      ...notCarriedFrom(definition, ['scoring', 'norms', 'riskRules', 'optionIds', 'loinc', 'provenance']),
      'whether a blank was skipped or declined: who enters the sheet sees a blank only',
    ],
  }
}
