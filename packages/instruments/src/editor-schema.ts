/** JSON Schemas of the library's two kinds of YAML files, made from the zod schemas, so that an editor completes and checks them. */
import { z } from 'zod'
import { definitionSchema, textsSchema } from './definition.ts'

const emitted = (schema: z.ZodType, title: string) => `${JSON.stringify({ title, ...z.toJSONSchema(schema) }, null, 2)}\n`

/** File name in the library's folder to its text. definition.yaml has no texts: they are files of their own. */
export const editorSchemas = (): { readonly 'definition.schema.json': string; readonly 'texts.schema.json': string } => ({
  'definition.schema.json': emitted(
    definitionSchema.omit({ texts: true }),
    'A Tongxing instrument: library/<id>/<version>/definition.yaml',
  ),
  'texts.schema.json': emitted(textsSchema, 'The texts of an instrument in one language: library/<id>/<version>/texts/<language>.yaml'),
})
