/** npm run analysis -- <command>: effects, models and reports at the command line. Each command is a file of the folder cli. */
import { adjust } from './cli/adjust.ts'
import { attrition } from './cli/attrition.ts'
import { baseline } from './cli/baseline.ts'
import { careless } from './cli/careless.ts'
import { check } from './cli/check.ts'
import { BadInput, type Command } from './cli/command.ts'
import { disclosure } from './cli/disclosure.ts'
import { effect } from './cli/effect.ts'
import { gee } from './cli/gee.ts'
import { glmm } from './cli/glmm.ts'
import { impute } from './cli/impute.ts'
import { lmm } from './cli/lmm.ts'
import { meta } from './cli/meta.ts'
import { pool } from './cli/pool.ts'
import { power } from './cli/power.ts'
import { reliability } from './cli/reliability.ts'
import { report } from './cli/report.ts'
import { robust } from './cli/robust.ts'
import { smallCells } from './cli/small-cells.ts'
import { sums } from './cli/sums.ts'
import { wwc } from './cli/wwc.ts'

const commands: readonly Command[] = [
  report,
  check,
  effect,
  baseline,
  attrition,
  wwc,
  lmm,
  robust,
  gee,
  glmm,
  sums,
  disclosure,
  smallCells,
  reliability,
  careless,
  adjust,
  meta,
  impute,
  pool,
  power,
]

const usage = `npm run analysis -- <command>

${commands.map((command) => `  ${command.usage.split('\n').slice(0, 2).join('\n    ')}`).join('\n\n')}

  help <command>            lists what a command takes`

const named = (name: string | undefined): Command => {
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) throw new Error(`which command? one of ${commands.map((candidate) => candidate.name).join(', ')}; --help explains them`)
  return command
}

const asksHelp = (word: string) => word === '--help' || word === '-h'

const run = async ([first, ...rest]: readonly string[]): Promise<void> => {
  if (first !== undefined && (asksHelp(first) || (first === 'help' && rest.length === 0))) return console.log(usage)
  if (first === 'help') return console.log(named(rest[0]).usage)
  const command = named(first)
  return rest.some(asksHelp) ? console.log(command.usage) : command.run(rest)
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  process.exitCode = error instanceof BadInput ? 2 : 1
}
