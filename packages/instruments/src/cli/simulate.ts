/** simulate: made-up answers from a definition, in the file that score reads. */
import type { Answers } from '../answers.ts'
import { csvText } from '../csv.ts'
import type { Definition } from '../definition.ts'
import { normalQuantile } from '../normal.ts'
import { seededRandom, simulateAnswers } from '../simulate.ts'
import { simulatedColumn } from './answer-sheets.ts'
import { chosen } from './chosen.ts'
import { type Command, numberIn, type Options } from './command.ts'

const settingsIn = (options: Options) => {
  const settings = {
    n: numberIn(options, 'n', 100),
    seed: numberIn(options, 'seed', 1),
    latent: numberIn(options, 'latent', 0),
    sd: numberIn(options, 'sd', 1),
    skipRate: numberIn(options, 'skip-rate', 0),
  }
  if (!Number.isInteger(settings.n) || settings.n < 1 || settings.n > 1_000_000) throw new Error('--n is a whole number from 1 to 1000000')
  if (!Number.isInteger(settings.seed)) throw new Error('--seed is a whole number')
  if (settings.sd < 0) throw new Error('--sd is not negative')
  if (settings.skipRate < 0 || settings.skipRate > 1) throw new Error('--skip-rate is a share from 0 to 1')
  return settings
}

/** Sheets of made-up people whose latent distress is normal. */
export const simulatedSheets = (definition: Definition, settings: ReturnType<typeof settingsIn>): readonly Answers[] => {
  const random = seededRandom(settings.seed)
  return Array.from({ length: settings.n }, () => {
    const z = normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, random())))
    return simulateAnswers(definition, { latent: settings.latent + settings.sd * z, random, skipRate: settings.skipRate })
  })
}

const cellOf = (answer: Answers[string] | undefined) => (answer === undefined || answer === 'skipped' ? '' : answer)

export const simulate: Command = {
  usage: 'simulate <id>[@version] --n <sheets> --seed <number>',
  summary: 'made-up answers in a CSV that score reads, each row marked as simulated',
  details: [
    'A graded response model with one latent trait, distress: --latent is its mean (0), --sd its spread (1), --skip-rate the chance that',
    'an item is skipped (0). The same seed gives the same file. The first column says "simulated" in every row, and score keeps it.',
    'For demonstrations and tests of software: nothing in it is a person, and no finding may rest on it.',
  ],
  examples: ['simulate phq-9 --n 100 --seed 1 --output answers.csv', 'simulate k6 --n 20 --seed 7 --latent 1 --sd 0.8 --skip-rate 0.02'],
  takes: ['library', 'json', 'n', 'seed', 'latent', 'sd', 'skip-rate', 'output'],
  run: async (asked) => {
    const { definition } = await chosen(asked, asked.args[0])
    const settings = settingsIn(asked.options)
    const sheets = simulatedSheets(definition, settings)
    const ids = definition.items.map(({ id }) => id)
    const table = csvText([[simulatedColumn, ...ids], ...sheets.map((sheet) => ['simulated', ...ids.map((id) => cellOf(sheet[id]))])])
    const data = { instrument: definition.id, version: definition.version, simulated: true, ...settings, sheets }
    const { output } = asked.options
    if (output === undefined) return { lines: [table.trimEnd()], data, notes: ['simulated answers, no real person 模拟数据·非真实作答'] }
    await asked.disk.write('', output, table)
    return { lines: [`${settings.n} simulated sheets of ${definition.id}@${definition.version}: ${output}`], data }
  },
}
