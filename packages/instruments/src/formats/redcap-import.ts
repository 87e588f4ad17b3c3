/** REDCap data dictionary: one row a field, choices as "0, Not at all | 1, Several days", calculated fields as expressions. */
import { type CsvRow, readCsv } from '../csv.ts'
import { type Finding, finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import { type ForeignItem, type ForeignOption, unsaid, type Words } from './foreign.ts'
import { type Imported, type Importer, type ImportFile, refused } from './imported.ts'
import { numberOf } from './json.ts'
import { limits } from './limits.ts'
import { chosenPart, noPart, scoresOver } from './parts.ts'
import { type ScoreText, scalesOf } from './scores.ts'
import { hasHan, plainText } from './words.ts'

const columns = {
  name: ['variable / field name', 'field_name'],
  form: ['form name', 'form_name'],
  header: ['section header', 'section_header'],
  type: ['field type', 'field_type'],
  label: ['field label', 'field_label'],
  choices: ['choices, calculations, or slider labels', 'choices or calculations', 'select_choices_or_calculations'],
  note: ['field note', 'field_note'],
  identifier: ['identifier?', 'identifier'],
  shownIf: ['branching logic (show field only if...)', 'branching_logic'],
} as const
type Column = keyof typeof columns
type Field = Readonly<Record<Column, string>> & { readonly line: number }

const fieldsOf = (rows: readonly CsvRow[]): readonly Field[] | null => {
  const header = (rows[0]?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const places = Object.entries(columns).map(
    ([column, names]) => [column, header.findIndex((cell) => (names as readonly string[]).includes(cell))] as const,
  )
  const needed = ['name', 'form', 'type', 'label', 'choices']
  if (places.some(([column, place]) => place < 0 && needed.includes(column))) return null
  return rows
    .slice(1)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(
      ({ line, cells }) =>
        ({ line, ...Object.fromEntries(places.map(([column, place]) => [column, (cells[place] ?? '').trim()])) }) as Field,
    ) // every column is set
}

/** REDCap names no language: Chinese characters say zh-CN, anything else is taken for English. */
const worded = (text: string): Words => {
  const plain = plainText(text)
  return plain === null ? {} : { [hasHan(plain) ? 'zh-CN' : 'en']: plain }
}

const listed = (choices: string): readonly ForeignOption[] =>
  choices
    .split('|')
    .slice(0, limits.answers + 1)
    .flatMap((choice) => {
      const comma = choice.indexOf(',')
      const [code, label] = comma < 0 ? [choice, choice] : [choice.slice(0, comma), choice.slice(comma + 1)]
      return choice.trim() === '' ? [] : [{ value: numberOf(code), words: worded(label), code: code.trim() }]
    })

const fixed = (pairs: readonly (readonly [number, string])[]): readonly ForeignOption[] =>
  pairs.map(([value, word]) => ({ value, words: { en: word } }))

const optionsOf = ({ type, choices }: Field): readonly ForeignOption[] | null => {
  if (type === 'radio' || type === 'dropdown') return listed(choices)
  if (type === 'yesno')
    return fixed([
      [1, 'Yes'],
      [0, 'No'],
    ])
  return type === 'truefalse'
    ? fixed([
        [1, 'True'],
        [0, 'False'],
      ])
    : null
}

type Form = {
  readonly name: string
  readonly items: readonly ForeignItem[]
  readonly scores: readonly ScoreText[]
  readonly header: string
  readonly instructions: string
  readonly left: readonly string[]
}

const formOf = (name: string, fields: readonly Field[], file: string): Form => {
  const items = fields.flatMap((field): readonly ForeignItem[] => {
    const options = optionsOf(field)
    const shownIf = field.shownIf === '' ? undefined : field.shownIf.slice(0, 2000)
    return options === null ? [] : [{ name: field.name, words: worded(field.label), options, shownIf, where: { file, line: field.line } }]
  })
  const scores = fields
    .filter(({ type, choices }) => type === 'calc' && choices !== '')
    .map(
      (field): ScoreText => ({
        name: field.name,
        expression: field.choices,
        words: worded(field.label),
        description: `${field.label} ${field.note}`,
        where: { file, line: field.line },
      }),
    )
  const rest = fields.filter((field) => optionsOf(field) === null && !['calc', 'descriptive'].includes(field.type))
  const header = fields.find((field) => field.header !== '' && optionsOf(field) !== null)?.header ?? ''
  const descriptive = fields.find(({ type }) => type === 'descriptive')?.label ?? ''
  return {
    name,
    items,
    scores,
    header: header || descriptive,
    instructions: header === '' ? '' : descriptive,
    left: rest.map((field) => `${field.name}: a field of type ${field.type}${field.identifier === 'y' ? ' that identifies a person' : ''}`),
  }
}

/** Names in an expression: [mood_1], without the event or the choice behind it. */
const inBrackets = /\[(\w+)/g

const allColumns = Object.values(columns)
  .map(([first]) => first)
  .join(', ')

/** The dictionary among the files and its fields, or why there are none. */
const readDictionary = (files: readonly ImportFile[]): { readonly file: string; readonly fields: readonly Field[] } | Imported => {
  const [file, second] = [...files].sort((left, right) => Number(/\.csv$/i.test(right.name)) - Number(/\.csv$/i.test(left.name)))
  if (!file) return refused('no-definition', '', 'no file was given')
  if (second && /\.csv$/i.test(second.name))
    return refused('several-definitions', second.name, 'more than one CSV file was given', 'one data dictionary')
  if (file.text.length > limits.file) return refused('too-large', file.name, `is larger than ${limits.file} characters`)
  let rows: readonly CsvRow[]
  try {
    rows = readCsv(file.text)
  } catch (error) {
    return refused('unreadable', file.name, error instanceof Error ? error.message : 'cannot be read')
  }
  if (rows.length > limits.rows) return refused('too-large', file.name, `has more than ${limits.rows} rows`)
  const fields = fieldsOf(rows)
  const why = 'has not the columns of a data dictionary; an export of records has none'
  return fields ? { file: file.name, fields } : refused('no-definition', file.name, why, allColumns)
}

/** Imports one form of a dictionary: the one that is named, or the one that looks most like a scored questionnaire. */
export const importRedcap: Importer = (files, options = {}) => {
  const read = readDictionary(files)
  if ('definition' in read) return read
  const { file } = read
  const findings: Finding[] = []
  const fields = withoutTwins(read.fields, ({ name, line }) =>
    findings.push(finding('duplicate-id', 'error', { file, line }, `${name} stands twice`)),
  )
  const parts = [...Map.groupBy(fields, ({ form }) => form)].map(([name, rows]) => {
    const form = formOf(name, rows, file)
    return { ...form, scores: scoresOver(form.items, form.scores, inBrackets), calculations: form.scores }
  })
  const chosen = chosenPart(parts, options.part)
  if (!chosen) return noPart('form', file, parts, options.part)
  const { name, items, scores, calculations } = chosen
  const scales = scalesOf(scores, { items, fields: new Set(fields.map((field) => field.name)) }, findings)
  const left = calculations
    .filter((score) => !scores.includes(score))
    .map((score) => `${score.name}: a calculation over no question of this form`)
  const others = parts
    .filter((part) => part !== chosen)
    .map((part) => `form ${part.name}: ${part.items.length} questions with fixed answers`)
  return finish(
    {
      ...unsaid,
      format: 'REDCap data dictionary',
      file,
      name,
      titles: { en: name },
      stems: worded(chosen.header),
      instructions: worded(chosen.instructions),
      items,
      scales,
      findings,
      notCarried: [...chosen.left, ...left, ...others],
    },
    options,
  )
}
