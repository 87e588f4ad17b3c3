import { expect, test } from 'vitest'
import { inGroups, passwordFault } from './password.ts'

test('a short password is told how much is missing, counted in characters and not in bytes', () => {
  expect(passwordFault('十一个字的密码还差一个', 'wang')).toEqual({ kind: 'short', missing: 1 })
  expect(passwordFault('𠮷'.repeat(12), 'wang')).toBeNull()
})

test('the user name is no password, in whatever case it is written', () => {
  expect(passwordFault('Lin.Counsellor', ' lin.counsellor ')).toEqual({ kind: 'same-as-name' })
})

test('a key falls into groups of four that lose nothing', () => {
  expect(inGroups('BN3UVGFPUC')).toEqual(['BN3U', 'VGFP', 'UC'])
  expect(inGroups('')).toEqual([])
})
