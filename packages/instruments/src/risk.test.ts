import { expect, test } from 'vitest'
import { branching } from '../test/branching.ts'
import { small } from '../test/small.ts'
import type { Answers } from './answers.ts'
import { loadLibrary } from './library.ts'
import { evaluateRisk } from './risk.ts'
import { scoreAnswers } from './score.ts'

const phq9 = (await loadLibrary()).get('phq-9', '1.0.0')!
const flags = (answers: Answers, definition = small) => evaluateRisk(definition, answers, scoreAnswers(definition, answers))

test('item 9 raises an urgent flag even when the total cannot be scored', () => {
  expect(flags({ phq9_9: 1 }, phq9)).toEqual([{ rule: 'item9-endorsed', kind: 'item', urgency: 'immediate', subject: 'phq9_9', value: 1 }])
  expect(scoreAnswers(phq9, { phq9_9: 1 })[0]).toMatchObject({ kind: 'unscorable' })
})

test.each(['skipped', 'declined'] as const)('SAF-02: a risk item that was %s is a flag of its own kind', (reason) => {
  expect(flags({ phq9_9: reason }, phq9)).toEqual([
    { rule: 'item9-unanswered', kind: 'unanswered', urgency: 'prompt', subject: 'phq9_9', value: reason },
  ])
})

test('SAF-02: a risk item that was not reached raises, and so does one that claims not to have been shown', () => {
  expect(flags({}, phq9)).toMatchObject([{ rule: 'item9-unanswered', value: 'not_reached' }])
  expect(flags({ phq9_9: 'not_shown' }, phq9)).toMatchObject([{ rule: 'item9-unanswered', value: 'not_reached' }])
})

test('SAF-02: a risk item that skip logic takes away does not raise, until the item before it is left out too', () => {
  expect(flags({ b_1: 0, b_2: 'not_shown', b_3: 'not_shown' }, branching)).toEqual([])
  expect(flags({ b_1: 2, b_2: 1 }, branching)).toMatchObject([{ rule: 'silent', subject: 'b_3', value: 'not_reached' }])
  expect(flags({ b_1: 'skipped' }, branching)).toMatchObject([{ rule: 'silent', subject: 'b_3', value: 'not_reached' }])
})

test('an item rule holds at both of its ends and not below', () => {
  expect([3, 4, 5].map((value) => flags({ q_2: value }).length)).toEqual([0, 1, 1])
})

test('a scale rule holds at both of its ends, and waits for a score', () => {
  const raised = (answers: Answers) => flags(answers).some(({ kind }) => kind === 'scale')
  expect(raised({ q_1: 5, q_2: 3, q_3: 3 })).toBe(false) // 11
  expect(raised({ q_1: 5, q_2: 3, q_3: 2 })).toBe(true) // 12
  expect(raised({ q_1: 5, q_2: 5, q_3: 1 })).toBe(true) // 15
  expect(raised({ q_1: 5 })).toBe(false)
})

test('a prorated total raises like a complete one: a flag asks a person to look', () => {
  expect(flags({ q_1: 5, q_2: 3, q_3: 'skipped' })).toEqual([
    { rule: 'high', kind: 'scale', urgency: 'routine', subject: 'total', value: 12 },
  ])
})
