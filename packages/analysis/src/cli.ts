/** npm run analysis -- <command>: effects, models and reports at the command line. Each command is a file of the folder cli. */
import { BadInput, type Command } from './cli/command.ts'

/** Loaded when they are asked for: a table of correlations need not wait for the engine of the plots. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  report: async () => (await import('./cli/report.ts')).report,
  check: async () => (await import('./cli/check.ts')).check,
  effect: async () => (await import('./cli/effect.ts')).effect,
  baseline: async () => (await import('./cli/baseline.ts')).baseline,
  attrition: async () => (await import('./cli/attrition.ts')).attrition,
  wwc: async () => (await import('./cli/wwc.ts')).wwc,
  lmm: async () => (await import('./cli/lmm.ts')).lmm,
  waves: async () => (await import('./cli/waves.ts')).waves,
  robust: async () => (await import('./cli/robust.ts')).robust,
  gee: async () => (await import('./cli/gee.ts')).gee,
  glmm: async () => (await import('./cli/glmm.ts')).glmm,
  sums: async () => (await import('./cli/sums.ts')).sums,
  disclosure: async () => (await import('./cli/disclosure.ts')).disclosure,
  'small-cells': async () => (await import('./cli/small-cells.ts')).smallCells,
  reliability: async () => (await import('./cli/reliability.ts')).reliability,
  careless: async () => (await import('./cli/careless.ts')).careless,
  adjust: async () => (await import('./cli/adjust.ts')).adjust,
  meta: async () => (await import('./cli/meta.ts')).meta,
  impute: async () => (await import('./cli/impute.ts')).impute,
  pool: async () => (await import('./cli/pool.ts')).pool,
  power: async () => (await import('./cli/power.ts')).power,
}

const usage = async (): Promise<string> => {
  const all = await Promise.all(Object.values(commands).map((load) => load()))
  return `npm run analysis -- <command>

${all.map((command) => `  ${command.usage.split('\n').slice(0, 2).join('\n    ')}`).join('\n\n')}

  help <command>            lists what a command takes`
}

const named = (name: string | undefined): Promise<Command> => {
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load)
    throw new BadInput(
      `${name === undefined ? 'which command?' : `there is no command ${name}:`} one of ${Object.keys(commands).join(', ')}; --help explains them`,
    )
  return load()
}

const asksHelp = (word: string) => word === '--help' || word === '-h'

const run = async ([first, ...rest]: readonly string[]): Promise<void> => {
  if (first !== undefined && (asksHelp(first) || (first === 'help' && rest.length === 0))) return console.log(await usage())
  if (first === 'help') return console.log((await named(rest[0])).usage)
  const command = await named(first)
  return rest.some(asksHelp) ? console.log(command.usage) : command.run(rest)
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  process.exitCode = error instanceof BadInput ? 2 : 1
}
