// The pupil's page as it is built: small, for old browsers, and asking nobody but its own server.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

const web = fileURLToPath(new URL('../..', import.meta.url))
const dist = `${web}/dist`
if (!existsSync(`${dist}/p/index.html`)) execFileSync(process.execPath, [`${web}/node_modules/vite/bin/vite.js`, 'build'], { cwd: web })

const read = (path: string) => readFileSync(`${dist}${path}`, 'utf8')
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')
/** What a file imports, and, where `later`, also what it asks for afterwards. */
const importsOf = (path: string, later: boolean) => {
  const pattern = later ? /(?:import|from)\s*\(?["'`](\.[^"'`]+)["'`]/g : /(?:import|from)\s*["'`](\.[^"'`]+)["'`]/g
  return matches(read(path), pattern).map((name) => posix.join(posix.dirname(path), name))
}

const page = read('/p/index.html')
const linked = matches(page, /(?:src|href)="(\/[^"]+)"/g)

const reached = (paths: readonly string[], later: boolean, known: readonly string[] = []): readonly string[] => {
  const fresh = [...new Set(paths)].filter((path) => !known.includes(path))
  if (fresh.length === 0) return known
  const next = fresh.filter((path) => path.endsWith('.js')).flatMap((path) => importsOf(path, later))
  return reached(next, later, [...known, ...fresh])
}
const first = reached(linked, false)
const files = reached(linked, true)
const size = (paths: readonly string[]) => paths.reduce((sum, path) => sum + gzipSync(read(path), { level: 9 }).length, 0)
const code = files.map(read)

describe("the pupil's bundle", () => {
  test('is script and style of at most 30 kB, gzipped, what seals the answers included: nothing is asked for afterwards', () => {
    expect(files.some((path) => path.endsWith('.js')) && files.some((path) => path.endsWith('.css'))).toBe(true)
    console.log(`pupil's page: ${(size(files) / 1000).toFixed(1)} kB gzipped in ${files.length} files`)
    expect(files).toEqual(first)
    expect(code.join()).toContain('getRandomValues')
    expect(size(files)).toBeLessThanOrEqual(30_000)
  })

  test('names no other host, but for the namespaces of the web itself', () => {
    const addresses = [page, ...code].flatMap((text) => matches(text, /((?:https?:)?\/\/[\w-]+\.[\w.-]+[^\s"'`)]*)/g))
    expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([])
  })

  test('uses nothing that Chrome 70 or a plain-http network lacks', () => {
    const lacking = [
      /randomUUID|structuredClone|crypto\.subtle|globalThis|Object\.hasOwn/,
      /\.at\(|\?\.(?!\d)|\?\?|replaceAll|fromEntries|matchAll|allSettled/,
      /:has\(|:is\(|:where\(|[{;]inset:|clamp\(|aspect-ratio|display:flex[^}]*[;{]gap:|[;{]gap:[^}]*display:flex/,
    ]
    for (const text of code) for (const pattern of lacking) expect(pattern.exec(text)?.[0]).toBeUndefined()
  })

  test('asks for a service worker only where there is one: a plain-http network has none', () => {
    const asked = code.join().match(/navigator\.serviceWorker\b(?!&&)/g) ?? []
    const guarded = code.join().match(/navigator\.serviceWorker&&navigator\.serviceWorker\./g) ?? []
    expect(guarded).toHaveLength(1)
    expect(asked).toHaveLength(1)
  })

  test("draws without Preact's queueMicrotask, which came with Chrome 71", () => {
    expect(code.join()).toMatch(/\.debounceRendering=(?!=)/)
    expect(code.join().match(/queueMicrotask/g)?.length).toBe(code.join().match(/\|\|queueMicrotask\)/g)?.length)
  })

  test('holds no inline script or style, which its own security policy would refuse', () => {
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/)
  })

  test('SAF-16: its title gives nothing away', () => {
    expect(matches(page, /<title>(.*)<\/title>/g)).toEqual(['童行'])
    for (const text of code) expect(text).not.toContain('document.title')
  })

  test('SAF-11: carries the lines of the help page, so that they are there without a network', () => {
    for (const line of ['12356', '12355', '110', '120']) expect(code.join()).toContain(line)
  })
})
