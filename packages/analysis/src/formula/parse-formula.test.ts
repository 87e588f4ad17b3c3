import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFormula, parseMixedFormula, termName } from './parse-formula.ts'
import { transformed, transformSql } from './transform.ts'

const terms = (text: string) => parseFormula(text).terms.map(termName)

test('a formula is its outcome, its terms and its group', () => {
  const formula = parseFormula('post ~ 1 + pre + arm + arm:pre + (1 | school)')
  expect(formula).toMatchObject({ outcome: 'post', group: 'school' })
  expect(formula.terms.map(termName)).toEqual(['pre', 'arm', 'pre:arm'])
  expect(parseFormula('y ~ 1')).toEqual({ outcome: 'y', terms: [], group: null })
})

test('a star writes out main effects and interactions, each once and in R order', () => {
  expect(terms('y ~ a*b*c')).toEqual(['a', 'b', 'c', 'a:b', 'a:c', 'b:c', 'a:b:c'])
  expect(terms('y ~ b:a + a + b*a + a:a')).toEqual(['a', 'b', 'b:a'])
})

test('names may hold dots and Chinese, others stand between backquotes, and factor(x) makes groups', () => {
  expect(terms('read.post ~ read.pre + 留守 + `sum of x` + factor(`class no`)')).toEqual([
    'read.pre',
    '留守',
    'sum of x',
    'factor(class no)',
  ])
  expect(parseFormula('y ~ factor(class)').terms[0]).toEqual([{ label: 'factor(class)', column: 'class', asFactor: true }])
})

test.each([
  ['', 'the name of a column is expected first, found the end'],
  ['post pre', '~ is expected after post, found pre'],
  ['post ~', 'the name of a column is expected in a term, found the end'],
  ['post ~ pre arm', '+ is expected between terms, found arm'],
  ['post ~ pre - 1', '+ is expected between terms, found -'],
  ['post ~ 0 + pre', 'the intercept is always there'],
  ['post ~ post + pre', 'the outcome post stands on both sides'],
  ['post ~ sin(pre)', 'sin(…) is no function here'],
  ['post ~ I(pre)', 'I(…) takes a column, a sign and a number, as in I(pre^2)'],
  ['post ~ (pre | school)', 'only a random intercept (1 | school)'],
  ['post ~ (1 | school/class)', 'one level of groups is fitted'],
  ['post ~ (1 | a) + (1 | b)', 'one random intercept is fitted'],
  ['post ~ (1 | school', ') is expected after (1 | school, found the end'],
  ['post ~ pre; rm', '; cannot be read'],
  ['post ~ a*b*c*d*e*f*g*h', 'more than 100 terms'],
  [`post ~ ${'a'.repeat(1000)}`, 'at most 1000 are read'],
])('%s is refused with what was expected', (text, sentence) => {
  expect(() => parseFormula(text)).toThrow(`formula: ${sentence}`.replace('formula: at', 'at'))
})

test('any text is read or refused with a sentence, never anything else', () => {
  const pieces = fc.array(
    fc.constantFrom('y', '~', 'a', 'b', '+', '*', ':', '(', ')', '1', '0', '|', '/', '`', 'factor', ' ', '-', '甲', '"'),
    {
      maxLength: 25,
    },
  )
  fc.assert(
    fc.property(pieces, (some) => {
      try {
        expect(parseFormula(some.join('')).outcome).not.toBe('')
      } catch (error) {
        expect((error as Error).message).toMatch(/^formula: /)
      }
    }),
    { numRuns: 2000 },
  )
})

test('what varies between groups is read level by level, under the names of R', () => {
  const levels = (text: string) =>
    parseMixedFormula(`y ~ ${text}`).levels.map(({ name, columns, slopes }) => [name, columns.join(), slopes.map(termName).join()])
  expect(levels('(1 | school/class/pupil)')).toEqual([
    ['school', 'school', ''],
    ['class:school', 'school,class', ''],
    ['pupil:class:school', 'school,class,pupil', ''],
  ])
  expect(levels('(wave | pupil) + (1 | school)')).toEqual([
    ['pupil', 'pupil', 'wave'],
    ['school', 'school', ''],
  ])
  expect(levels('x + (1 + factor(wave) + z | school:pupil)')).toEqual([['school:pupil', 'school,pupil', 'factor(wave),z']])
})

test.each([
  ['y ~ (1 | a/b:c)', 'groups are joined by / or by :, not by both'],
  ['y ~ (1 | a/a)', 'a stands twice among the groups of one parenthesis'],
  ['y ~ (1 | a) + (x | a)', 'the groups a stand in two parentheses'],
  ['y ~ (1 + y | a)', 'the outcome y stands on both sides'],
  ['y ~ (1 + x a)', '| is expected after (x, found a'],
  ['y ~ (0 + x | a)', 'the intercept varies with the slopes'],
])('%s is refused with what was expected', (text, sentence) => {
  expect(() => parseMixedFormula(text)).toThrow(`formula: ${sentence}`)
})

test('functions of a column carry what they do', () => {
  const [logarithm, square, third] = parseFormula('y ~ log(x) + I(x^2) + I(x / 10)').terms.map(([variable]) => variable!)
  expect([logarithm!.label, square!.label, third!.label]).toEqual(['log(x)', 'I(x^2)', 'I(x/10)'])
  expect([logarithm, square, third].map((one) => transformed(one!.transform!, 4))).toEqual([Math.log(4), 16, 0.4])
  expect(transformSql(square!.transform!, 'x')).toBe('power(x, CAST(2 AS float8))')
})
