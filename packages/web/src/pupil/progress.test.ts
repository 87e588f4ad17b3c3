import { expect, test } from 'vitest'
import { outlineOf } from './outline.ts'
import { placeIn } from './progress.ts'
import { type Move, moved, newSheet } from './sheet.ts'

const form = (items: number) => ({
  items: Array.from({ length: items }, (_, index) => ({ id: `q${index}`, options: 'set' })),
  optionSets: { set: [{ id: 'a', value: 0 }] },
})

test('what the board is told: 0 before the first question, then its number across the parts, all of them at the end', () => {
  const outline = outlineOf([form(2), form(1)])
  let sheet = newSheet(outline, 'k', '2026-03-02T01:00:00.000Z')
  const seen = [placeIn(outline, sheet)]
  const go = (...moves: readonly Move[]) => {
    for (const move of moves) sheet = moved(outline, sheet, move)
    seen.push(placeIn(outline, sheet))
  }
  const [next, skip] = [{ kind: 'next' }, { kind: 'skip' }] as const
  go(next) // the first part's opening
  go(next)
  go(skip)
  go(skip) // the second part's opening
  go(next)
  go(skip)
  expect(seen.map(({ at }) => at)).toEqual([0, 0, 1, 2, 2, 3, 3])
  expect(new Set(seen.map(({ of }) => of))).toEqual(new Set([3]))
})
