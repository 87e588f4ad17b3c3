/** XLSForm (ODK, KoBo, SurveyCTO): the sheets survey, choices and settings, each saved as a CSV file. A workbook is refused. */
import { type CsvRow, readCsv } from '../csv.ts'
import { type Finding, finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import type { ForeignItem, ForeignOption, Words } from './foreign.ts'
import { type Imported, type Importer, type ImportFile, refused } from './imported.ts'
import { largestFile, numberOf } from './json.ts'
import { chosenPart, scoresOver } from './parts.ts'
import { type ScoreText, scalesOf } from './scores.ts'
import { anyWords, hasHan, languageTag, plainText, stemAndInstructions } from './words.ts'

type Row = { readonly line: number; readonly cell: (...names: readonly string[]) => string; readonly words: (name: string) => Words }
type Sheet = { readonly file: string; readonly rows: readonly Row[]; readonly columns: readonly string[] }

const mostRows = 5000

/** `label::Spanish (es)`, `label:spanish` or plain `label`: the words of a row in each language. */
const wordsIn = (columns: readonly string[], cells: readonly string[], name: string): Words =>
  Object.fromEntries(
    columns.flatMap((column, place) => {
      const [head, ...rest] = column.split(/::?/)
      const text = head?.trim() === name ? plainText(cells[place]) : null
      const tag = text === null ? null : rest.length === 0 ? (hasHan(text) ? 'zh-CN' : 'en') : languageTag(rest.join(' ').trim())
      return text === null || tag === null ? [] : [[tag, text] as const]
    }),
  )

const sheetOf = (file: ImportFile): Sheet => {
  const rows: readonly CsvRow[] = readCsv(file.text)
  const columns = (rows[0]?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const read = ({ line, cells }: CsvRow): Row => ({
    line,
    cell: (...names) => names.map((name) => (cells[columns.indexOf(name)] ?? '').trim()).find((text) => text !== '') ?? '',
    words: (name) => wordsIn(columns, cells, name),
  })
  return { file: file.name, columns, rows: rows.slice(1, mostRows).map(read) }
}

const optionLists = (choices: Sheet | null): ReadonlyMap<string, readonly ForeignOption[]> => {
  const lists = new Map<string, ForeignOption[]>()
  for (const row of choices?.rows ?? []) {
    const [list, code] = [row.cell('list_name', 'list name'), row.cell('name', 'value')]
    if (list === '' || code === '') continue
    lists.set(list, [...(lists.get(list) ?? []).slice(0, 200), { value: numberOf(code), words: row.words('label'), code }])
  }
  return lists
}

/** A text field whose constraint lists what may be typed, .='0' or .='1': its whole numbers from 0 on are its answers, without words. */
const constrained = (constraint: string): readonly ForeignOption[] => {
  const values = [...constraint.slice(0, 2000).matchAll(/\.\s{0,2}=\s{0,2}['"]?(-?\d{1,4})['"]?(?=\s|$|\))/g)].map(([, value]) =>
    Number(value),
  )
  return values.filter((value) => value >= 0).length < 2 ? [] : values.filter((value) => value >= 0).map((value) => ({ value, words: {} }))
}

type Survey = {
  readonly items: (ForeignItem & { readonly part: string })[]
  readonly scores: ScoreText[]
  readonly fields: Set<string>
  readonly notes: Map<string, Words[]>
  readonly findings: Finding[]
  readonly left: string[]
}

const readSurvey = ({ rows, file }: Sheet, lists: ReadonlyMap<string, readonly ForeignOption[]>): Survey => {
  const survey: Survey = { items: [], scores: [], fields: new Set(), notes: new Map(), findings: [], left: [] }
  const groups: string[] = []
  for (const row of rows) {
    const [type, name, where] = [row.cell('type'), row.cell('name'), { file, line: row.line }]
    const [kind, list] = type.split(/\s+/)
    const part = groups[0] ?? ''
    const opened = /^begin[ _](?:group|repeat)$/.test(type)
    if (opened) groups.push(name)
    else if (/^end[ _](?:group|repeat)$/.test(type)) groups.pop()
    else if (type === 'note') survey.notes.set(part, [...(survey.notes.get(part) ?? []), row.words('label')])
    else if (row.cell('calculation') !== '')
      survey.scores.push({
        name,
        expression: row.cell('calculation'),
        words: row.words('label'),
        description: Object.values(row.words('label')).join(' '),
        where,
      })
    else if (name !== '') {
      const typed = type === 'text' || type === 'integer' ? constrained(row.cell('constraint')) : []
      const options = kind === 'select_one' ? (lists.get(list ?? '') ?? []) : typed
      if (kind === 'select_one' && options.length === 0)
        survey.findings.push(finding('missing-file', 'error', where, `${name}: the list ${list ?? ''} is not in the sheet choices`))
      if (typed.length > 0)
        survey.findings.push(
          finding(
            'answers-without-words',
            'warning',
            where,
            `${name}: a ${type} field whose constraint lists its answers; their words are elsewhere, perhaps in a picture`,
          ),
        )
      const shownIf = row.cell('relevant', 'relevance')
      if (kind === 'select_one' || typed.length > 0)
        survey.items.push({
          name,
          words: row.words('label'),
          options,
          optionSet: list,
          shownIf: shownIf === '' ? undefined : shownIf.slice(0, 2000),
          where,
          part,
        })
      else {
        survey.fields.add(name)
        survey.left.push(`${name}: a field of type ${type.slice(0, 30)}`)
      }
    }
  }
  return survey
}

const inBraces = (name: string) => `\${${name}}`

const named = (files: readonly ImportFile[], sheet: string) => files.find(({ name }) => new RegExp(`${sheet}[^/]*\\.csv$`, 'i').test(name))

const imported = (
  survey: Survey,
  sheets: { readonly survey: Sheet; readonly settings: Sheet | null },
  options: Parameters<Importer>[1] & object,
): Imported => {
  const { file } = sheets.survey
  const settings = sheets.settings?.rows[0]
  const [title, formId] = [settings?.cell('form_title', 'form_id') ?? '', settings?.cell('form_id', 'form_title') ?? '']
  const items = withoutTwins(survey.items, ({ name, where }) =>
    survey.findings.push(finding('duplicate-id', 'error', where, `${name} stands twice`)),
  )
  const parts = [...new Set(items.map(({ part }) => part))].map((name) => {
    const here = items.filter(({ part }) => part === name)
    const found: Finding[] = []
    const scores = scoresOver(here, survey.scores, inBraces)
    const others = new Set([...survey.fields, ...items.map((item) => item.name)])
    return { name, items: here, scores, scales: scalesOf(scores, { items: here, fields: others, divides: ['div', '/'] }, found), found }
  })
  const picked = chosenPart(parts, options.part)
  const chosen = parts.find((part) => part === picked)
  if (!chosen) {
    const what =
      options.part === undefined
        ? 'no group has a score over its questions, or three questions that share one list of answers'
        : `has no group ${options.part}`
    return refused(
      'no-questionnaire',
      file,
      what,
      `groups here: ${parts
        .map(({ name }) => name || '(none)')
        .join(', ')
        .slice(0, 300)}`,
    )
  }
  const here = (where: Finding) =>
    where.line === undefined || chosen.items.some((item) => item.where.line === where.line) || where.rule === 'duplicate-id'
  return finish(
    {
      format: 'XLSForm',
      file,
      name: chosen.name !== '' && parts.length > 1 ? chosen.name : formId || chosen.name || file,
      titles: { [hasHan(title) ? 'zh-CN' : 'en']: title || chosen.name || file },
      ...stemAndInstructions(survey.notes.get(chosen.name) ?? []),
      version: sheets.settings?.rows[0]?.cell('version'),
      description: '',
      citation: null,
      licence: { label: null, evidence: null, encoding: [] },
      attribution: null,
      items: chosen.items,
      scales: chosen.scales,
      findings: [...survey.findings.filter(here), ...chosen.found],
      notCarried: [
        ...survey.left,
        ...survey.scores
          .filter((score) => !parts.some(({ scores }) => scores.includes(score)))
          .map(({ name }) => `${name}: a calculation over no question`),
        ...parts
          .filter((part) => part !== chosen)
          .map(
            ({ name, items: others }) =>
              `group ${name || '(none)'}: ${others.length} questions, first ${anyWords(others[0]?.words ?? {}) ?? ''}`,
          ),
      ],
    },
    options,
  )
}

/** Imports one group of a form: the one that is named, or the one that looks most like a scored questionnaire. */
export const importXlsform: Importer = (files, options = {}) => {
  const first = files[0]?.name ?? ''
  const book = files.find(({ name, text }) => /\.xlsx?$/i.test(name) || text.startsWith('PK\u0003\u0004'))
  if (book)
    return refused(
      'workbook',
      book.name,
      'is a workbook, and no spreadsheet is opened here: save its sheets as survey.csv, choices.csv and settings.csv (UTF-8)',
      'CSV files',
    )
  const large = files.find(({ text }) => text.length > largestFile)
  if (large) return refused('unreadable', large.name, `is larger than ${largestFile} characters`)
  const main = named(files, 'survey') ?? files.find(({ text }) => /^\uFEFF?"?type"?,/i.test(text))
  if (!main) return refused('no-definition', first, 'has no sheet survey', 'survey.csv, choices.csv and settings.csv')
  try {
    const [choices, settings] = [named(files, 'choices'), named(files, 'settings')]
    const survey = sheetOf(main)
    if (!survey.columns.includes('type') || !survey.columns.includes('name'))
      return refused('no-definition', main.name, 'lacks the columns type and name')
    return imported(
      readSurvey(survey, optionLists(choices ? sheetOf(choices) : null)),
      { survey, settings: settings ? sheetOf(settings) : null },
      options,
    )
  } catch (error) {
    return refused('unreadable', main.name, error instanceof Error ? error.message : 'cannot be read')
  }
}
