import { expect, test } from 'vitest'
import { addresses, explainListening } from './addresses.ts'

const one = (address: string, internal: boolean, family: 'IPv4' | 'IPv6' = 'IPv4') => ({ address, internal, family }) as never
const interfaces = { lo: [one('127.0.0.1', true)], eth0: [one('192.168.1.20', false), one('fe80::1', false, 'IPv6')], wlan0: undefined }

test('a server for this computer alone names one address', () => {
  expect(addresses({ host: '127.0.0.1', publicUrl: undefined }, 3000, interfaces)).toEqual(['http://127.0.0.1:3000'])
  expect(addresses({ host: '::1', publicUrl: undefined }, 3000, interfaces)).toEqual(['http://[::1]:3000'])
})

test('a server for the whole network names what other devices can type', () => {
  for (const host of ['0.0.0.0', '::'])
    expect(addresses({ host, publicUrl: undefined }, 3000, interfaces)).toEqual(['http://127.0.0.1:3000', 'http://192.168.1.20:3000'])
})

test('a public address is the only one that is named', () => {
  expect(addresses({ host: '0.0.0.0', publicUrl: 'https://screening.example' }, 3000, interfaces)).toEqual(['https://screening.example'])
})

test('a port that cannot be had is explained with what to do, and any other error stays itself', () => {
  const failing = (code: string) => String(explainListening(Object.assign(new Error('raw'), { code }), { host: 'attic', port: 80 }))
  expect(failing('EADDRINUSE')).toContain('port 80 is in use by another program')
  expect(failing('EACCES')).toContain('TONGXING_PORT')
  expect(failing('EADDRNOTAVAIL')).toContain('TONGXING_HOST is attic')
  expect(failing('EMFILE')).toBe('Error: raw')
})
