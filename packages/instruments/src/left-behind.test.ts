import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAnswers, valuesOf } from './answers.ts'
import { isLeftBehind, type LeftBehindFacts, leftBehindUnderEach, type StayAway, situationFromAnswers, situationOn } from './left-behind.ts'
import { leftBehindDefinitions } from './left-behind-definitions.ts'
import { loadLibrary } from './library.ts'

const sheet = (await loadLibrary()).get('left-behind', '1.0.0')!

const fatherSince = (from: string): StayAway => ({ parent: 'father', from, to: null })
const motherSince = (from: string): StayAway => ({ parent: 'mother', from, to: null })
const facts = (parts: Partial<LeftBehindFacts>): LeftBehindFacts => ({
  bornOn: '2014-05-20',
  stays: [],
  known: ['father', 'mother'],
  ableGuardians: { father: true, mother: true },
  ...parts,
})
const day = '2026-09-01'
const under = (parts: Partial<LeftBehindFacts>, on = day) => Object.values(leftBehindUnderEach(situationOn(facts(parts), on)))

test('the definitions come in the order State Council, Women’s Federation, Ministry of Education, half a year', () => {
  expect(leftBehindDefinitions.map(({ id }) => id)).toEqual([
    'state-council-2016',
    'women-federation-2013',
    'ministry-of-education',
    'half-year',
  ])
  for (const { source, status } of leftBehindDefinitions)
    expect([source.length > 60, ['found', 'memory'].includes(status)]).toEqual([true, true])
})

test.each([
  ['both parents at home: left behind under none', {}, [false, false, false, false]],
  [
    'one parent away for years, the other able: not for the State Council',
    { stays: [fatherSince('2020-02-10')] },
    [false, true, true, true],
  ],
  [
    'one parent away, the other unable to be guardian: under all',
    { stays: [fatherSince('2020-02-10')], ableGuardians: { father: true, mother: false } },
    [true, true, true, true],
  ],
  [
    'one parent away, whether the other is able is not known: the State Council is open',
    { stays: [motherSince('2020-02-10')], ableGuardians: { father: null, mother: null } },
    [null, true, true, true],
  ],
  ['both away for years: under all', { stays: [fatherSince('2020-02-10'), motherSince('2021-02-10')] }, [true, true, true, true]],
  [
    'both away for two weeks: length decides',
    { stays: [fatherSince('2026-08-18'), motherSince('2026-08-18')] },
    [true, true, false, false],
  ],
  ['one away for four months: between the two lengths', { stays: [motherSince('2026-05-01')] }, [false, true, true, false]],
  ['a parent of whom nothing is known: open, unless the other decides', { known: ['mother'] as const }, [false, null, null, null]],
  [
    'a stay that has ended no longer counts',
    { stays: [{ parent: 'father', from: '2024-01-01', to: '2026-08-31' }] as const },
    [false, false, false, false],
  ],
  [
    'without a date of birth nothing that holds can be said',
    { bornOn: null, stays: [fatherSince('2020-02-10')] },
    [false, null, null, null],
  ],
])('%s', (_what, parts, expected) => {
  expect(under(parts)).toEqual(expected)
})

test.each([
  ['the day before three months are full', '2026-11-30', false],
  ['the day on which three months are full', '2026-12-01', true],
])('months are whole: %s', (_what, on, expected) => {
  expect(under({ stays: [motherSince('2026-09-01')] }, on)[2]).toBe(expected)
})

test.each([
  ['the day before the sixteenth birthday', '2030-05-19', [true, true, true, true]],
  ['the sixteenth birthday', '2030-05-20', [false, true, false, true]],
  ['the eighteenth birthday', '2032-05-20', [false, false, false, false]],
])('age is that of the day: %s', (_what, on, expected) => {
  expect(under({ stays: [fatherSince('2020-01-01'), motherSince('2020-01-01')] }, on)).toEqual(expected)
})

test('the same child on another day: the facts stay, the answer moves', () => {
  const stays = [{ parent: 'father', from: '2025-03-01', to: '2025-10-15' } as const]
  expect(['2025-02-28', '2025-03-01', '2025-09-01', '2025-10-14', '2025-10-15'].map((on) => under({ stays }, on)[3])).toEqual([
    false,
    false,
    true,
    true,
    false,
  ])
})

test.each([
  ['nobody away', { leftbehind_1: 0 }, [false, false, false, false]],
  ['father away for two years', { leftbehind_1: 1, leftbehind_2: 4 }, [null, true, true, true]],
  ['both away, for less than three months', { leftbehind_1: 2, leftbehind_2: 1, leftbehind_3: 1 }, [true, true, false, false]],
  ['both away, since when was skipped', { leftbehind_1: 2, leftbehind_2: 'skipped', leftbehind_3: 'declined' }, [true, true, null, null]],
  ['mother away for four months', { leftbehind_1: 3, leftbehind_3: 2 }, [null, true, true, false]],
  ['nothing answered', {}, [null, null, null, null]],
] as const)('a pupil’s sheet decides what it can: %s', (_what, answers, expected) => {
  const checked = checkAnswers(sheet, answers)
  expect(checked.ok).toBe(true)
  expect(Object.values(leftBehindUnderEach(situationFromAnswers(answers, 12)))).toEqual(expected)
})

test('the answers of the released sheet are the ones that are read here', () => {
  const ids = (item: string) => sheet.optionSets[sheet.items.find(({ id }) => id === item)!.options]!.map(({ id }) => id)
  expect(ids('leftbehind_1')).toEqual(['nobody', 'father', 'both', 'mother'])
  expect(valuesOf(sheet, 'leftbehind_1')).toEqual([0, 1, 2, 3])
  for (const item of ['leftbehind_2', 'leftbehind_3'])
    expect(ids(item)).toEqual(['not-away', 'under-3-months', 'under-6-months', 'under-1-year', 'under-3-years', 'three-years-or-more'])
})

const month = fc.integer({ min: 0, max: 60 })
const parent = fc.oneof(
  fc.constant('home' as const),
  fc.constant(null),
  month.map((from) => ({ from, to: from + 1 })),
)
const able = fc.constantFrom(true, false, null)

test('what is left behind under the State Council is so under the wider count of the Women’s Federation too', () => {
  const [narrow, wide] = [leftBehindDefinitions[0]!, leftBehindDefinitions[1]!]
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), parent, parent, able, able, (age, father, mother, fatherAble, motherAble) => {
      const situation = { age, parents: { father, mother }, ableGuardians: { father: fatherAble, mother: motherAble } }
      if (isLeftBehind(narrow, situation) === true) expect(isLeftBehind(wide, situation)).toBe(true)
    }),
  )
})

test('what is not known never decides: filling it in may settle an open answer and never turns a settled one', () => {
  fc.assert(
    fc.property(
      parent,
      parent,
      able,
      able,
      fc.constantFrom(true, false),
      month,
      (father, mother, fatherAble, motherAble, filled, months) => {
        const known = { from: months, to: months + 1 }
        const open = { age: 12, parents: { father, mother }, ableGuardians: { father: fatherAble, mother: motherAble } }
        const full = {
          age: 12,
          parents: { father: father ?? known, mother: mother ?? ('home' as const) },
          ableGuardians: { father: fatherAble ?? filled, mother: motherAble ?? filled },
        }
        for (const definition of leftBehindDefinitions) {
          const before = isLeftBehind(definition, open)
          expect(isLeftBehind(definition, full)).not.toBeNull()
          if (before !== null) expect(isLeftBehind(definition, full)).toBe(before)
        }
      },
    ),
  )
})
