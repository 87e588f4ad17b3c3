// `test` and `check`: the static checks, then every test, and one line of counts.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { cacheFolder, inRoot } from './paths.mjs'
import { quietly } from './quiet.mjs'
import { endAs, run } from './run.mjs'

const tool = (...parts) => inRoot('node_modules', ...parts)
const resultFile = join(cacheFolder, 'vitest.json')

const staticChecks = [
  { name: 'types', args: [tool('typescript', 'bin', 'tsc'), '-p', inRoot('tsconfig.json')] },
  {
    name: 'types of the pages',
    args: [tool('typescript', 'bin', 'tsc'), '-p', inRoot('packages', 'web', 'tsconfig.json')],
    needs: 'packages/web/src',
  },
  { name: 'lint', args: [tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '--max-diagnostics=50'] },
  { name: 'unused code', args: [tool('knip', 'bin', 'knip.js'), '--no-progress'] },
]

export async function check(node) {
  const counts = await runStaticChecks(node)
  conclude(counts)
}

export async function test(node, args) {
  const chromium = findChromium()
  const counts = await runStaticChecks(node)
  rmSync(resultFile, { force: true })
  const vitest = [tool('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`]
  const end = await run(node, [...vitest, ...args], { CHROMIUM_PATH: chromium ?? '' })
  if (end.signal) return endAs(end)
  if (!chromium)
    console.log('The browser tests were skipped: no Chromium was found. Get it with: apt-get install chromium (or set CHROMIUM_PATH).')
  conclude(add(counts, readVitest(end.code)))
}

async function runStaticChecks(node) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const checks = staticChecks.filter(({ needs }) => !needs || existsSync(inRoot(needs)))
  await Promise.all(
    checks.map(async ({ name, args }) => {
      const began = Date.now()
      const { ok, output } = await quietly(node, args)
      console.log(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)${ok ? '' : `\n${output.trimEnd()}\n`}`)
      counts[ok ? 'passed' : 'failed'] += 1
    }),
  )
  return counts
}

// A file that could not be loaded, or an error outside any test, counts as one failure.
function readVitest(code) {
  if (!existsSync(resultFile)) return { passed: 0, failed: 1, skipped: 0 }
  const result = JSON.parse(readFileSync(resultFile, 'utf8'))
  const unloaded = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  ).length
  const failed = result.numFailedTests + unloaded
  return {
    passed: result.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped })

function conclude({ passed, failed, skipped }) {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  process.exitCode = failed === 0 ? 0 : 1
}
