// The guardian's page as it is built: small, for an old phone, and asking nobody but its own server.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

const web = fileURLToPath(new URL('../..', import.meta.url))
const dist = `${web}/dist`
if (!existsSync(`${dist}/g/index.html`)) execFileSync(process.execPath, [`${web}/node_modules/vite/bin/vite.js`, 'build'], { cwd: web })

const page = readFileSync(`${dist}/g/index.html`, 'utf8')
const linked = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path)
const code = linked.map((path) => readFileSync(`${dist}${path}`, 'utf8'))

describe("the guardian's bundle", () => {
  test('is one script and one style of at most 20 kB, gzipped, and asks for nothing afterwards', () => {
    const size = code.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0)
    console.log(`guardian's page: ${(size / 1000).toFixed(1)} kB gzipped in ${linked.length} files`)
    expect(linked.map((path) => path.replace(/.*\./, '')).sort()).toEqual(['css', 'js'])
    expect(code.join()).not.toMatch(/\bimport\s*\(|(?:import|from)\s*["'`]\./)
    expect(size).toBeLessThanOrEqual(20_000)
  })

  test('names no other host, but for the namespaces of the web itself', () => {
    const addresses = code.flatMap((text) => [...text.matchAll(/((?:https?:)?\/\/[\w-]+\.[\w.-]+[^\s"'`)]*)/g)].map(([address]) => address))
    expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([])
  })

  test('uses nothing that Chrome 70 or a plain-http network lacks', () => {
    const lacking = [
      /randomUUID|structuredClone|crypto\.subtle|globalThis/,
      /\.at\(|\?\.(?!\d)|\?\?|replaceAll|fromEntries|matchAll|allSettled/,
      /:has\(|:is\(|:where\(|[{;]inset:|clamp\(|aspect-ratio|display:flex[^}]*[;{]gap:|[;{]gap:[^}]*display:flex/,
    ]
    for (const text of code) for (const pattern of lacking) expect(pattern.exec(text)?.[0]).toBeUndefined()
    expect(code.join()).toMatch(/\.debounceRendering=(?!=)/)
  })

  test('holds no inline script or style, which its own security policy would refuse', () => {
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/)
  })
})
