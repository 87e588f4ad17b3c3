/** A definition as a REDCap data dictionary: its 18 columns, a radio field an item, a calculated field a scale, branching from skip logic. */
import { shortName } from '../codebook.ts'
import { csvText } from '../csv.ts'
import type { Definition } from '../definition.ts'
import { calculationText, type Dialect } from './calculation-text.ts'
import { type Exporter, fileName, lostInForms, notCarriedFrom } from './exported.ts'
import { calculationsOf, type Gate, gatesOf, incompleteSheets, type Term } from './score-terms.ts'
import { languagesOf, type Words, withheldWords, wordsIn } from './words-of.ts'

/** The header that REDCap asks for, in its order. */
export const redcapColumns = [
  'Variable / Field Name',
  'Form Name',
  'Section Header',
  'Field Type',
  'Field Label',
  'Choices, Calculations, OR Slider Labels',
  'Field Note',
  'Text Validation Type OR Show Slider Number',
  'Text Validation Min',
  'Text Validation Max',
  'Identifier?',
  'Branching Logic (Show field only if...)',
  'Required Field?',
  'Custom Alignment',
  'Question Number (surveys only)',
  'Matrix Group Name',
  'Matrix Ranking?',
  'Field Annotation',
] as const
type Field = Partial<Record<(typeof redcapColumns)[number], string>>

const opens = ({ item, from, to, isLast }: Gate) => {
  if (from === to) return `[${item}] = "${from}"`
  return isLast ? `[${item}] >= ${from}` : `([${item}] >= ${from} and [${item}] <= ${to})`
}
const anyOpens = (gates: readonly Gate[]) => gates.map(opens).join(' or ')

const fields = (items: readonly string[]) => items.map((item) => `[${item}]`).join(', ')

const redcapLogic: Dialect = {
  answer: ({ of }: Term) => `[${of}]`,
  choose: ({ shownIf }: Term, given: string, otherwise: string) => `if(${anyOpens(shownIf)}, ${given}, ${otherwise})`,
  divide: '/',
  round: (text: string, decimals: number) => `round(${text}, ${decimals})`,
  tolerant: {
    mean: (items: readonly string[]) => `mean(${fields(items)})`,
    sum: (items: readonly string[]) => `sum(${fields(items)})`,
    atLeast: (items: readonly string[], minimum: number, value: string) =>
      `if(sum(${items.map((item) => `if([${item}] = "", 0, 1)`).join(', ')}) >= ${minimum}, ${value}, "")`,
  },
}

const choices = (definition: Definition, set: string, words: Words) =>
  definition.optionSets[set]!.map(({ id, value }) => `${value}, ${words.option(set, id).replaceAll('|', '/')}`).join(' | ')

const itemField = (definition: Definition, item: Definition['items'][number], position: number, words: Words): Field => ({
  'Variable / Field Name': item.id,
  'Section Header': position === 0 ? (words.stem ?? '') : '',
  'Field Type': 'radio',
  'Field Label': words.item(item.id),
  'Choices, Calculations, OR Slider Labels': choices(definition, item.options, words),
  'Branching Logic (Show field only if...)': anyOpens(gatesOf(definition, item)),
  'Question Number (surveys only)': String(position + 1),
})

const fieldsOf = (definition: Definition, words: Words): readonly Field[] => [
  { 'Variable / Field Name': 'record_id', 'Field Type': 'text', 'Field Label': words.language.startsWith('zh') ? '编号' : 'Record ID' },
  ...(words.instructions === undefined
    ? []
    : [
        {
          'Variable / Field Name': `${shortName(definition)}_instructions`,
          'Field Type': 'descriptive',
          'Field Label': words.instructions,
        },
      ]),
  ...definition.items.map((item, position) => itemField(definition, item, position, words)),
  ...calculationsOf(definition).calculations.map((calculation) => ({
    'Variable / Field Name': calculation.scale.id,
    'Field Type': 'calc',
    'Field Label': words.scale(calculation.scale.id),
    'Choices, Calculations, OR Slider Labels': calculationText(calculation, redcapLogic),
    'Field Note': words.language.startsWith('zh') ? '得分仅作筛查提示' : 'a score screens only',
  })),
]

/** One dictionary in one language; REDCap has no second one. Blank answers leave a calculated field blank, since they are added with `+`. */
export const exportRedcap: Exporter = (definition, { language } = {}) => {
  const [main, ...others] = languagesOf(definition, language)
  const words = wordsIn(definition, main!)
  const form = shortName(definition)
  const rows = fieldsOf(definition, words).map((field) =>
    redcapColumns.map((column) => (column === 'Form Name' ? form : (field[column] ?? ''))),
  )
  return {
    files: [{ name: fileName(definition, `.redcap.${main}.csv`), text: csvText([redcapColumns, ...rows]) }],
    notCarried: [
      ...withheldWords(words),
      ...others.map((other) => `the words in ${other}: a dictionary has one language, export it again with --language ${other}`),
      ...calculationsOf(definition).without,
      ...incompleteSheets(definition, true),
      'the reason why an answer is missing: a blank field says no more',
      ...notCarriedFrom(definition, lostInForms),
    ],
  }
}
