import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outlineOf } from './outline.ts'
import { resumed } from './resume.ts'
import { type Move, moved, newSheet, type Sheet, stepOf } from './sheet.ts'
import { submissionOf } from './submission.ts'

const form = (id: string, items: number, itemsPerPage = 1) => ({
  id,
  version: '1.0.0',
  itemsPerPage,
  items: Array.from({ length: items }, (_, index) => ({ id: `${id}_${index + 1}`, options: 'set' })),
  optionSets: { set: [0, 1, 2, 3].map((value) => ({ id: `o${value}`, value })) },
})
const battery = [form('mood', 3), form('worth', 4, 2)]
const outline = outlineOf(battery)
const begun = (key: string, startedAt: string) => newSheet(outline, key, startedAt)
const first = begun('a'.repeat(32), '2026-03-02T00:50:00.000Z')
const second = () => begun('b'.repeat(32), '2026-03-02T01:10:00.000Z')

/** What the server gives to the next machine: the answers alone, as it was told them. */
const handedOn = (sheet: Sheet) => {
  const { startedAt, sheets } = submissionOf(battery, outline, sheet, {
    ended: 'stopped',
    language: 'zh-CN',
    now: '2026-03-02T01:00:00.000Z',
  })
  return { turn: 1, startedAt, sheets: sheets.map(({ instrument, version, answers }) => ({ instrument, version, answers })) }
}
const anyMoves = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const), value: fc.nat(3), question: fc.nat(6) }) },
    { weight: 4, arbitrary: fc.constant<Move>({ kind: 'next' }) },
    fc.constantFrom<Move>({ kind: 'skip' }, { kind: 'back' }),
  ),
  { maxLength: 60 },
)
const play = (moves: readonly Move[]) => moves.reduce((sheet, move) => moved(outline, sheet, move), first)

describe('at another machine', () => {
  test('every answer is there, under a key of its own, from the same beginning', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const there = resumed(outline, second(), handedOn(play(moves)))
        expect(there.given).toEqual(play(moves).given)
        expect(there.key).toBe(second().key)
        if (there.given.some((given) => given !== null)) expect(there.startedAt).toBe(first.startedAt)
      }),
    )
  })

  test('the pupil stands before the first question that is open, with everything before it answered', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const there = resumed(outline, second(), handedOn(play(moves)))
        const open = there.given.indexOf(null)
        const step = stepOf(outline, there)
        const expected = open < 0 ? 'end' : there.given.every((given) => given === null) ? 'introduction' : 'questions'
        const next = step.kind === 'part' ? outline.steps[there.at + 1] : step
        expect(next?.kind).toBe(expected)
        if (next?.kind === 'questions') expect(next.questions).toContain(open)
      }),
    )
  })

  test('what is no answer of this form is left out, and what this machine knows beside it stays', () => {
    const here = { ...second(), given: [1, null, null, null, null, null, 2] }
    const strange = {
      turn: 1,
      startedAt: first.startedAt,
      sheets: [{ instrument: 'mood', version: '1.0.0', answers: { mood_2: 9, mood_3: 0 } }],
    }
    expect(resumed(outline, here, strange).given).toEqual([1, null, 0, null, null, null, 2])
    expect(resumed(outline, here, null)).toBe(here)
  })
})
