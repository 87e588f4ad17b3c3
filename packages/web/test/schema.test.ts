import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { schemaTypes } from './schema-types.ts'

test("the API's types are those of the server's OpenAPI document: if not, run `npm run golden`", async () => {
  const kept = await readFile(new URL('../src/api/schema.d.ts', import.meta.url), 'utf8')
  expect(kept).toBe(await schemaTypes())
})
