import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'

const defaults = { dataFolder: '/data', version: '1' }

test('with nothing set, the server is for this computer alone and brings its own database', () => {
  expect(parseConfig({ DATABASE_URL: '', PATH: '/bin' }, defaults)).toEqual({
    databaseUrl: undefined,
    dataFolder: '/data',
    host: '127.0.0.1',
    port: 3000,
    publicUrl: undefined,
    tls: 'auto',
    demo: false,
    helpContact: null,
    version: '1',
  })
})

test('a public address is kept without its last slash, so that links join', () => {
  expect(parseConfig({ TONGXING_PUBLIC_URL: 'https://screening.example/' }, defaults).publicUrl).toBe('https://screening.example')
})

test.each([
  ['TONGXING_PORT', '70000', 'a whole number from 0 to 65535'],
  ['TONGXING_PORT', '3000.5', 'a whole number'],
  ['TONGXING_DEMO', 'yes', '"0"|"1"'],
  ['TONGXING_TLS', 'maybe', '"auto"|"on"|"off"'],
  ['TONGXING_PUBLIC_URL', 'ftp://x', 'https://host'],
  ['DATABASE_URL', 'postgres://u:geheim@h', 'with the name of a database'],
  ['DATABASE_URL', 'geheim', 'postgres://user:password@host:port/database'],
])('%s=%s is refused with the variable and what it holds, and never repeated', (name, value, holds) => {
  const reading = () => parseConfig({ [name]: value }, defaults)
  expect(reading).toThrow(`${name} is not usable, it holds: `)
  expect(reading).toThrow(holds)
  expect(reading).not.toThrow('geheim')
})
