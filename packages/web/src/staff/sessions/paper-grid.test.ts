import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyGrid, type Form, firstOpen, type Grid, goTo, isComplete, press, readingOf } from './paper-grid.ts'

const scale = (values: readonly number[]) => ({ often: values.map((value) => ({ value })) })
const plain = (id: string, count: number): Form => ({
  id,
  version: '1.0.0',
  items: Array.from({ length: count }, (_, place) => ({ id: `${id}_${place + 1}`, options: 'often' })),
  optionSets: scale([0, 1, 2, 3]),
})
const forms = [plain('phq9', 9), plain('gad7', 7)]
const typed = (keys: readonly string[], grid = emptyGrid(forms)) => keys.reduce(press, grid)
const keysOf = (text: string) => text.split('')

test('digits alone fill a sheet of two instruments, a key a box, and its end is seen', () => {
  const grid = typed(keysOf('0123012301230123'))
  expect(isComplete(grid)).toBe(true)
  expect(grid.at).toBe(16)
  const [first, second] = readingOf(forms, grid)
  expect(Object.values(first!.answers)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0])
  expect(Object.values(second!.answers)).toEqual([1, 2, 3, 0, 1, 2, 3])
  expect(typed(['1'], grid)).toEqual(grid) // a key too many changes nothing
})

test('an empty box is - and a refusal *, also as a Chinese input method writes them, and digits may be of full width', () => {
  const answers = (key: string) => readingOf(forms, typed([key]))[0]!.answers.phq9_1
  expect(['-', '－', '—', '.', '。', ' ', 's', 'S'].map(answers)).toEqual(Array.from({ length: 8 }, () => 'skipped'))
  expect(['*', '＊', '×', 'd'].map(answers)).toEqual(Array.from({ length: 4 }, () => 'declined'))
  expect(answers('２')).toBe(2)
})

test('a digit that the question does not have is named and moves nothing', () => {
  const grid = typed(keysOf('017'))
  expect([grid.at, grid.wrong, grid.marks[2]]).toEqual([2, '7', null])
  expect(press(grid, '3').wrong).toBeNull()
  for (const key of ['Shift', 'Tab', 'F5', 'Process', 'Unidentified']) expect(press(grid, key)).toEqual(grid)
})

test('Backspace goes back a box and empties it; at the first one it stays', () => {
  const grid = typed(['1', '2', 'Backspace'])
  expect([grid.at, grid.marks[0], grid.marks[1]]).toEqual([1, 1, null])
  expect(typed(['Backspace', 'Backspace'], grid).at).toBe(0)
})

test('the arrows move over what was entered and keep it; Enter returns to the first open box', () => {
  const grid = typed(['1', '2', '3', 'ArrowUp', 'ArrowUp', '0'])
  expect(grid.marks.slice(0, 3)).toEqual([1, 0, 3])
  expect(press(grid, 'Enter').at).toBe(3)
  expect(goTo(grid, 14).at).toBe(3) // no box is jumped over
})

test('whatever is pressed, the place is on the sheet, nothing is open before it but what Backspace emptied, and no entry is one its box does not have', () => {
  const key = fc.constantFrom('0', '1', '2', '3', '4', '9', '-', '*', 'Backspace', 'ArrowUp', 'ArrowDown', 'Enter', 'x')
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      const grid: Grid = typed(keys)
      expect(grid.at >= 0 && grid.at <= grid.boxes.length).toBe(true)
      expect(grid.at).toBeLessThanOrEqual(firstOpen(grid))
      const marks = grid.marks.map((mark, place) => typeof mark !== 'number' || grid.boxes[place]!.values.includes(mark))
      expect(marks).not.toContain(false)
    }),
  )
})
