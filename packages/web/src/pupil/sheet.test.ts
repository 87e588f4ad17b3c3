import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outlineOf } from './outline.ts'
import { askedAt, countedOf, type Move, moved, newSheet, type Sheet, skippedOf, stepOf, timed } from './sheet.ts'
import { submissionOf } from './submission.ts'

const form = (id: string, items: number, values: readonly number[]) => ({
  id,
  version: '1.0.0',
  items: Array.from({ length: items }, (_, index) => ({ id: `${id}_${index + 1}`, options: 'set' })),
  optionSets: { set: values.map((value) => ({ id: `o${value}`, value })) },
})
const battery = [form('mood', 3, [0, 1, 2, 3]), form('worth', 2, [1, 2, 3, 4])]
const outline = outlineOf(battery)
const begun = newSheet(outline, 'k'.repeat(32), '2026-03-02T00:50:00.000Z')

const play = (moves: readonly Move[], from: Sheet = begun) => moves.reduce((sheet, move) => moved(outline, sheet, move), from)
const next: Move = { kind: 'next' }
const skip: Move = { kind: 'skip' }
const back: Move = { kind: 'back' }
const answer = (value: number): Move => ({ kind: 'answer', value })
const ending = { ended: 'stopped', language: 'zh-CN', now: '2026-03-02T00:59:00.000Z' } as const

const anyMove = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 6 }).map(answer) },
  { weight: 3, arbitrary: fc.constant(next) },
  fc.constantFrom<Move>(skip, back, { kind: 'revisit' }),
)
const anyMoves = fc.array(anyMove, { maxLength: 80 })

describe('a sheet', () => {
  test('leads from the introduction through each part to the end', () => {
    const kinds = outline.steps.map(({ kind }) => kind)
    expect(kinds).toEqual(['introduction', 'part', 'questions', 'questions', 'questions', 'part', 'questions', 'questions', 'end'])
  })

  test('moves on from a question only once it is answered or skipped', () => {
    const atFirst = play([next, next])
    expect(play([next], atFirst)).toBe(atFirst)
    expect(play([answer(2), next], atFirst).at).toBe(3)
    expect(play([skip], atFirst).at).toBe(3)
  })

  test('shows the earlier choice on the way back, and takes another one', () => {
    const again = play([next, next, answer(3), next, back])
    expect(again.given[0]).toBe(3)
    expect(play([answer(1)], again).given[0]).toBe(1)
  })

  test('keeps an answer when its question is passed over on a second visit', () => {
    expect(play([next, next, answer(3), next, back, skip]).given[0]).toBe(3)
  })

  test('leads through the skipped questions alone when they are looked at again, then to the end', () => {
    const end = play([next, next, skip, answer(1), next, skip, next, answer(1), next, answer(1), next])
    expect(stepOf(outline, end).kind).toBe('end')
    expect(skippedOf(outline, end)).toEqual([0, 2])
    const first = play([{ kind: 'revisit' }], end)
    expect(stepOf(outline, first)).toEqual({ kind: 'questions', questions: [0] })
    const second = play([answer(0), next], first)
    expect(stepOf(outline, second)).toEqual({ kind: 'questions', questions: [2] })
    const over = play([skip], second)
    expect(stepOf(outline, over).kind).toBe('end')
    expect(skippedOf(outline, over)).toEqual([2])
  })

  test('never loses an answer, whatever is done next', () => {
    fc.assert(
      fc.property(anyMoves, anyMove, (moves, last) => {
        const before = play(moves)
        const after = play([last], before)
        const lost = before.given.filter((given, position) => given !== null && after.given[position] === null)
        const undone = before.given.filter((given, position) => typeof given === 'number' && typeof after.given[position] !== 'number')
        expect([...lost, ...undone]).toEqual([])
        const changed = before.given.filter((given, position) => given !== after.given[position])
        expect(changed.length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('keeps its key and its beginning, and always stands on a step', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const sheet = play(moves)
        expect([sheet.key, sheet.startedAt, outline.steps[sheet.at] === undefined]).toEqual([begun.key, begun.startedAt, false])
      }),
    )
  })

  test('can be ended from wherever the pupil stands: one skip after the other leads to the end', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const onward = outline.steps.flatMap(() => [next, skip])
        expect(stepOf(outline, play(onward, play(moves))).kind).toBe('end')
      }),
    )
  })
})

describe('what is handed in', () => {
  test('holds each answer that was given, valid values alone, and nothing for what was not reached', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const sheet = play(moves)
        const { sheets } = submissionOf(battery, outline, sheet, ending)
        expect(sheets.map(({ instrument }) => instrument)).toEqual(['mood', 'worth'])
        const handedIn = sheets.flatMap(({ answers }) => Object.values(answers))
        expect(handedIn).toEqual(sheet.given.filter((given) => given !== null))
        for (const [position, { instrument, answers }] of sheets.entries())
          for (const [item, given] of Object.entries(answers)) {
            expect(item.startsWith(`${instrument}_`)).toBe(true)
            const values = battery[position]?.optionSets.set.map(({ value }) => value)
            expect(given === 'skipped' || values?.includes(Number(given))).toBe(true)
          }
      }),
    )
  })

  test('says what helped to read, and nothing where nothing did', () => {
    expect(submissionOf(battery, outline, begun, { ...ending, aids: ['read-aloud', 'large-text'] }).aids).toEqual([
      'read-aloud',
      'large-text',
    ])
    expect(submissionOf(battery, outline, begun, { ...ending, aids: [] })).not.toHaveProperty('aids')
  })

  test('tells of each item how long it was before the pupil, over all its visits, and never more than ten minutes', () => {
    const time = fc.tuple(fc.nat(4), fc.double({ min: 0, max: 2_000_000, noNaN: true }))
    fc.assert(
      fc.property(fc.array(time, { maxLength: 20 }), (spent) => {
        const sheet = spent.reduce((before, [question, milliseconds]) => timed(before, question, milliseconds), begun)
        const times: Record<string, number> = {}
        for (const { times: own } of submissionOf(battery, outline, sheet, ending).sheets) Object.assign(times, own)
        expect(Object.keys(times).sort()).toEqual([...new Set(spent.map(([question]) => outline.questions[question]?.item))].sort())
        for (const milliseconds of Object.values(times)) expect(Number.isInteger(milliseconds) && milliseconds <= 600_000).toBe(true)
      }),
    )
    const twice = timed(timed(begun, 0, 1200.4), 0, 300)
    expect(submissionOf(battery, outline, twice, ending).sheets[0]?.times).toEqual({ mood_1: 1500 })
    expect(submissionOf(battery, outline, begun, ending).sheets[0]).not.toHaveProperty('times')
  })

  test('does not end before it began when the clock was set back meanwhile', () => {
    const { startedAt, finishedAt } = submissionOf(battery, outline, begun, { ...ending, now: '2020-01-01T00:00:00.000Z' })
    expect(finishedAt).toBe(startedAt)
  })
})

describe('skip logic', () => {
  const who = { id: 'who', options: 'who' }
  const since = { id: 'since', options: 'since', askedIf: { item: 'who', from: 1, to: 2 }, otherwise: 0 }
  const forms = [
    {
      id: 'home',
      version: '1.0.0',
      items: [who, since],
      optionSets: { who: [0, 1, 2].map((value) => ({ id: `w${value}`, value })), since: [{ id: 's', value: 3 }] },
    },
    form('mood', 1, [0, 1]),
  ]
  const home = outlineOf(forms)
  const start = newSheet(home, 'k'.repeat(32), '2026-03-02T00:50:00.000Z')
  const go = (moves: readonly Move[], from = start) => moves.reduce((sheet, move) => moved(home, sheet, move), from)
  const answersOf = (sheet: Sheet) => submissionOf(forms, home, sheet, ending).sheets[0]?.answers

  test('an answer outside takes the question away, forward and back, and the sheet says that it was not shown', () => {
    const past = go([next, next, answer(0), next])
    expect(stepOf(home, past)).toEqual({ kind: 'part', form: 1 })
    expect(stepOf(home, go([back], past))).toEqual({ kind: 'questions', questions: [0] })
    expect(answersOf(past)).toEqual({ who: 0, since: 'not_shown' })
    expect(countedOf(home, past, 2)).toEqual({ number: 2, total: 2 })
  })

  test('an answer inside, or none at all, asks it: nobody hides a question by leaving out the one before it', () => {
    for (const move of [answer(1), skip]) expect(stepOf(home, go([next, next, move, next]))).toEqual({ kind: 'questions', questions: [1] })
    expect(answersOf(go([next, next, skip]))).toEqual({ who: 'skipped' })
  })

  test('what was skipped is not offered again once it is not asked, and an answer that was given is kept', () => {
    const skippedThenTaken = go([next, next, answer(1), next, skip, back, back, answer(0), next])
    expect(skippedOf(home, skippedThenTaken)).toEqual([])
    const given = go([next, next, answer(1), next, answer(3), back, answer(0)])
    expect(answersOf(given)).toEqual({ who: 0, since: 3 })
  })
})

describe('a page of items', () => {
  const since = { id: 'since', options: 'set', askedIf: { item: 'mood_1', from: 1, to: 3 } }
  const plain = form('mood', 4, [0, 1, 2, 3])
  const paged = outlineOf([{ ...plain, items: [plain.items[0]!, since, ...plain.items.slice(1)], itemsPerPage: 3 }])
  const start = newSheet(paged, 'k'.repeat(32), '2026-03-02T00:50:00.000Z')
  const go = (moves: readonly Move[], from = start) => moves.reduce((sheet, move) => moved(paged, sheet, move), from)
  const to = (question: number, value: number): Move => ({ kind: 'answer', question, value })
  const first = go([next, next])

  test('holds as many as it is said to, the last page what is left', () => {
    expect(paged.steps.flatMap((step) => (step.kind === 'questions' ? [step.questions] : []))).toEqual([
      [0, 1, 2],
      [3, 4],
    ])
  })

  test('takes its answers in any order, and none for a question of another page', () => {
    expect(go([to(2, 3), to(0, 1)], first).given).toEqual([1, null, 3, null, null])
    expect(go([to(4, 1)], first)).toBe(first)
  })

  test('leads on once nothing is open; a skip leaves the open ones skipped and touches no answer', () => {
    expect(go([to(0, 1), to(1, 1), next], first).at).toBe(first.at)
    expect(go([to(0, 1), to(1, 1), to(2, 0), next], first).at).toBe(first.at + 1)
    expect(go([to(0, 1), skip], first).given).toEqual([1, 'skipped', 'skipped', null, null])
  })

  test('loses a question that an answer on the same page takes away, and neither waits for it nor skips it', () => {
    const home = go([to(0, 0)], first)
    expect(askedAt(paged, home, stepOf(paged, home))).toEqual([0, 2])
    expect(go([to(2, 1), next], home).at).toBe(first.at + 1)
    expect(go([skip], home).given).toEqual([0, null, 'skipped', null, null])
  })

  test('is looked at again when one of it was skipped', () => {
    const end = go([to(0, 1), to(1, 1), skip, to(3, 1), to(4, 1), next], first)
    expect(stepOf(paged, end).kind).toBe('end')
    const again = go([{ kind: 'revisit' }], end)
    expect(stepOf(paged, again)).toEqual({ kind: 'questions', questions: [0, 1, 2] })
    expect(stepOf(paged, go([to(2, 2), next], again)).kind).toBe('end')
  })
})
