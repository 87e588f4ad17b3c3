import { expect, test } from 'vitest'
import { branching } from '../test/branching.ts'
import { small } from '../test/small.ts'
import { checkAnswers, unansweredReason, valuesOf } from './answers.ts'

test('coded values, skipped and declined are accepted, and items may be absent', () => {
  const answers = { q_1: 1, q_2: 'declined', q_3: 'skipped' }
  expect(checkAnswers(small, answers)).toEqual({ ok: true, answers })
  expect(checkAnswers(small, {})).toEqual({ ok: true, answers: {} })
})

test.each([
  ['an unknown item', { q_9: 1 }, 'q_9', 'unknown-item', 'items of small'],
  ['a value outside the options', { q_1: 6 }, 'q_1', 'out-of-range', '1, 2, 3, 4, 5, skipped, declined'],
  ['a value between options', { q_1: 1.5 }, 'q_1', 'out-of-range', '1, 2, 3, 4, 5, skipped, declined'],
  ['not a number', { q_1: Number.NaN }, 'q_1', 'out-of-range', '1, 2, 3, 4, 5, skipped, declined'],
  ['a number as text', { q_1: '1' }, 'q_1', 'wrong-type', '1, 2, 3, 4, 5, skipped, declined'],
  ['null', { q_1: null }, 'q_1', 'wrong-type', '1, 2, 3, 4, 5, skipped, declined'],
  ['not_reached, which only absence says', { q_1: 'not_reached' }, 'q_1', 'wrong-type', '1, 2, 3, 4, 5, skipped, declined'],
] as const)('%s is refused with what is allowed', (_what, input, item, problem, allowed) => {
  expect(checkAnswers(small, input)).toEqual({ ok: false, problems: [{ item, problem, allowed }] })
})

test('SAF-02: only skip logic leaves an item not shown', () => {
  expect(checkAnswers(small, { q_2: 'not_shown' })).toMatchObject({ ok: false, problems: [{ item: 'q_2', problem: 'was-asked' }] })
  const unasked = { b_1: 0, b_2: 'not_shown', b_3: 'not_shown' }
  expect(checkAnswers(branching, unasked)).toEqual({ ok: true, answers: unasked })
  for (const before of [{ b_1: 1 }, { b_1: 'skipped' }, {}])
    expect(checkAnswers(branching, { ...before, b_2: 'not_shown' })).toMatchObject({
      ok: false,
      problems: [
        { item: 'b_2', problem: 'was-asked', allowed: '0, 1, 2, 3, skipped, declined, not_shown where the items before it do not ask it' },
      ],
    })
})

test.each([null, undefined, 3, 'q_1', [1, 2, 3], () => 1])('%s is no sheet of answers', (input) => {
  expect(checkAnswers(small, input)).toMatchObject({ ok: false, problems: [{ problem: 'wrong-type' }] })
})

test('names that objects inherit are unknown items, and pollute nothing', () => {
  const hostile = JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}')
  expect(checkAnswers(small, hostile)).toMatchObject({ ok: false, problems: [{}, {}, {}] })
  expect(({} as Record<string, unknown>).q_1).toBeUndefined()
})

test('at most a hundred problems are told, with long names cut short', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, position) => [`x${position}`.padEnd(200, 'x'), 1]))
  const checked = checkAnswers(small, many)
  expect(checked.ok === false && checked.problems.length).toBe(100)
  expect(checked.ok === false && checked.problems[0]!.item.length).toBe(60)
})

test('an item without a value says why', () => {
  const answers = { q_1: 2, q_2: 'skipped' } as const
  expect(['q_1', 'q_2', 'q_3'].map((item) => unansweredReason(answers, item))).toEqual([null, 'skipped', 'not_reached'])
})

test('an unknown item has no values', () => {
  expect(valuesOf(small, 'q_1')).toEqual([1, 2, 3, 4, 5])
  expect(valuesOf(small, 'constructor')).toEqual([])
})
