import { expect, test } from 'vitest'
import type { InstrumentListed, Unit } from '../wire.ts'
import { languagesOf, movedUp, offered, ownSchools, sums, toggled, wishFault } from './screening-wish.ts'

const instrument = (id: string, version: string, languages: string[], status: InstrumentListed['licence']['status'] = 'free') =>
  ({ id, version, languages, items: 9, estimatedMinutes: 2.5, licence: { status } }) as unknown as InstrumentListed
const library = [
  instrument('phq', '1.0.0', ['zh-CN', 'en']),
  instrument('phq', '1.10.0', ['zh-CN', 'en']),
  instrument('phq', '1.9.0', ['zh-CN', 'en']),
  instrument('locked', '1.0.0', ['zh-CN', 'bo'], 'permission-needed'),
  instrument('silent', '1.0.0', []),
  instrument('english', '2.0.0', ['en', 'de'], 'non-commercial'),
]
const keys = (language: string) => offered(library, language).map(({ id, version }) => `${id} ${version}`)

test('what may be chosen has words in the language and needs no permission, in its newest version', () => {
  expect(keys('zh-CN')).toEqual(['phq 1.10.0'])
  expect(keys('en')).toEqual(['phq 1.10.0', 'english 2.0.0'])
  expect(languagesOf(library)).toEqual(['zh-CN', 'en', 'de'])
})

test('the whole of what is chosen is counted, minutes rounded up', () => {
  expect(sums(offered(library, 'zh-CN'))).toEqual({ count: 1, items: 9, minutes: 3 })
  expect(sums([])).toEqual({ count: 0, items: 0, minutes: 0 })
})

test('an administrator of a township chooses among its schools, a proctor among none', () => {
  const unit = (id: string, kind: Unit['kind'], parentId: string | null) => ({ id, kind, parentId, name: id }) as Unit
  const units = [unit('c', 'county', null), unit('t', 'township', 'c'), unit('in', 'school', 't'), unit('out', 'school', 'c')]
  const grant = (role: 'administrator' | 'proctor', unitId: string) => ({ role, unitId, unitName: '' })
  const names = (...held: ReturnType<typeof grant>[]) => ownSchools(units, held).map(({ id }) => id)
  expect(names(grant('administrator', 't'))).toEqual(['in'])
  expect(names(grant('administrator', 'c'))).toEqual(['in', 'out'])
  expect(names(grant('proctor', 'c'))).toEqual([])
})

test('instruments are asked in the order in which they were chosen, and one can be moved up', () => {
  const chosen = ['b@1', 'a@1', 'c@1', 'a@1', 'a@1'].reduce(toggled, [])
  const order = (asked: typeof chosen) => asked.map(({ key }) => key).join(' ')
  expect(order(chosen)).toBe('b@1 c@1 a@1')
  expect(order(movedUp(chosen, 'a@1'))).toBe('b@1 a@1 c@1')
  expect([movedUp(chosen, 'b@1'), movedUp(chosen, 'x@1')]).toEqual([chosen, chosen])
  expect(toggled([{ key: 'a@1', itemsPerPage: 5 }], 'b@1').map(({ itemsPerPage }) => itemsPerPage)).toEqual([5, 1])
})

test('what a screening still misses is said one thing at a time, from the top of the form', () => {
  expect(wishFault(' ', '', 0, 0)).toBe('screening.titleFirst')
  expect(wishFault('秋季', ' ', 0, 0)).toBe('screening.waveFirst')
  expect(wishFault('秋季', '十月', 0, 0)).toBe('screening.instrumentsFirst')
  expect(wishFault('秋季', '十月', 1, 0)).toBe('schools.chooseFirst')
  expect(wishFault('秋季', '十月', 1, 1)).toBeNull()
})
