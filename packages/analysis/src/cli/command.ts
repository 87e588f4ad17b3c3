/** What a command of the line is: one file each in this folder, listed in run.ts. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

export type Command = {
  readonly name: string
  /** what `help <command>` prints; its first line is the command with its options, its second says what it does */
  readonly usage: string
  readonly run: (args: readonly string[]) => Promise<void>
}

/** What was asked cannot be done with what was given: one sentence naming file, row and column, and exit code 2. */
export class BadInput extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>
const json = { json: { type: 'boolean', default: false } } as const

/** `--min -2` as `--min=-2`: a negative number after an option is its value. */
const withNegatives = (args: readonly string[]): string[] =>
  args.flatMap((word, place) => {
    const isNegative = (candidate: string | undefined) => /^-\.?\d/.test(candidate ?? '')
    const isOption = (candidate: string | undefined) => /^--[^=]+$/.test(candidate ?? '')
    if (isOption(word) && isNegative(args[place + 1])) return [`${word}=${args[place + 1]}`]
    return isNegative(word) && isOption(args[place - 1]) ? [] : [word]
  })

/** The options of a command with --json beside them; an option it does not have, or a stray word, is bad input. */
export const parseOptions = <T extends Options>(name: string, args: readonly string[], options: T) => {
  try {
    return parseArgs({ args: withNegatives(args), options: { ...options, ...json } }).values
  } catch (error) {
    throw new BadInput(`${name}: ${(error as Error).message.split('. ')[0]}; help ${name} lists what it takes`) // parseArgs throws only Errors
  }
}

/** The value of an option that must be there. */
export const needed = (name: string, option: string, value: string | undefined): string => {
  if (value === undefined || value === '') throw new BadInput(`${name} needs --${option}; help ${name} lists what it takes`)
  return value
}

/** `a,b,c` as its names, none of them empty or twice. */
export const namesIn = (option: string, text: string): readonly string[] => {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new BadInput(`--${option} has an empty name between its commas: ${text}`)
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice) throw new BadInput(`--${option} names ${twice} twice`)
  return names
}

/** The value of an option that is a number. */
export const numberIn = (option: string, text: string): number => {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new BadInput(`--${option} takes a number, got ${text}`)
  return value
}

/** The value of an option that is one of a few words. */
export const oneOf = <T extends string>(option: string, text: string, allowed: readonly T[]): T => {
  const found = allowed.find((word) => word === text)
  if (!found) throw new BadInput(`--${option} takes ${allowed.join(' or ')}, got ${text}`)
  return found
}
