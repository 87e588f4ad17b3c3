import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const sources = fileURLToPath(new URL('../src/', import.meta.url))
const statement = /^(?:import|export)\s(?!type\s)(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]/gm

/** Everything a module reaches at run time: imports of types alone are erased. */
const reached = (file: string, seen = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(file)) return seen
  seen.add(file)
  if (!file.startsWith('./')) return seen
  for (const [, target] of readFileSync(join(sources, file), 'utf8').matchAll(statement))
    reached(target!.startsWith('.') ? `./${normalize(join(dirname(file), target!))}` : target!, seen)
  return seen
}

test.each(['answers', 'skip-logic', 'score', 'compile-scorer', 'risk', 'quality', 'norms', 'cut-off', 'canonical-json'])(
  '%s runs in the pupil page: it reaches no zod, no yaml, no node module',
  (name) => {
    const outside = [...reached(`./${name}.ts`)].filter((target) => !target.startsWith('./'))
    expect(outside).toEqual([])
  },
)

test('the walk sees what a module that needs them reaches', () => {
  expect([...reached('./library.ts')]).toEqual(expect.arrayContaining(['yaml', 'zod', 'node:crypto', './canonical-json.ts']))
  expect([...reached('./risk.ts')]).toContain('./answers.ts')
})
