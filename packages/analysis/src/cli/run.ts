/** The command line: what was typed, answered. Each command is a file of this folder. */
import { BadInput, type Command } from './command.ts'

/** Loaded when they are asked for: a table of correlations need not wait for the engine of the plots. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  report: async () => (await import('./report.ts')).report,
  check: async () => (await import('./check.ts')).check,
  effect: async () => (await import('./effect.ts')).effect,
  baseline: async () => (await import('./baseline.ts')).baseline,
  attrition: async () => (await import('./attrition.ts')).attrition,
  wwc: async () => (await import('./wwc.ts')).wwc,
  lmm: async () => (await import('./lmm.ts')).lmm,
  waves: async () => (await import('./waves.ts')).waves,
  robust: async () => (await import('./robust.ts')).robust,
  gee: async () => (await import('./gee.ts')).gee,
  glmm: async () => (await import('./glmm.ts')).glmm,
  sums: async () => (await import('./sums.ts')).sums,
  disclosure: async () => (await import('./disclosure.ts')).disclosure,
  'small-cells': async () => (await import('./small-cells.ts')).smallCells,
  reliability: async () => (await import('./reliability.ts')).reliability,
  careless: async () => (await import('./careless.ts')).careless,
  adjust: async () => (await import('./adjust.ts')).adjust,
  meta: async () => (await import('./meta.ts')).meta,
  impute: async () => (await import('./impute.ts')).impute,
  pool: async () => (await import('./pool.ts')).pool,
  power: async () => (await import('./power.ts')).power,
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

const answer = async ([first, ...rest]: readonly string[]): Promise<void> => {
  if (first !== undefined && (asksHelp(first) || (first === 'help' && rest.length === 0))) return console.log(await usage())
  if (first === 'help') return console.log((await named(rest[0])).usage)
  const command = await named(first)
  return rest.some(asksHelp) ? console.log(command.usage) : command.run(rest)
}

/** The exit code; what is said goes to the console. */
export const run = async (args: readonly string[]): Promise<number> => {
  try {
    await answer(args)
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message.split('\n')[0] : error)
    return error instanceof BadInput ? 2 : 1
  }
}
