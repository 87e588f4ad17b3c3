import { expect, test } from 'vitest'
import { isLoopback, seatLink, spaced } from './address.ts'

test('SEC-05: locator and code stand behind the #, so that no server is sent them', () => {
  const link = new URL(seatLink('http://192.168.1.20:3000', 'F28FF', '4F7K2Q'))
  expect(link.hash).toBe('#F28FF.4F7K2Q')
  expect(link.href.slice(0, link.href.indexOf('#'))).toBe('http://192.168.1.20:3000/p/')
})

test('a code is shown in two groups of three', () => {
  expect(spaced('4F7K2Q')).toBe('4F7 K2Q')
})

test('an address that only this machine reaches is recognised, one on the network is not', () => {
  expect(['localhost', '127.0.0.1', '[::1]'].filter(isLoopback)).toHaveLength(3)
  expect(['192.168.1.20', '10.0.0.1', 'school.example'].filter(isLoopback)).toEqual([])
})
