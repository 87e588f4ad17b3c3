import { expect, test } from 'vitest'
import { BadInput, namesIn, needed, numberIn, oneOf, parseOptions } from './command.ts'

test('options are read, and --json belongs to every command', () => {
  expect(parseOptions('lmm', ['--data', 'f.csv', '--json'], { data: { type: 'string' } })).toMatchObject({ data: 'f.csv', json: true })
  expect(parseOptions('power', ['--effect', '-.25', '--min', '-2'], { effect: { type: 'string' }, min: { type: 'string' } })).toMatchObject(
    { effect: '-.25', min: '-2' },
  )
  expect(namesIn('items', 'a, b,c')).toEqual(['a', 'b', 'c'])
  expect(numberIn('min', '-1.5')).toBe(-1.5)
  expect(oneOf('method', 'ML', ['REML', 'ML'])).toBe('ML')
})

test('what is wrong with an option is bad input, in one sentence', () => {
  const wrong = [
    [() => parseOptions('lmm', ['--date', 'x'], { data: { type: 'string' } }), "lmm: Unknown option '--date'"],
    [() => needed('lmm', 'data', undefined), 'lmm needs --data'],
    [() => namesIn('items', 'a,,b'), '--items has an empty name'],
    [() => namesIn('items', 'a,b,a'), '--items names a twice'],
    [() => numberIn('min', 'one'), '--min takes a number, got one'],
    [() => oneOf('method', 'OLS', ['REML', 'ML']), '--method takes REML or ML, got OLS'],
  ] as const
  for (const [asked, sentence] of wrong) {
    expect(asked).toThrow(BadInput)
    expect(asked).toThrow(sentence)
  }
})
