import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { open } from '../access.ts'
import { buildWire } from './server.ts'
import { unstorable } from './strict.ts'

const nobody = { staff: async () => null, pupil: async () => null }
const wired = async () => {
  const lines: string[] = []
  const app = await buildWire({ version: '0', doorkeepers: nobody, webFolder: null, log: { write: (line) => lines.push(line) } })
  const promised = z.strictObject({ code: z.string() })
  app.get('/api/extra', { config: { access: open }, schema: { response: { 200: promised } } }, async () => ({ code: 'a', name: '测庚' }))
  app.get('/api/wrong', { config: { access: open }, schema: { response: { 200: promised } } }, async () => ({ code: 7, name: '测庚' }))
  app.post('/api/echo', { config: { access: open }, schema: { body: z.strictObject({ text: z.string() }) } }, async ({ body }) => body)
  app.post('/api/bare', { config: { access: open } }, async () => ({ done: true }))
  await app.ready()
  onTestFinished(() => app.close())
  const ask = async (method: 'GET' | 'POST', url: string, payload?: string, type = 'application/json') => {
    const headers = payload === undefined ? {} : { 'content-type': type }
    const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
    return { status: answer.statusCode, code: answer.json().code as string, text: answer.body }
  }
  return { app, ask, lines }
}

test.each(['/api/extra', '/api/wrong'])('SEC-07: what a route did not promise is 500 and never sent: %s', async (url) => {
  const { ask, lines } = await wired()
  const { status, code, text } = await ask('GET', url)
  expect({ status, code }).toEqual({ status: 500, code: 'internal' })
  expect(text + lines.join()).not.toContain('测庚')
  expect(lines).toHaveLength(1)
})

test.each([
  ['an unknown field', '{"text":"a","more":1}', 400, 'request.invalid'],
  ['a wrong type', '{"text":1}', 400, 'request.invalid'],
  ['no body', undefined, 400, 'request.invalid'],
  ['U+0000 in a text', '{"text":"a\\u0000b"}', 400, 'request.invalid'],
  ['half a surrogate pair in a text', '{"text":"\\ud800"}', 400, 'request.invalid'],
  ['a nest deeper than any schema', `{"text":${'['.repeat(400_000)}${']'.repeat(400_000)}}`, 400, 'request.invalid'],
  ['a prototype to poison', '{"text":"a","__proto__":{"x":1}}', 400, 'request.not-json'],
  ['something that is not JSON', '{"text":', 400, 'request.not-json'],
  ['nothing where JSON was announced', '', 400, 'request.not-json'],
])('SEC-07: %s is refused with a problem', async (_, payload, status, code) => {
  const { ask } = await wired()
  expect(await ask('POST', '/api/echo', payload)).toMatchObject({ status, code })
})

test('SEC-07: a body, a query and a content type that nobody asked for are refused', async () => {
  const { ask } = await wired()
  expect(await ask('POST', '/api/bare', '{"a":1}')).toMatchObject({ status: 400, code: 'request.invalid' })
  expect(await ask('POST', '/api/bare?a=1')).toMatchObject({ status: 400, code: 'request.invalid' })
  expect(await ask('POST', '/api/bare', '{}')).toMatchObject({ status: 200 })
  expect(await ask('POST', '/api/echo', 'text', 'text/plain')).toMatchObject({ status: 415, code: 'request.wrong-type' })
  expect(await ask('POST', '/api/echo', '<a/>', 'application/xml')).toMatchObject({ status: 415, code: 'request.wrong-type' })
})

test('an address that cannot be read is a problem that does not repeat it', async () => {
  const { app } = await wired()
  const answer = await app.inject({ url: '/api/%zz-canary' })
  expect(answer.json()).toMatchObject({ status: answer.statusCode, code: expect.stringMatching(/^(request|route)\./) })
  expect(answer.body).not.toContain('canary')
})

test('a body that is too large is told the limit of its route', async () => {
  const { app } = await wired()
  const answer = await app.inject({ method: 'POST', url: '/api/echo', payload: { text: 'x'.repeat(1_100_000) } })
  expect(answer.json()).toMatchObject({ status: 413, code: 'request.too-large', parameters: { limit: 1_000_000 } })
})

test('a route that does not say who may call it stops the server from starting', async () => {
  const app = await buildWire({ version: '0', doorkeepers: nobody, webFolder: null, log: null })
  expect(() => app.get('/api/forgotten', async () => ({}))).toThrow('does not say who may call it')
  await app.close()
})

test('text that PostgreSQL keeps as it is passes, everything else is found wherever it hides', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const storable = JSON.parse(JSON.stringify(value).replaceAll(/\\u0000|\\ud[89a-f]../gi, 'x')) as unknown
      expect(unstorable(storable)).toBeNull()
      expect(unstorable({ deep: [storable, { text: 'a\0' }] })).toEqual(['deep', '1', 'text'])
      expect(unstorable([{ 'key\0': storable }])).toEqual(['0'])
    }),
  )
})
