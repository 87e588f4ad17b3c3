// Rewrites the goldens of this package: openapi.json, from the routes themselves. Its test is test/openapi.test.ts.
import { writeFile } from 'node:fs/promises'
import { openApiDocument } from './test/openapi.ts'

await writeFile(new URL('./openapi.json', import.meta.url), await openApiDocument())
