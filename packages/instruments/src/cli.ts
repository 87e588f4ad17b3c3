/** npm run instruments -- <command>: the library at the command line. The only file beside the library's that touches the system. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import type { Command, Disk, OptionName, Options } from './cli/command.ts'
import { commands } from './cli/commands.ts'
import { optionsOf, overview, page } from './cli/help.ts'
import { libraryFolders } from './library.ts'

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

const commandNamed = (name: string | undefined): Command => {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command) return command
  throw new Error(`which command? one of ${Object.keys(commands).join(', ')}; --help explains them`)
}

const printed = async (command: Command, args: readonly string[], options: Options) => {
  const foreign = Object.keys(options).find((name) => !(command.takes as readonly string[]).includes(name))
  if (foreign !== undefined) throw new Error(`${command.usage.split(' ')[0]} takes no --${foreign}, it takes ${optionsOf(command)}`)
  const folders = options.library === undefined ? libraryFolders() : [options.library]
  const {
    lines,
    data,
    notes = [],
    failed = false,
  } = await command.run({ args, options, folders, disk, today: new Date().toISOString().slice(0, 10) })
  const say = failed && !options.json ? console.error : console.log
  say(options.json ? JSON.stringify(data, null, 2) : lines.join('\n'))
  if (notes.length > 0 && !options.json) console.error(notes.join('\n'))
  if (failed) process.exitCode = 1
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: optionTypes })
  const { help = false, ...options } = values
  const [name, ...args] = positionals
  if (name === 'help' && args[0] !== undefined) console.log(page(commandNamed(args[0])))
  else if (name === 'help' || (help && name === undefined)) console.log(overview())
  else if (help) console.log(page(commandNamed(name)))
  else await printed(commandNamed(name), args, options)
} catch (error) {
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  process.exitCode = 1
}
