// Installs what the lock file names, with a pinned pnpm, when the stamp says that something changed.
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
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
  say(
    first
      ? '正在安装所需的程序，第一次需要一两分钟 · Installing what Tongxing needs; the first time this takes a minute or two.'
      : '正在更新已安装的程序 · Bringing the installed packages up to date.',
  )
  removeStamp(stampFile)
  const environment = toolEnvironment()
  await runPnpm(await fetchPnpm(environment), environment)
  const node = await usableNode()
  writeStamp(stampFile, { hash, node })
  say(`安装完成 · Installed in ${((Date.now() - began) / 1000).toFixed(0)} s.`)
  return node
}

async function fetchPnpm(env) {
  const present = await pnpmBinary()
  if (present && (await quietly(present, ['--version'], { env })).output.trim() === pnpmVersion) return present
  rmSync(pnpmFolder, { recursive: true, force: true })
  mkdirSync(pnpmFolder, { recursive: true })
  const patience = ['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000']
  const args = ['install', '--prefix', pnpmFolder, `pnpm@${pnpmVersion}`, '--no-audit', '--no-fund', '--no-save', ...patience]
  const { ok, output } = await npm(args, env)
  const fetched = await pnpmBinary()
  if (!ok || !fetched) throw new Stop(explain('The package manager pnpm could not be fetched', output))
  return fetched
}

// The native program itself: its JavaScript wrapper would not pass a signal on.
async function pnpmBinary() {
  const file = join(pnpmFolder, 'node_modules', 'pnpm', 'native-binary.mjs')
  if (!existsSync(file)) return null
  const { resolveInstalledBinary } = await import(pathToFileURL(file).href)
  return resolveInstalledBinary()
}

// The lock file pins every package by its hash, and its age was checked when it was made: asking the registry again
// would only cost 90 MB and need a network even when the store has everything.
async function runPnpm(pnpm, env) {
  const settings = { minimumReleaseAge: 0, confirmModulesPurge: false, fetchRetryMintimeout: 2000, fetchRetryMaxtimeout: 10_000 }
  const flags = Object.entries(settings).map(([name, value]) => `--config.${name}=${value}`)
  const { ok, output } = await quietly(pnpm, ['install', '--frozen-lockfile', ...flags], { env })
  if (!ok) throw new Stop(explain('The packages could not be installed', output))
}

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

const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|error sending request|dns error/i

function explain(what, output) {
  const lines = output.trim().split('\n')
  const unreachable = lines.find((line) => offline.test(line))
  if (!unreachable)
    return `${lines.slice(-15).join('\n')}\n\n${what}: see the lines above. The same command tries again from where it stopped.`
  return (
    `${unreachable.trim()}\n\n${what}: the package registry could not be reached. Connect this computer to the internet once ` +
    'and run the same command again; afterwards it starts without a network.'
  )
}
