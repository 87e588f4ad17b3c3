// Installs what the lock file names, with a pinned pnpm, when the stamp says that something changed.
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { inRoot, root, Stop, say } from './paths.mjs'
import { quietly } from './quiet.mjs'
import { usableNode } from './runtime.mjs'
import { hashOf, readStamp, removeStamp, writeStamp } from './stamp.mjs'
import { inTurn } from './turn.mjs'

const pnpmVersion = '12.21.0'
const pnpmFolder = inRoot('.tools', 'pnpm')
const stampFile = inRoot('node_modules', '.tongxing-installed')

const manifests = () =>
  ['packages', 'studies'].flatMap((folder) => {
    const names = existsSync(inRoot(folder)) ? readdirSync(inRoot(folder)) : []
    return names.map((name) => inRoot(folder, name, 'package.json')).filter(existsSync)
  })

const inputs = () => [
  ...['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs'].map((name) => inRoot(name)),
  ...manifests(),
]

const inputHash = () => hashOf(inputs(), root, pnpmVersion, process.platform, process.arch)

export async function installed() {
  const stamp = readStamp(stampFile)
  if (stamp.hash === inputHash() && existsSync(stamp.node)) return stamp.node
  refuseReadOnlyFolder()
  return inTurn(install)
}

async function install() {
  const hash = inputHash()
  const stamp = readStamp(stampFile)
  if (stamp.hash === hash && existsSync(stamp.node)) return stamp.node
  const began = Date.now()
  const first = !existsSync(inRoot('node_modules'))
  say(first ? 'Installing what Tongxing needs; the first time this takes a minute or two.' : 'Bringing the installed packages up to date.')
  removeStamp(stampFile)
  const environment = toolEnvironment()
  await fetchPnpm(environment)
  await runPnpm(environment)
  const node = await usableNode()
  writeStamp(stampFile, { hash, node })
  say(`Installed in ${((Date.now() - began) / 1000).toFixed(0)} s.`)
  return node
}

async function fetchPnpm(env) {
  if ((await quietly(process.execPath, [pnpmScript(), '--version'], { env })).output.trim() === pnpmVersion) return
  rmSync(pnpmFolder, { recursive: true, force: true })
  mkdirSync(pnpmFolder, { recursive: true })
  const args = ['install', '--prefix', pnpmFolder, `pnpm@${pnpmVersion}`, '--no-audit', '--no-fund', '--no-save']
  const { ok, output } = await npm(args, env)
  if (!ok) throw new Stop(explain('The package manager pnpm could not be fetched', output))
}

async function runPnpm(env) {
  const args = [pnpmScript(), 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false']
  const { ok, output } = await quietly(process.execPath, args, { env })
  if (!ok) throw new Stop(explain('The packages could not be installed', output))
}

const pnpmScript = () => join(pnpmFolder, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs')

function npm(args, env) {
  const script = process.env.npm_execpath ?? ''
  if (basename(script) === 'npm-cli.js') return quietly(process.execPath, [script, ...args], { env })
  return quietly('npm', args, { env, shell: process.platform === 'win32' })
}

// Both tools keep their stores below HOME; where that cannot be written, below the clone.
function toolEnvironment() {
  const home = homedir()
  if (isWritable(home)) return process.env
  const npmrc = join(home, '.npmrc')
  const keptSettings = existsSync(npmrc) ? { npm_config_userconfig: npmrc } : {}
  const ownHome = inRoot('.tools', 'home')
  mkdirSync(ownHome, { recursive: true })
  const away = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(XDG_|PNPM_HOME|npm_config_cache)/i.test(name)))
  return { ...away, ...keptSettings, HOME: ownHome }
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function refuseReadOnlyFolder() {
  if (!isWritable(root)) throw new Stop(`Tongxing must install its packages into ${root}, and this user may not write there.`)
}

const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|error sending request|dns error|network/i

function explain(what, output) {
  const reason = offline.test(output)
    ? 'the package registry could not be reached. Connect this computer to the internet once and run the same command again; afterwards it starts without a network.'
    : 'see the lines above. The same command tries again from where it stopped.'
  return `${output.trim().split('\n').slice(-15).join('\n')}\n\n${what}: ${reason}`
}
