/** Writes the JSON Schemas that editors use for the library's files. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { editorSchemas } from './src/editor-schema.ts'
import { libraryFolder } from './src/library.ts'

for (const [name, text] of Object.entries(editorSchemas())) await writeFile(join(libraryFolder, name), text)
