import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ems, wrapped } from './text-width.ts'

test('a Chinese character is one em wide, any other a little over half', () => {
  expect(ems('干预组')).toBe(3)
  expect(ems('（）')).toBe(2)
  expect(ems('ab')).toBeCloseTo(1.16, 10)
})

test('a long label is broken into lines, between words or after a Chinese character, and none is lost', () => {
  expect(wrapped('团体心理辅导加家长课堂组', 9)).toEqual(['团体心理辅导加家长', '课堂组'])
  expect(wrapped('counselling and parent class', 9)).toEqual(['counselling and', 'parent class'])
  expect(wrapped('', 9)).toEqual([''])
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'辅导（PHQ-9）ab c') }), fc.integer({ min: 2, max: 12 }), (text, most) => {
      const kept = (value: string) => value.replaceAll(/\s/g, '')
      expect(kept(wrapped(text, most).join(''))).toBe(kept(text))
    }),
  )
})

test('no line begins with what closes or ends with what opens, and a number stays with its sign', () => {
  expect(wrapped('一年后随访（寄宿）', 6)).toEqual(['一年后随访', '（寄宿）'])
  expect(wrapped('父母均在家）', 5)).toEqual(['父母均在', '家）'])
  expect(wrapped('girls (n\u00a0=\u00a0520)', 6)).toEqual(['girls', '(n\u00a0=\u00a0520)'])
})
