/** The help pages: one of all commands, and one for each. */
import type { Command, OptionName } from './command.ts'
import { commands } from './commands.ts'

const start = 'npm run -s instruments --'

const optionWords: Readonly<Record<OptionName, readonly [form: string, says: string]>> = {
  library: ['--library <folder>', 'another library than the one that comes with Tongxing'],
  json: ['--json', 'prints data as JSON instead of lines'],
  language: ['--language <tag>', 'the language of the words, such as zh-CN or en'],
  write: ['--write', "renews the schemas in the library's folder"],
  input: ['--input <file>', 'answers as CSV'],
  output: ['--output <file>', 'writes the CSV there instead of printing it'],
  out: ['--out <folder>', 'writes the files there instead of printing them'],
  format: ['--format <name>', 'the format of the export'],
  part: ['--part <name>', 'the form or group of a file that holds several'],
  use: ['--use <use>', 'what a paper form is for: clinical, educational (unless given), research or commercial'],
  permission: ['--permission <file>', 'a recorded permission as JSON, with the words that it allows; for paper'],
  id: ['--id <column>', 'a column of the input that is kept, first; may be given more than once'],
  'by-position': ['--by-position', 'columns are i1, i2, ... for item 1, 2, ... in published order'],
  n: ['--n <number>', 'how many sheets'],
  seed: ['--seed <number>', 'the same seed gives the same sheets'],
  latent: ['--latent <number>', 'mean of the latent distress, 0 unless given'],
  sd: ['--sd <number>', 'its standard deviation, 1 unless given'],
  'skip-rate': ['--skip-rate <share>', 'the chance that an item is skipped, 0 unless given'],
}

const aligned = (pairs: readonly (readonly [string, string])[]) => {
  const width = Math.max(...pairs.map(([left]) => left.length)) + 2
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}${right}`)
}

/** The page of all commands. */
export const overview = (): string =>
  [
    `${start} <command>`,
    '',
    ...aligned([
      ...Object.entries(commands).map(([name, { summary }]) => [name, summary] as const),
      ['help <command>', 'the page of one command, also <command> --help'],
    ]),
    '',
    'A score screens and never diagnoses; a sheet without flags says nothing about safety.',
  ].join('\n')

/** The page of one command. */
export const page = ({ usage, summary, details, examples, takes }: Command): string =>
  [
    `${start} ${usage}`,
    '',
    summary,
    '',
    ...details,
    '',
    ...aligned(takes.map((name) => optionWords[name])),
    '',
    ...examples.map((example) => `  ${start} ${example}`),
  ].join('\n')

/** The options of a command as they are written, for an error. */
export const optionsOf = ({ takes }: Command): string => takes.map((name) => `--${name}`).join(', ')
