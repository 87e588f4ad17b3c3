/** REDCap data dictionary: one row a field, choices as "0, Not at all | 1, Several days", calculated fields as expressions. */
import { type CsvRow, readCsv } from '../csv.ts'
import { type Finding, finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import type { ForeignItem, ForeignOption, Words } from './foreign.ts'
import { type Importer, refused } from './imported.ts'
import { numberOf } from './json.ts'
import { limits } from './limits.ts'
import { chosenPart, scoresOver } from './parts.ts'
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

/** Imports one form of a dictionary: the one that is named, or the one that looks most like a scored questionnaire. */
export const importRedcap: Importer = (files, options = {}) => {
  const sheets = files.filter(({ name }) => /\.csv$/i.test(name))
  if (sheets[1]) return refused('several-definitions', sheets[1].name, `${sheets.length} CSV files were given`, 'one data dictionary')
  const file = sheets[0] ?? files[0]
  if (!file) return refused('no-definition', '', 'no file was given')
  if (file.text.length > limits.file) return refused('too-large', file.name, `is larger than ${limits.file} characters`)
  let rows: readonly CsvRow[]
  try {
    rows = readCsv(file.text)
  } catch (error) {
    return refused('unreadable', file.name, error instanceof Error ? error.message : 'cannot be read')
  }
  if (rows.length > limits.rows) return refused('too-large', file.name, `has more than ${limits.rows} rows`)
  const fields = fieldsOf(rows)
  if (!fields)
    return refused(
      'no-definition',
      file.name,
      'has not the columns of a data dictionary; an export of records has none',
      Object.values(columns)
        .slice(0, 6)
        .map(([first]) => first)
        .join(', '),
    )
  const findings: Finding[] = []
  const unique = withoutTwins(fields, ({ name, line }) =>
    findings.push(finding('duplicate-id', 'error', { file: file.name, line }, `${name} stands twice`)),
  )
  const byForm = Map.groupBy(unique, ({ form }) => form)
  const forms = [...byForm].map(([name, rows]) => formOf(name, rows, file.name))
  const parts = forms.map((form) => ({ name: form.name, items: form.items, scores: scoresOver(form.items, form.scores, inBrackets), form }))
  const chosen = chosenPart(parts, options.part)
  if (!chosen) {
    const what =
      options.part === undefined
        ? 'no form has a score over its questions, or three questions that share one list of answers: these are records, not a questionnaire'
        : `has no form ${options.part}`
    return refused('no-questionnaire', file.name, what, `forms here: ${[...byForm.keys()].slice(0, 12).join(', ')}`)
  }
  const { form } = chosen
  const fieldNames = new Set(unique.map(({ name }) => name))
  const scales = scalesOf(chosen.scores, { items: form.items, fields: fieldNames }, findings)
  return finish(
    {
      format: 'REDCap data dictionary',
      file: file.name,
      name: form.name,
      titles: { en: form.name },
      stems: worded(form.header),
      instructions: worded(form.instructions),
      description: '',
      citation: null,
      licence: { label: null, evidence: null, encoding: [] },
      attribution: null,
      items: form.items,
      scales,
      findings,
      notCarried: [
        ...form.left,
        ...form.scores
          .filter((score) => !chosen.scores.includes(score))
          .map(({ name }) => `${name}: a calculation over no question of this form`),
        ...parts.filter((part) => part !== chosen).map(({ name, items }) => `form ${name}: ${items.length} questions with fixed answers`),
      ],
    },
    options,
  )
}
