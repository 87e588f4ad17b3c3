import { type Answer, type Answers, checkAnswers } from '@tongxing/instruments'
import { loadLibrary } from '@tongxing/instruments/library'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  clerkRates,
  corrected,
  differences,
  isSameReading,
  type Keyed,
  notEntered,
  paperStandingOf,
  settled,
  sheetNumber,
} from './paper.ts'

const library = await loadLibrary()
const phq9 = library.get('phq-9', '1.0.0')!
const k10 = library.get('k10', '1.0.0')!
const items = phq9.items.map(({ id }) => id)
const answer: fc.Arbitrary<Answer> = fc.constantFrom<Answer>(0, 1, 2, 3, 'skipped', 'declined')
const readingOf = (answers: Answers): readonly Keyed[] => [{ instrument: 'phq-9', version: '1.0.0', answers }]
const anyReading = fc
  .array(answer, { minLength: items.length, maxLength: items.length })
  .map((given) => readingOf(Object.fromEntries(items.map((item, position) => [item, given[position]!]))))

test('a sheet number is the session and the seat', () => {
  expect([sheetNumber('K7M2Q', 3), sheetNumber('K7M2Q', 112)]).toEqual(['K7M2Q-03', 'K7M2Q-112'])
})

test('decided for the second reading everywhere, the first becomes the second; for the first, it stays', () => {
  fc.assert(
    fc.property(anyReading, anyReading, (first, second) => {
      const found = differences(library, first, second)
      expect(isSameReading(first, second)).toBe(found.length === 0)
      const as = (side: 'first' | 'second') =>
        corrected(
          library,
          first,
          found.map((one) => ({ ...one, answer: one[side] })),
        )
      expect(as('second')).toEqual(second)
      expect(as('first')).toEqual(first)
    }),
  )
})

test('differences come in the order of the form, and swap with the readings', () => {
  fc.assert(
    fc.property(anyReading, anyReading, (first, second) => {
      const found = differences(library, first, second)
      const places = found.map(({ item }) => items.indexOf(item))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      const back = differences(library, second, first)
      expect(back.map(({ item, first: a, second: b }) => [item, b, a])).toEqual(found.map(({ item, first: a, second: b }) => [item, a, b]))
    }),
  )
})

test('whatever is decided about the question before, an empty box that follows from it is an answer the sheet takes', () => {
  const gated = k10.items.find(({ askedIf }) => askedIf)!
  const values = k10.optionSets[gated.options]!.map(({ value }) => value)
  for (const value of values)
    for (const empty of ['not_shown', 'skipped'] as const) {
      const answers = Object.fromEntries(k10.items.map(({ id, askedIf }) => [id, askedIf ? empty : values[0]!])) as Answers
      const decided = { instrument: 'k10', item: gated.askedIf!.item, answer: value }
      const [sheet] = corrected(library, [{ instrument: 'k10', version: '1.0.0', answers }], [decided])
      expect(checkAnswers(k10, sheet!.answers)).toMatchObject({ ok: true })
    }
})

test('an empty box is skipped where the sheet asks and not shown where it does not, whichever was said; an answer is kept either way', () => {
  const gated = k10.items.find(({ askedIf }) => askedIf)!
  const { item, from } = gated.askedIf!
  const second = (gate: Answer, given: Answer) =>
    settled(library, [{ instrument: 'k10', version: '1.0.0', answers: { [item]: gate, [gated.id]: given } }])[0]!.answers[gated.id]
  for (const empty of ['skipped', 'not_shown'] as const)
    expect([second(1, empty), second(from, empty), second('skipped', empty)]).toEqual(['not_shown', 'skipped', 'skipped'])
  expect([second(1, 4), second(1, 'declined')]).toEqual([4, 'declined'])
})

test('a box without an entry is named, and one that was entered as empty is not', () => {
  const { phq9_4: _, ...rest } = Object.fromEntries(items.map((item) => [item, 'skipped' as const]))
  expect(notEntered(library, readingOf(rest))).toEqual(['phq9_4'])
})

test.each([
  ['not-entered', { handedIn: false, entries: 0, conflicts: 0, undecided: 0 }],
  ['on-device', { handedIn: true, entries: 0, conflicts: 0, undecided: 0 }],
  ['once', { handedIn: true, entries: 1, conflicts: 0, undecided: 0 }],
  ['agreed', { handedIn: true, entries: 2, conflicts: 0, undecided: 0 }],
  ['conflict', { handedIn: true, entries: 2, conflicts: 2, undecided: 2 }],
  ['decided', { handedIn: true, entries: 2, conflicts: 2, undecided: 0 }],
] as const)('a seat stands as %s', (standing, facts) => expect(paperStandingOf(facts)).toBe(standing))

test('a clerk’s rate counts what fell, out of what was checked: an unchecked or undecided sheet says nothing', () => {
  const reading = (submissionId: string, turn: 1 | 2, enteredBy: string) => ({ submissionId, turn, enteredBy, items: 9 })
  const readings = [
    reading('a', 1, 'zhao'),
    reading('a', 2, 'qian'),
    reading('b', 1, 'zhao'),
    reading('c', 1, 'qian'),
    reading('c', 2, 'zhao'),
  ]
  const conflicts = [
    { submissionId: 'a', first: 0, second: 1, answer: 1 },
    { submissionId: 'a', first: 2, second: 3, answer: 0 },
    { submissionId: 'c', first: 2, second: 3, answer: null },
  ] as const
  expect(clerkRates(readings, conflicts)).toEqual([
    { accountId: 'zhao', sheets: 3, checked: 9, corrected: 2 },
    { accountId: 'qian', sheets: 2, checked: 9, corrected: 1 },
  ])
})
