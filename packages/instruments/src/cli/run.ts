/** The command line: what was typed, answered. The only file beside the library's that touches the system. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { libraryFolders } from '../library.ts'
import type { Command, Disk, OptionName, Options } from './command.ts'
import { commands } from './commands.ts'
import { optionsOf, overview, page } from './help.ts'

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const optionTypes = {
  help: { type: 'boolean', short: 'h' },
  library: text,
  json: flag,
  language: text,
  write: flag,
  input: text,
  output: text,
  out: text,
  format: text,
  part: text,
  use: text,
  permission: { type: 'string', multiple: true },
  id: { type: 'string', multiple: true },
  'by-position': flag,
  n: text,
  seed: text,
  latent: text,
  sd: text,
  'skip-rate': text,
} as const satisfies Record<OptionName | 'help', object>

const mostFiles = 2000

const missing = (file: string) => (error: unknown) => {
  const code = (error as NodeJS.ErrnoException).code // node:fs rejects with these only
  throw new Error(`${file}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}`)
}

const disk: Disk = {
  read: (file) => readFile(file, 'utf8').catch(missing(file)),
  write: async (folder, name, content) => {
    const file = join(folder, name)
    if (folder !== '' && relative(folder, file).startsWith('..')) throw new Error(`${name} does not lie in ${folder}`)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  },
  filesOf: async (path) => {
    const found = await stat(path).catch(missing(path))
    if (!found.isDirectory()) return [path]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    if (files.length > mostFiles) throw new Error(`${path} holds more than ${mostFiles} files`)
    return files.toSorted()
  },
}

export type Ended = { readonly code: number; readonly output: readonly string[]; readonly errors: readonly string[] }

const commandNamed = (name: string | undefined): Command => {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command
  throw new Error(`which command? one of ${Object.keys(commands).join(', ')}; --help explains them`)
}

const answer = async (command: Command, args: readonly string[], options: Options): Promise<Ended> => {
  const foreign = Object.keys(options).find((name) => !(command.takes as readonly string[]).includes(name))
  if (foreign !== undefined) throw new Error(`${command.usage.split(' ')[0]} takes no --${foreign}, it takes ${optionsOf(command)}`)
  const folders = options.library === undefined ? libraryFolders() : [options.library]
  const {
    lines,
    data,
    notes = [],
    failed = false,
  } = await command.run({ args, options, folders, disk, today: new Date().toISOString().slice(0, 10) })
  const shown = options.json ? JSON.stringify(data, null, 2) : lines.join('\n')
  const beside = notes.length > 0 && !options.json ? [notes.join('\n')] : []
  if (failed && !options.json) return { code: 1, output: [], errors: [shown, ...beside] }
  return { code: failed ? 1 : 0, output: [shown], errors: beside }
}

const told = (text: string): Ended => ({ code: 0, output: [text], errors: [] })

/** What the command line answers to these words: its lines, and the exit code. */
export const run = async (words: readonly string[]): Promise<Ended> => {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: optionTypes })
    const { help = false, ...options } = values
    const [name, ...args] = positionals
    if (name === 'help' && args[0] !== undefined) return told(page(commandNamed(args[0])))
    if (name === 'help' || (help && name === undefined)) return told(overview())
    if (help) return told(page(commandNamed(name)))
    return await answer(commandNamed(name), args, options)
  } catch (error) {
    return { code: 1, output: [], errors: [error instanceof Error ? error.message.split('\n')[0]! : String(error)] }
  }
}
