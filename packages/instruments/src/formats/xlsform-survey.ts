/** The sheets of an XLSForm: questions with their answers, notes, calculations, and the group that each stands in. */
import { type CsvRow, readCsv } from '../csv.ts'
import { type Finding, finding } from './finding.ts'
import type { ForeignItem, ForeignOption, Words } from './foreign.ts'
import type { ImportFile } from './imported.ts'
import { numberOf } from './json.ts'
import { limits } from './limits.ts'
import type { ScoreText } from './scores.ts'
import { hasHan, languageTag, plainText } from './words.ts'

type Row = { readonly line: number; readonly cell: (...names: readonly string[]) => string; readonly words: (name: string) => Words }
export type Sheet = { readonly file: string; readonly rows: readonly Row[]; readonly columns: readonly string[] }

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

export const sheetOf = (file: ImportFile): Sheet => {
  const rows: readonly CsvRow[] = readCsv(file.text)
  const columns = (rows[0]?.cells ?? []).map((cell) => cell.trim().toLowerCase())
  const read = ({ line, cells }: CsvRow): Row => ({
    line,
    cell: (...names) => names.map((name) => (cells[columns.indexOf(name)] ?? '').trim()).find((text) => text !== '') ?? '',
    words: (name) => wordsIn(columns, cells, name),
  })
  return { file: file.name, columns, rows: rows.slice(1).map(read) }
}

export const optionLists = (choices: Sheet | null): ReadonlyMap<string, readonly ForeignOption[]> => {
  const lists = new Map<string, ForeignOption[]>()
  for (const row of choices?.rows ?? []) {
    const [list, code] = [row.cell('list_name', 'list name'), row.cell('name', 'value')]
    if (list === '' || code === '') continue
    lists.set(list, [...(lists.get(list) ?? []).slice(0, limits.answers), { value: numberOf(code), words: row.words('label'), code }])
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

export type Survey = {
  readonly items: (ForeignItem & { readonly part: string })[]
  readonly scores: ScoreText[]
  readonly fields: Set<string>
  readonly notes: Map<string, Words[]>
  readonly findings: Finding[]
  readonly left: string[]
}

export const readSurvey = ({ rows, file }: Sheet, lists: ReadonlyMap<string, readonly ForeignOption[]>): Survey => {
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
