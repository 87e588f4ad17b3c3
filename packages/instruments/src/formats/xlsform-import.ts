import { type Finding, finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import { unsaid } from './foreign.ts'
import { type Imported, type Importer, type ImportFile, refused } from './imported.ts'
import { limits } from './limits.ts'
import { chosenPart, noPart, scoresOver } from './parts.ts'
import { scalesOf } from './scores.ts'
import { hasHan, stemAndInstructions } from './words.ts'
import { optionLists, readSurvey, type Sheet, type Survey, sheetOf } from './xlsform-survey.ts'

const inBraces = /\$\{\s*([\w.-]+)/g

const named = (files: readonly ImportFile[], sheet: string) => files.find(({ name }) => new RegExp(`${sheet}[^/]*\\.csv$`, 'i').test(name))

type Form = { readonly survey: Sheet; readonly choices: Sheet | null; readonly settings: Sheet | null }

const workbook = 'is a workbook, and no spreadsheet is opened here: save its sheets as survey.csv, choices.csv and settings.csv (UTF-8)'

const whyNotRead = ({ columns, rows }: Sheet): readonly [rule: string, why: string] | null => {
  if (columns.length > limits.columns) return ['too-large', `has more than ${limits.columns} columns`]
  if (rows.length > limits.rows) return ['too-large', `has more than ${limits.rows} rows`]
  return columns.includes('type') && columns.includes('name') ? null : ['no-definition', 'lacks the columns type and name']
}

/** The three sheets, or why they cannot be read. */
const readForm = (files: readonly ImportFile[]): Form | Imported => {
  const book = files.find(({ name, text }) => /\.xlsx?$/i.test(name) || text.startsWith('PK\u0003\u0004'))
  if (book) return refused('workbook', book.name, workbook, 'CSV files')
  const large = files.find(({ text }) => text.length > limits.file)
  if (large) return refused('too-large', large.name, `is larger than ${limits.file} characters`)
  const main = named(files, 'survey') ?? files.find(({ text }) => /^\uFEFF?"?type"?,/i.test(text))
  if (!main) return refused('no-definition', files[0]?.name ?? '', 'has no sheet survey', 'survey.csv, choices.csv and settings.csv')
  const [choices, settings] = [named(files, 'choices'), named(files, 'settings')]
  try {
    const form = { survey: sheetOf(main), choices: choices ? sheetOf(choices) : null, settings: settings ? sheetOf(settings) : null }
    const [rule, why] = whyNotRead(form.survey) ?? []
    return rule && why ? refused(rule, main.name, why) : form
  } catch (error) {
    return refused('unreadable', main.name, error instanceof Error ? error.message : 'cannot be read')
  }
}

const partsOf = ({ scores }: Survey, items: Survey['items']) =>
  [...Map.groupBy(items, ({ part }) => part)].map(([name, here]) => ({ name, items: here, scores: scoresOver(here, scores, inBraces) }))

/** Imports one group of a form: the one that is named, or the one that looks most like a scored questionnaire. */
export const importXlsform: Importer = (files, options = {}) => {
  const form = readForm(files)
  if ('definition' in form) return form
  const { file } = form.survey
  const survey = readSurvey(form.survey, optionLists(form.choices))
  const all = withoutTwins(survey.items, ({ name, where }) =>
    survey.findings.push(finding('duplicate-id', 'error', where, `${name} stands twice`)),
  )
  const parts = partsOf(survey, [...all])
  const chosen = chosenPart(parts, options.part)
  if (!chosen) {
    const none = noPart('group', file, parts, options.part)
    return { ...none, findings: [...none.findings, ...survey.findings] }
  }
  const { items, scores, name } = chosen
  const isHere = ({ line, rule }: Finding) => rule === 'duplicate-id' || items.some(({ where }) => where.line === line)
  const findings = survey.findings.filter(isHere)
  const fields = new Set([...survey.fields, ...all.map((item) => item.name)])
  const scales = scalesOf(scores, { items, fields, divides: ['div', '/'] }, findings)
  const settings = form.settings?.rows[0]
  const [title, id] = [settings?.cell('form_title', 'form_id') || name || file, settings?.cell('form_id', 'form_title') || name || file]
  const used = new Set(parts.flatMap((part) => part.scores))
  const left = survey.scores.filter((score) => !used.has(score)).map((score) => `${score.name}: a calculation over no question`)
  const others = parts.filter((part) => part !== chosen).map((part) => `group ${part.name || '(none)'}: ${part.items.length} questions`)
  return finish(
    {
      ...unsaid,
      format: 'XLSForm',
      file,
      name: name !== '' && parts.length > 1 ? name : id,
      titles: { [hasHan(title) ? 'zh-CN' : 'en']: title },
      ...stemAndInstructions(survey.notes.get(name) ?? []),
      version: settings?.cell('version'),
      items,
      scales,
      findings,
      notCarried: [...survey.left, ...left, ...others],
    },
    options,
  )
}
