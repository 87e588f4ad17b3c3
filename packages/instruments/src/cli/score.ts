/** score: from answers to scores and flags, of one sheet in JSON or of many in CSV. */
import { checkAnswers } from '../answers.ts'
import type { Texts } from '../definition.ts'
import type { LibraryEntry } from '../library.ts'
import type { ScaleScore } from '../score.ts'
import { answerSheets } from './answer-sheets.ts'
import { chosen, wordsFor } from './chosen.ts'
import type { Asked, Command, Said } from './command.ts'
import { csvOf, dataOf, notice, scored } from './scored-sheets.ts'

const many = async (entry: LibraryEntry, file: string, { options, disk }: Asked): Promise<Said> => {
  const { definition } = entry
  const asking = { file, ids: options.id ?? [], byPosition: options['by-position'] ?? false }
  const { kept, sheets } = answerSheets(definition, await disk.read(file), asking)
  const texts = wordsFor(definition, options.language)
  const rows = sheets.map((sheet) => scored(definition, sheet.answers, sheet.row, sheet.kept))
  const data = dataOf(entry, texts, kept, rows)
  const table = csvOf(definition, kept, rows)
  if (options.output === undefined) return { lines: [table.trimEnd()], data, notes: [notice] }
  await disk.write('', options.output, table)
  const raised = rows.filter(({ flags }) => flags.length > 0).length
  const immediate = rows.filter(({ flags }) => flags.some(({ urgency }) => urgency === 'immediate')).length
  return {
    lines: [`sheets scored: ${rows.length}, with flags: ${raised}, with an immediate flag: ${immediate}; written: ${options.output}`],
    data,
    notes: [notice],
  }
}

const scoreLine = (texts: Texts, score: ScaleScore) => {
  const name = `${score.scale} ${texts.scales[score.scale]}`
  if (score.kind === 'unscorable') return `${name}: no score, ${score.answered} of ${score.of} answered, without ${score.missing.join(' ')}`
  const band = score.band === null ? '' : `, ${texts.bands[score.scale]?.[score.band]}`
  return `${name}: ${score.value}${band}${score.prorated ? ` (prorated from ${score.answered} of ${score.of})` : ''}`
}

const parsed = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is no JSON`)
  }
}

const one = async (entry: LibraryEntry, file: string, { options, disk }: Asked): Promise<Said> => {
  const { definition } = entry
  const checked = checkAnswers(definition, parsed(file, await disk.read(file)))
  if (!checked.ok) {
    const { item, problem, allowed } = checked.problems[0]!
    throw new Error(`${file}: ${item || 'the file'}: ${problem}, allowed: ${allowed}`)
  }
  const texts = wordsFor(definition, options.language)
  const sheet = scored(definition, checked.answers)
  return {
    lines: [
      ...sheet.scores.map((score) => scoreLine(texts, score)),
      ...sheet.flags.map(
        ({ rule, urgency, subject, value }) => `flag ${rule}, ${urgency}, ${subject} = ${value}: ${texts.riskRules[rule]}`,
      ),
      notice,
    ],
    data: dataOf(entry, texts, [], [sheet]),
  }
}

export const score: Command = {
  usage: 'score <id>[@version] --input <answers.csv> [--output <scores.csv>]',
  summary: 'scores and flags of answers: a CSV of many sheets, or one sheet as JSON (score <id> <answers.json>)',
  details: [
    'The columns of --input are the item ids (phq9_1, phq9_2, ...: see show), in any order; with --by-position they are i1, i2, ...',
    'for item 1, 2, ... in published order. A cell holds a coded value; an empty cell is a skipped answer; the words skipped and',
    'declined are understood too, and not_shown where skip logic does not ask the item (an empty cell there is not_shown).',
    'Every other column is refused unless --id names it; it is then kept, first.',
    'A bad cell is an error that names row, column and the allowed values, and nothing is written.',
    '',
    'A row of the result is a sheet: for each scale its score (empty when it has none), <scale>_answered, <scale>_band,',
    '<scale>_prorated (1 when answers were missing), and then its flags as rule:urgency, separated by spaces.',
  ],
  examples: [
    'score phq-9 --input answers.csv',
    'score phq-9@1.0.0 --input answers.csv --id code --output scores.csv',
    'score k6 --input answers.csv --by-position --json',
    'score phq-9 answers.json --language zh-CN',
  ],
  takes: ['library', 'json', 'language', 'input', 'output', 'by-position', 'id'],
  run: async (asked) => {
    const entry = await chosen(asked, asked.args[0])
    if (asked.options.input !== undefined) return many(entry, asked.options.input, asked)
    const file = asked.args[1]
    if (file !== undefined) return one(entry, file, asked)
    throw new Error(`score needs a file of answers, such as {"${entry.definition.items[0]!.id}": 0}, or --input answers.csv`)
  },
}
