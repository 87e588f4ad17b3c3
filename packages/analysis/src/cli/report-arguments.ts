/** What report and check take: a plan file, a dataset folder, or the one before the other. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type FrozenPlan, readPlan } from '../plan/read-plan.ts'
import type { Language } from '../plots/theme.ts'
import { BadInput, oneOf } from './command.ts'

type Asked = {
  readonly plan: string | null
  readonly folder: string | null
  readonly out: string | null
  readonly language: Language
  readonly json: boolean
}

const options = {
  out: { type: 'string' },
  language: { type: 'string', default: 'en' },
  json: { type: 'boolean', default: false },
} as const

const parsed = (name: string, args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (error) {
    throw new BadInput(`${name}: ${(error as Error).message.split('. ')[0]}; help ${name} lists what it takes`) // parseArgs throws only Errors
  }
}

export const reportArguments = (name: string, args: readonly string[]): Asked => {
  const { values, positionals } = parsed(name, args)
  const [first, second, ...more] = positionals
  if (!first || more.length > 0) throw new BadInput(`${name} takes [<plan.json>] <dataset-folder>, got ${positionals.length} words`)
  const isPlan = (word: string) => word.endsWith('.json')
  if (second !== undefined && !isPlan(first)) throw new BadInput(`${name} takes a plan that ends in .json before the dataset, got ${first}`)
  return {
    plan: isPlan(first) ? first : null,
    folder: isPlan(first) ? (second ?? null) : first,
    out: values.out ?? null,
    language: oneOf('language', values.language, ['zh-CN', 'en']),
    json: values.json,
  }
}

/** Reads a plan from its file; what is wrong with it is bad input, told with the file's path. */
export const planIn = async (path: string): Promise<FrozenPlan> => {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new BadInput(`${path} cannot be read: report takes a plan.json`)
  })
  try {
    return readPlan(text)
  } catch (error) {
    throw new BadInput((error as Error).message.replace(/^plan\.json/, path)) // readPlan throws only Errors
  }
}
