// SEC-07: what a route did not ask for is refused. Schemas refuse unknown fields; this refuses the parts that have no schema, and the
// characters that no text can hold.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { SchemaMismatch } from './errors.ts'

const nothing = z.strictObject({})

/** PostgreSQL stores no U+0000, and half a surrogate pair would come back as another character. */
const isText = (text: string) => text.isWellFormed() && !text.includes('\u0000')

const deepest = 40 // far below any schema of ours, far above what the stack holds

/** The path to the first string or key that is no text, or to a nest that is too deep, or null. */
export const unstorable = (value: unknown, depth = 0): readonly string[] | null => {
  if (typeof value === 'string') return isText(value) ? null : []
  if (typeof value !== 'object' || value === null) return null
  if (depth > deepest) return []
  const record = value as Readonly<Record<string, unknown>> // a list has keys too
  for (const key of Object.keys(record)) {
    const found = isText(key) ? unstorable(record[key], depth + 1) : []
    if (found) return isText(key) ? [key, ...found] : found
  }
  return null
}

export const validator =
  ({ schema, httpPart = 'request' }: { readonly schema: unknown; readonly httpPart?: string | undefined }) =>
  (data: unknown) => {
    const path = httpPart === 'headers' ? null : unstorable(data)
    if (path)
      return { error: new SchemaMismatch(httpPart, [{ code: 'custom', path: [...path], message: 'not storable', input: undefined }]) }
    const parsed = (schema as z.ZodType).safeParse(data ?? undefined) // Fastify says null for a body that is not there
    return parsed.success ? { value: parsed.data } : { error: new SchemaMismatch(httpPart, parsed.error.issues) }
  }

const refuseUnasked = (request: FastifyRequest, part: 'body' | 'querystring', given: unknown) => {
  if (request.routeOptions.schema?.[part] || given === undefined || given === null) return
  const parsed = nothing.safeParse(given)
  if (!parsed.success) throw new SchemaMismatch(part, parsed.error.issues)
}

export const refuseWhatNobodyAskedFor = (app: FastifyInstance) => {
  app.addHook('preValidation', (request, _reply, done) => {
    if (request.routeOptions.config.access) {
      refuseUnasked(request, 'body', request.body)
      refuseUnasked(request, 'querystring', request.query)
    }
    done()
  })
}
