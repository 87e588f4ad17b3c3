import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

const shuffled = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(shuffled)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([key, inner]) => [key, shuffled(inner)]),
        )
      : value

test('keys are sorted at every depth, and no white space is written', () => {
  expect(canonicalJson({ b: [1, { d: 'é', c: null }], a: '"' })).toBe('{"a":"\\"","b":[1,{"c":null,"d":"é"}]}')
})

test('keys are sorted by code unit, as RFC 8785 has it, not by locale', () => {
  expect(canonicalJson({ é: 1, z: 2, Z: 3, '1': 4 })).toBe('{"1":4,"Z":3,"z":2,"é":1}')
})

test('a key without a value is left out, as JSON would', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
})

test('it reads back as the same value, and the order of keys makes no difference', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
    }),
  )
})
