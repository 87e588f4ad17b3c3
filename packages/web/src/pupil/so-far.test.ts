import { describe, expect, test } from 'vitest'
import type { OpenSheet } from './keep/record.ts'
import { outlineOf } from './outline.ts'
import { newSheet } from './sheet.ts'
import { openTeller, riskIn } from './so-far.ts'

const outline = outlineOf([
  {
    items: [
      { id: 'q1', options: 'set' },
      { id: 'q2', options: 'set' },
    ],
    optionSets: { set: [0, 1, 2].map((value) => ({ id: `o${value}`, value })) },
    risks: [{ item: 'q2', from: 1, to: 2 }],
  },
])
const given = (...answers: (number | 'skipped' | null)[]) => ({ ...newSheet(outline, 'k', ''), given: answers })

describe('SAF-12: the rules on the device', () => {
  test('see the answers that a person looks at, each value anew, and nothing else', () => {
    expect([given(2, 0), given(2, null), given(null, 'skipped')].map((sheet) => riskIn(outline, sheet))).toEqual(['', '', ''])
    const [one, two] = [riskIn(outline, given(0, 1)), riskIn(outline, given(0, 2))]
    expect([one === '', two === '', one === two]).toEqual([false, false, false])
    expect(riskIn(outline, given(1, 2))).toBe(two)
  })
})

const stage = () => {
  const told: [number, number][] = []
  let now = 0
  let alarm: { readonly at: number; readonly act: () => void } | null = null
  const teller = openTeller({
    tell: ({ revision }) => told.push([now, revision]),
    clock: () => now,
    after: (milliseconds, act) => {
      alarm = { at: now + milliseconds, act }
      return 1
    },
    cancel: () => {
      alarm = null
    },
  })
  const until = (time: number) => {
    while (alarm && alarm.at <= time) {
      const { at, act } = alarm
      alarm = null
      now = at
      act()
    }
    now = time
  }
  return { teller, told, until }
}
const sheet = (revision: number) => ({ revision }) as OpenSheet // the teller looks into none

describe('the answers so far', () => {
  test('go a few seconds after the first of them, and then at most every twenty, always with the latest', () => {
    const { teller, told, until } = stage()
    for (let second = 0; second < 60; second += 1) {
      until(second * 1000)
      teller.changed(sheet(second), false)
    }
    until(200_000)
    expect(told).toEqual([
      [3000, 2],
      [23_000, 22],
      [43_000, 42],
      [63_000, 59],
    ])
  })

  test('SAF-12: go at once with an answer that a person looks at, whatever was sent just before', () => {
    const { teller, told, until } = stage()
    teller.changed(sheet(1), false)
    until(3500)
    teller.changed(sheet(2), false)
    teller.changed(sheet(3), true)
    until(3501)
    expect(told).toEqual([
      [3000, 1],
      [3500, 3],
    ])
    until(100_000)
    expect(told).toHaveLength(2)
  })

  test('go when the pupil leaves, and not at all when the sheet itself goes', () => {
    const { teller, told, until } = stage()
    teller.changed(sheet(1), false)
    teller.now()
    teller.now()
    teller.changed(sheet(2), false)
    teller.drop()
    until(100_000)
    expect(told).toEqual([[0, 1]])
  })
})
