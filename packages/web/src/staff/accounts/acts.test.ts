import { expect, test } from 'vitest'
import { actsOn, actWords } from './acts.ts'

test('a disabled account can only be enabled; every other one gets a new link or is disabled', () => {
  expect(actsOn('disabled')).toEqual(['enable'])
  for (const state of ['invited', 'pending', 'active'] as const) expect(actsOn(state)).toEqual(['invite', 'disable'])
})

test('a new link for somebody who can sign in says what it takes away', () => {
  expect(actWords('invite', 'active').body).toBe('accounts.resetBody')
  expect(actWords('invite', 'invited').body).toBe('accounts.inviteBody')
})
