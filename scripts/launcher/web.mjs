// Builds the pages when their inputs changed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, inRoot, Stop, say } from './paths.mjs'
import { quietly } from './quiet.mjs'
import { hashOf, readStamp, removeStamp, writeStamp } from './stamp.mjs'
import { inTurn } from './turn.mjs'

const folder = inRoot('packages', 'web')
const stampFile = join(cacheFolder, 'web-built.json')
const inputs = [folder, inRoot('packages', 'instruments', 'src'), inRoot('pnpm-lock.yaml'), inRoot('tsconfig.base.json')]

const isBuilt = (hash) => readStamp(stampFile).hash === hash && existsSync(join(folder, 'dist', 'index.html'))

export async function builtWeb(node) {
  if (!existsSync(join(folder, 'vite.config.ts'))) return
  if (!isBuilt(hashOf(inputs))) await inTurn(() => build(node))
}

async function build(node) {
  const hash = hashOf(inputs)
  if (isBuilt(hash)) return
  say('正在生成页面 · Building the pages.')
  removeStamp(stampFile)
  const vite = join(folder, 'node_modules', 'vite', 'bin', 'vite.js')
  const { ok, output } = await quietly(node, [vite, 'build'], { cwd: folder })
  if (!ok) throw new Stop(`${output.trim()}\n\nThe pages could not be built: see the lines above.`)
  writeStamp(stampFile, { hash })
}
