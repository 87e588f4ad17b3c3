import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { editorSchemas } from './editor-schema.ts'
import { libraryFolder, loadLibrary, versionFolders } from './library.ts'

const schemas = editorSchemas()

test.each(Object.entries(schemas))('%s in the library is what the code emits; npm run golden renews it', (name, text) => {
  expect(readFileSync(join(libraryFolder, name), 'utf8')).toBe(text)
})

test('the schema of a definition asks for the parts of definition.yaml and knows no other', () => {
  const schema = JSON.parse(schemas['definition.schema.json'])
  expect(schema.additionalProperties).toBe(false)
  expect(schema.required).toEqual(expect.arrayContaining(['items', 'scales', 'riskRules', 'licence', 'provenance']))
  expect(schema.properties).not.toHaveProperty('texts')
})

test('every file of the library points its editor to the schema that lies there', async () => {
  const entries = (await loadLibrary()).list()
  for (const { path, id } of await versionFolders(libraryFolder)) {
    const { texts } = entries.find(({ definition }) => definition.id === id)!.definition
    const first = (...file: string[]) => readFileSync(join(path, ...file), 'utf8').split('\n')[0]
    expect(first('definition.yaml')).toBe('# yaml-language-server: $schema=../../definition.schema.json')
    for (const language of Object.keys(texts))
      expect(first('texts', `${language}.yaml`)).toBe('# yaml-language-server: $schema=../../../texts.schema.json')
  }
})
