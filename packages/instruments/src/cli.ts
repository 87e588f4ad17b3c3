/** npm run instruments -- <command>: the library at the command line. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { commands } from './cli/commands.ts'
import { libraryFolder } from './library.ts'

const usage = `npm run instruments -- <command>

  list                              every instrument and version, with its languages, licence and hash
  check                             reads the whole library, its laws and its lock; names file, place and what is allowed
  lock                              adds new versions to the lock; a locked version never changes
  show <id>[@version]               one definition as JSON, the newest version unless one is named
  schema [--write]                  the JSON Schema of definition.yaml; --write renews both schemas in the library's folder
  score <id>[@version] <file.json>  scores and flags of answers such as {"phq9_1": 0, "phq9_2": "skipped"}

  --library <folder>                another library than the one that comes with Tongxing
  --language <tag>                  the words of scores and flags, en unless one is named`

const asked = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      library: { type: 'string', default: libraryFolder },
      language: { type: 'string', default: 'en' },
      write: { type: 'boolean', default: false },
    },
  })
  const [name, ...args] = positionals
  const { help, library: folder, language, write: renew } = values
  const read = (file: string) => readFile(file, 'utf8')
  const write = (file: string, text: string) => writeFile(join(folder, file), text)
  return { help, name, args, folder, language, renew, read, write }
}

try {
  const { help, name, ...rest } = asked()
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (help) console.log(usage)
  else if (!command) throw new Error(`which command? one of ${Object.keys(commands).join(', ')}; --help explains them`)
  else {
    const { lines, failed = false } = await command(rest)
    for (const line of lines) (failed ? console.error : console.log)(line)
    if (failed) process.exitCode = 1
  }
} catch (error) {
  console.error(error instanceof Error ? error.message.split('\n')[0] : error)
  process.exitCode = 1
}
