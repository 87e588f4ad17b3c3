/** The questions of a paper form: tables of boxes where neighbours share their options, blocks where they do not. */
import type { Definition } from '../definition.ts'
import type { PaperLanguage, paperWords } from './paper-words.ts'
import type { Words } from './words-of.ts'

type Item = Definition['items'][number]
export type Say = (typeof paperWords)[PaperLanguage]
export type Form = { readonly definition: Definition; readonly words: Words; readonly say: Say }

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Text that cannot become markup. */
export const safe = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => signs[sign]!)

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

/** Every question, in published order. */
export const questions = (form: Form) =>
  runsOf(form)
    .map((items) =>
      items.length > 1 && fitsTable(form, items[0]!.options) ? table(form, items) : items.map((item) => block(form, item)).join('\n'),
    )
    .join('\n')
