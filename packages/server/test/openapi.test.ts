import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { openApiDocument } from './openapi.ts'

type Schema = { readonly [key: string]: unknown }
type Operation = {
  readonly requestBody?: unknown
  readonly responses: Readonly<Record<string, { readonly content?: Record<string, Schema> }>>
}

let text: string
let operations: readonly (readonly [string, Operation])[]

beforeAll(async () => {
  text = await openApiDocument()
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> }
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  )
})

test('the checked-in openapi.json is what the routes say; npm run golden rewrites it', () => {
  expect(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8')).toBe(text)
})

// What these answer with is a file and pages.
const withoutShape = [
  'GET /api/v1/sessions/{sessionId}/paper/forms',
  'GET /api/v1/exports/{exportId}/files/{name}',
  'GET /api/v1/reports/{reportId}/html',
]

test('SEC-07: every route promises the shape of its answer, and the problem it may answer with instead', () => {
  const promised = operations.filter(([, { responses }]) => Object.keys(responses).some((status) => /^20[014]$/.test(status)))
  const unpromised = operations.filter((operation) => !promised.includes(operation)).map(([route]) => route)
  expect(unpromised).toEqual(withoutShape)
  for (const [route, { responses }] of operations)
    expect({ route, types: Object.keys(responses.default?.content ?? {}) }).toEqual({ route, types: ['application/problem+json'] })
})

const looseObjects = (schema: unknown, path: string): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  const { properties, additionalProperties } = schema as Schema
  const own = properties !== undefined && additionalProperties !== false ? [path] : []
  return [...own, ...Object.entries(schema).flatMap(([key, inner]) => looseObjects(inner, `${path}/${key}`))]
}

test('SEC-07: every object that goes in or out is closed', () => {
  expect(operations.length).toBeGreaterThan(40)
  expect(operations.flatMap(([route, { requestBody, responses }]) => looseObjects({ requestBody, responses }, route))).toEqual([])
})
