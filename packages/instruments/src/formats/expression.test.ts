import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExpression } from './expression.ts'
import type { Finding } from './finding.ts'
import type { ForeignItem } from './foreign.ts'
import { scalesOf } from './scores.ts'

/** XLSForm writes ${a}; here @a. */
const xlsform = (text: string) => text.replaceAll(/@(\w)/g, (_, name) => `\${${name}}`)

const options = [0, 1, 2, 3].map((value) => ({ value, words: { en: `answer ${value}` } }))
const items = ['a', 'b', 'c'].map((name): ForeignItem => ({ name, words: { en: name }, options, where: { file: 'test' } }))

const read = (expression: string, more: Partial<Parameters<typeof scalesOf>[1]> = {}) => {
  const findings: Finding[] = []
  const score = { name: 'total', expression, words: {}, description: '', where: { file: 'test' } }
  const [scale] = scalesOf([score], { items, ...more }, findings)
  return { scale, findings }
}
const terms = (expression: string, more = {}) =>
  read(expression, more).scale?.terms.map(({ item, reversed, weight }) => `${reversed ? '-' : ''}${weight === 1 ? '' : weight}${item}`)

test('a sum of items is read alike in JavaScript, REDCap, XLSForm and FHIRPath', () => {
  for (const expression of [
    'a + b + c',
    '[a]+[b]+[c]',
    xlsform('@a + @b + @c'),
    "%resource.item.where(linkId = 'a').answer.weight() + %resource.item.where(linkId = 'b').answer.value.ordinal() + item.where(linkId='c').answer.weight()",
  ])
    expect(terms(expression)).toEqual(['a', 'b', 'c'])
})

test('what a missing answer does is read from the expression', () => {
  expect(read('a + b + c').scale).toMatchObject({ missing: 'null', method: 'sum' })
  expect(read('sum([a],[b],[c])').scale).toMatchObject({ missing: 'zero', minimumAnswered: null })
  expect(read("%resource.item.where(linkId != 'c').answer.weight().sum()").scale).toMatchObject({ missing: 'zero' })
  expect(
    read('iif(%x.exists(), %x, 0) + iif(%y.exists(), %y, 0)', {
      variables: new Map([
        ['x', "item.where(linkId='a').answer.weight()"],
        ['y', "item.where(linkId='b').answer.weight()"],
      ]),
    }).scale,
  ).toMatchObject({ missing: 'zero', strays: [] })
  expect(read('round(mean([a],[b],[c]) * 3, 0)').scale).toMatchObject({ missing: 'prorate', method: 'sum', decimals: 0 })
  const guarded = 'if(sum(if(isblank([a]),0,1), if(isblank([b]),0,1), if(isblank([c]),0,1)) >= 2, mean([a],[b],[c]), "")'
  expect(read(guarded).scale).toMatchObject({ missing: 'prorate', method: 'mean', minimumAnswered: 2 })
  expect(read(xlsform("if(@a = '' or @b = '' or @c = '', '', @a + @b + @c)")).scale).toMatchObject({ missing: 'null' })
  expect(read(xlsform('coalesce(@a, 0) + coalesce(@b, 0)')).scale).toMatchObject({ missing: 'zero' })
})

test('reversed items, weights, means and transforms come out as a definition has them', () => {
  expect(terms('[a] + (3 - [b])')).toEqual(['a', '-b'])
  expect(read('[a] + (3 - [b])').scale?.transform).toBeNull()
  expect(read('([a] + [b] + [c]) * 2').scale).toMatchObject({ method: 'sum', transform: { multiply: 2, add: 0 } })
  expect(read('([a] + [b] + [c]) / 3').scale).toMatchObject({ method: 'mean', transform: null })
  expect(read('[a] - [b]').scale).toMatchObject({ transform: { multiply: 1, add: -3 } })
  expect(terms('2 * [a] + [b]')).toEqual(['2a', 'b'])
  expect(read(xlsform('(@a + @b) div 2'), { divides: ['div'] }).scale).toMatchObject({ method: 'mean' })
})

test('a value that stands for an item that was not shown is read beside its item', () => {
  const { scale } = read('[a] + if([a] >= 2, [b], 1)')
  expect(scale?.terms.map(({ item }) => item)).toEqual(['a', 'b'])
  expect(scale?.otherwise).toEqual(new Map([['b', 1]]))
})

test('a name with a hyphen that reads as a subtraction is reported and taken as the item that was meant', () => {
  const hyphened = items.map((item, position) => ({ ...item, name: `PSC-17_${position + 1}` }))
  const { scale, findings } = read('PSC-17_1 + PSC-17_2 + PSC-17_3', { items: hyphened })
  expect(scale?.terms).toHaveLength(3)
  expect(findings).toMatchObject([{ rule: 'expression-not-valid', severity: 'error', what: expect.stringContaining('PSC minus 17_1') }])
  expect(read('PSC-17_1 + PSC-17_2').findings).toMatchObject([{ rule: 'expression-not-valid' }])
})

test.each([
  ['a call', 'fetch("x") + a', 'score-not-understood'],
  ['a method of another kind', 'a.constructor("x")', 'score-not-understood'],
  ['an unknown item', 'a + z', 'score-not-understood'],
  ['a product of items', 'a * b', 'score-not-understood'],
  ['two ways with missing answers', 'a + sum(b, c)', 'score-not-understood'],
  ['rounding before the end', 'round(a / 2, 0) + b', 'score-not-understood'],
  ['a filter on something else', '%resource.item.where(answer > 1).answer.weight().sum()', 'score-not-understood'],
  ['a name that needs itself', '%x', 'score-not-understood'],
  ['an open bracket', '(a + b', 'expression-not-valid'],
  ['an assignment', 'a = { b: 1 }', 'expression-not-valid'],
  ['a statement', 'a; b', 'expression-not-valid'],
  ['nothing', '', 'expression-not-valid'],
])('%s is reported and no scale is made of it', (_what, expression, rule) => {
  const { scale, findings } = read(expression, { variables: new Map([['x', '%x + 1']]) })
  expect(scale).toBeUndefined()
  expect(findings).toMatchObject([{ rule, severity: 'error' }])
})

test('hostile expressions end with a reason: depth, length, names that grow', () => {
  expect(parseExpression(`${'('.repeat(10_000)}a`)).toMatchObject({ ok: false })
  expect(parseExpression('!'.repeat(10_000))).toMatchObject({ ok: false })
  expect(parseExpression('a+'.repeat(9_999))).toMatchObject({ ok: false })
  expect(parseExpression('a'.repeat(30_000))).toMatchObject({ ok: false })
  expect(parseExpression('a-'.repeat(9_999), new Set(['x-y']))).toMatchObject({ ok: false })
  const doubling = new Map(
    [...Array(200).keys()].map((step) => [
      `v${step}`,
      step === 0 ? "item.where(linkId='a').answer.weight()" : `%v${step - 1} + %v${step - 1}`,
    ]),
  )
  expect(read('%v40', { variables: doubling }).scale?.transform?.multiply).toBe(2 ** 40)
  const asking = new Map(
    [...Array(60).keys()].map((step) => [
      `v${step}`,
      step === 0 ? "item.where(linkId='a').answer.exists()" : `%v${step - 1} or %v${step - 1}`,
    ]),
  )
  expect(read('iif(%v59, a, {})', { variables: asking }).findings).toMatchObject([
    { what: expect.stringContaining('too long to be understood') },
  ])
  expect(read(`${'a + '.repeat(1500)}b`).scale?.terms).toMatchObject([{ item: 'a', weight: 1500 }, { item: 'b' }])
})

test('any text is either parsed or refused, and nothing is thrown', () => {
  const pieces = fc.constantFrom(
    'a',
    '[b]',
    xlsform('@c'),
    '+',
    '-',
    '*',
    '/',
    '(',
    ')',
    ',',
    '.',
    "'x'",
    '"',
    '1',
    '%q',
    'sum(',
    'iif(',
    '{}',
    ' ',
    '\\',
    '=',
    '?',
    ':',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 60 }),
        fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
      ),
      (text) => {
        const { scale, findings } = read(text)
        expect(scale === undefined ? findings.length : 1).toBeGreaterThan(0)
      },
    ),
    { numRuns: 2000 },
  )
})
