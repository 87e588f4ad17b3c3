import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFault } from './json-fault.ts'

test('the first character that cannot stand there is told', () => {
  expect(jsonFault('{"id": oops}')).toBe(7)
  expect(jsonFault('{"id": "x",}')).toBe(11)
  expect(jsonFault('{"id" "x"}')).toBe(6)
  expect(jsonFault('[1, 2')).toBe(5)
  expect(jsonFault('[] []')).toBe(3)
  expect(jsonFault('“id”')).toBe(0)
  expect(jsonFault('['.repeat(100_000))).not.toBeNull()
})

test('any JSON has no fault', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonFault(` ${text}\n`)).toBeNull()
    }),
  )
})

test('it finds a fault exactly where the browser refuses the text', () => {
  const refused = (text: string) => {
    try {
      JSON.parse(text)
      return false
    } catch {
      return true
    }
  }
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '"a"', '0', '-1', '.5', 'e2', 'null', ' ', '\n', '\\') }),
      (text) => {
        expect(jsonFault(text) !== null).toBe(refused(text))
      },
    ),
    { numRuns: 1000 },
  )
})
