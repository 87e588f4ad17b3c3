// Rewrites the golden of this package: the API's types, from the server's OpenAPI document. Its test is test/schema.test.ts.
import { writeFile } from 'node:fs/promises'
import { schemaTypes } from './test/schema-types.ts'

await writeFile(new URL('./src/api/schema.d.ts', import.meta.url), await schemaTypes())
