/** Reference numbers for tests: the goldens of this package, always; the larger folder beside the repository, where it is present. */
import { existsSync, readFileSync, writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const oracleFolder = here('../../../../shared/reference/oracles/')

export const golden = <T>(name: string): T => JSON.parse(readFileSync(here(`../oracle/${name}.golden.json`), 'utf8')) as T

export const hasOracles = existsSync(oracleFolder)
const why = 'skipped: there is no folder shared/reference/oracles beside the repository'
// written past the reporter, which keeps the words of passing files to itself
if (!hasOracles) writeSync(2, `The tests against published data are ${why}; the goldens of this package are always checked.\n`)

/** The title of a test that needs the folder: when it is absent, the title says why the test is skipped. */
export const withOracles = (title: string) => (hasOracles ? title : `${title} [${why}]`)
export const oracle = <T>(file: string): T => JSON.parse(readFileSync(`${oracleFolder}${file}`, 'utf8')) as T

/** A CSV of the folder as records; its cells hold no comma. */
export const oracleTable = (file: string): readonly Readonly<Record<string, string>>[] => {
  const [header = [], ...rows] = readFileSync(`${oracleFolder}data/${file}`, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
  return rows.map((cells) => Object.fromEntries(header.map((name, place) => [name, cells[place] ?? ''])))
}

/** Asserts a relative difference; to an expected zero, an absolute one. Says both numbers when it fails. */
export const expectClose = (found: number, wanted: number, tolerance: number, what = '') => {
  const difference = Math.abs(found - wanted) / (wanted === 0 ? 1 : Math.abs(wanted))
  expect(difference, `${what}: found ${found}, expected ${wanted}`).toBeLessThanOrEqual(tolerance)
}
