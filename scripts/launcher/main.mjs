import { existsSync, readdirSync } from 'node:fs'
import { check, test } from './checks.mjs'
import { installed } from './install.mjs'
import { inRoot, Stop, say } from './paths.mjs'
import { endAs, run } from './run.mjs'
import { builtWeb } from './web.mjs'

const program = (...path) => ({ run: async (node, args) => endAs(await run(node, [inRoot(...path), ...args])) })
const withPages = (command) => ({ ...command, pages: true })

const commands = {
  start: withPages(program('packages', 'server', 'src', 'main.ts')),
  demo: withPages(program('scripts', 'demo.ts')),
  test: withPages({ run: test }),
  check: { run: check },
  study: { run: study },
  bench: program('bench', 'run.ts'),
  golden: { run: golden },
  server: program('packages', 'server', 'src', 'cli.ts'),
  instruments: program('packages', 'instruments', 'src', 'cli.ts'),
  analysis: program('packages', 'analysis', 'src', 'cli.ts'),
}

export async function main([name, ...args]) {
  try {
    const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
    if (!command) throw new Stop(`Tongxing has these commands: ${Object.keys(commands).join(', ')}.`)
    const node = await installed()
    if (command.pages) await builtWeb(node)
    await command.run(node, args)
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    say(error.message)
    process.exitCode = 1
  }
}

async function study(node, [name, ...args]) {
  const file = inRoot('studies', name ?? '', 'run.ts')
  if (!name || !existsSync(file))
    throw new Stop(`Which study? npm run study <name>, one of: ${studies().join(', ') || 'none is there yet'}.`)
  endAs(await run(node, [file, ...args]))
}

const studies = () => readdirSync(inRoot('studies')).filter((name) => existsSync(inRoot('studies', name, 'run.ts')))

async function golden(node, args) {
  const files = ['instruments', 'analysis', 'server', 'web'].map((name) => inRoot('packages', name, 'golden.ts'))
  files.push(...studies().map((name) => inRoot('studies', name, 'golden.ts')), inRoot('studies', 'golden.ts'))
  for (const file of files.filter(existsSync)) {
    say(`golden: ${file}`)
    const end = await run(node, [file, ...args])
    if (end.code !== 0) return endAs(end)
  }
}
