import { type Finding, finding } from './finding.ts'
import { finish, withoutTwins } from './finish.ts'
import { type Imported, type Importer, type ImportFile, refused } from './imported.ts'
import { limits } from './limits.ts'
import { chosenPart, scoresOver } from './parts.ts'
import { scalesOf } from './scores.ts'
import { anyWords, hasHan, stemAndInstructions } from './words.ts'
import { optionLists, readSurvey, type Sheet, type Survey, sheetOf } from './xlsform-survey.ts'

const inBraces = /\$\{\s*([\w.-]+)/g

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
    return { name, items: here, scores: scoresOver(here, survey.scores, inBraces) }
  })
  const chosen = chosenPart(parts, options.part)
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
  const isHere = ({ line, rule }: Finding) => rule === 'duplicate-id' || chosen.items.some(({ where }) => where.line === line)
  const findings = survey.findings.filter(isHere)
  const fields = new Set([...survey.fields, ...items.map((item) => item.name)])
  const scales = scalesOf(chosen.scores, { items: chosen.items, fields, divides: ['div', '/'] }, findings)
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
      scales,
      findings,
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
  const large = files.find(({ text }) => text.length > limits.file)
  if (large) return refused('too-large', large.name, `is larger than ${limits.file} characters`)
  const main = named(files, 'survey') ?? files.find(({ text }) => /^\uFEFF?"?type"?,/i.test(text))
  if (!main) return refused('no-definition', first, 'has no sheet survey', 'survey.csv, choices.csv and settings.csv')
  try {
    const [choices, settings] = [named(files, 'choices'), named(files, 'settings')]
    const survey = sheetOf(main)
    if (survey.columns.length > limits.columns) return refused('too-large', main.name, `has more than ${limits.columns} columns`)
    if (survey.rows.length > limits.rows) return refused('too-large', main.name, `has more than ${limits.rows} rows`)
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
