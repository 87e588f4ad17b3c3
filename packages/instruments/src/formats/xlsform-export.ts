/** A definition as XLSForm, its sheets survey, choices and settings as CSV files, with a label column for each language. */
import { shortName } from '../codebook.ts'
import { type CsvCell, csvText } from '../csv.ts'
import type { Definition } from '../definition.ts'
import { calculationText, type Dialect } from './calculation-text.ts'
import { type Exporter, fileName, lostInForms, notCarriedFrom } from './exported.ts'
import { type Calculation, calculationsOf, type Gate, gatesOf, incompleteSheets, type Term } from './score-terms.ts'
import { languagesOf, type Words, withheldWords, wordsIn } from './words-of.ts'

const languageNames: Readonly<Record<string, string>> = {
  'zh-CN': '中文（简体） (zh-CN)',
  'zh-TW': '中文（繁體） (zh-TW)',
  en: 'English (en)',
}
const named = ({ language }: Words) => languageNames[language] ?? `${language} (${language})`
const labels = (all: readonly Words[], pick: (words: Words) => string | undefined) => all.map((words) => pick(words) ?? '')

const opens = ({ item, from, to, isLast }: Gate) => {
  if (from === to) return `\${${item}} = ${from}`
  return isLast ? `\${${item}} >= ${from}` : `(\${${item}} >= ${from} and \${${item}} <= ${to})`
}
const anyOpens = (gates: readonly Gate[]) => gates.map(opens).join(' or ')

const xlsformLogic: Dialect = {
  answer: ({ of }: Term) => `\${${of}}`,
  choose: ({ shownIf }: Term, given: string, otherwise: string) => `if(${anyOpens(shownIf)}, ${given}, ${otherwise})`,
  divide: 'div',
  round: (text: string, decimals: number) => `round(${text}, ${decimals})`,
}

/** An XPath sum with a blank in it is not a number, so an incomplete sheet is given an empty score. */
const guarded = (calculation: Calculation) => {
  const isBlank = ({ of, shownIf }: Term) => (shownIf.length === 0 ? `\${${of}} = ''` : `((${anyOpens(shownIf)}) and \${${of}} = '')`)
  const needed = calculation.terms.map(isBlank)
  return `if(${needed.join(' or ')}, '', ${calculationText(calculation, xlsformLogic)})`
}

const survey = (definition: Definition, all: readonly Words[]): readonly (readonly CsvCell[])[] => {
  const row = (type: string, name: string, pick: (words: Words) => string | undefined, relevant = '', calculation = '') => [
    type,
    name,
    ...labels(all, pick),
    relevant,
    calculation,
  ]
  const note = (name: string, pick: (words: Words) => string | undefined) =>
    all.some((words) => pick(words) !== undefined) ? [row('note', `${shortName(definition)}_${name}`, pick)] : []
  return [
    ['type', 'name', ...all.map((words) => `label::${named(words)}`), 'relevant', 'calculation'],
    ...note('instructions', ({ instructions }) => instructions),
    ...note('stem', ({ stem }) => stem),
    ...definition.items.map((item) =>
      row(`select_one ${item.options.replaceAll('-', '_')}`, item.id, (words) => words.item(item.id), anyOpens(gatesOf(definition, item))),
    ),
    ...calculationsOf(definition).calculations.map((calculation) =>
      row('calculate', calculation.scale.id, ({ scale }) => scale(calculation.scale.id), '', guarded(calculation)),
    ),
  ]
}

const choices = (definition: Definition, all: readonly Words[]): readonly (readonly CsvCell[])[] => [
  ['list_name', 'name', ...all.map((words) => `label::${named(words)}`)],
  ...Object.entries(definition.optionSets).flatMap(([set, options]) =>
    options.map(({ id, value }) => [set.replaceAll('-', '_'), value, ...labels(all, ({ option }) => option(set, id))]),
  ),
]

const settings = (definition: Definition, all: readonly Words[]): readonly (readonly CsvCell[])[] => [
  ['form_title', 'form_id', 'version', 'default_language'],
  [all[0]!.name, shortName(definition), definition.version, named(all[0]!)],
]

/** Three CSV files, one a sheet. An XLSForm tool takes them as a workbook: paste each into the sheet of its name. */
export const exportXlsform: Exporter = (definition, { language } = {}) => {
  const all = languagesOf(definition, language).map((one) => wordsIn(definition, one))
  const sheets = { survey, choices, settings }
  return {
    files: Object.entries(sheets).map(([name, sheet]) => ({
      name: fileName(definition, `.xlsform.${name}.csv`),
      text: csvText(sheet(definition, all)),
    })),
    notCarried: [
      ...withheldWords(all[0]!),
      ...calculationsOf(definition).without,
      ...incompleteSheets(definition, false),
      'the reason why an answer is missing: a blank answer says no more',
      ...notCarriedFrom(definition, lostInForms),
    ],
  }
}
