import { expect, test } from 'vitest'
import { seatsWanted } from './paper-print.ts'

const seats = Array.from({ length: 12 }, (_, place) => ({
  ...{ seatId: String(place), number: place + 1, sheetNumber: `ABCDE-${place + 1}`, mine: false },
  state: place === 10 ? ('declined' as const) : ('not-started' as const),
  paper: place === 4 ? ('on-device' as const) : ('not-entered' as const),
}))

test.each([
  ['3', [3]],
  ['3, 7-9', [3, 7, 8, 9]],
  ['１２、１，2', [12, 1, 2]],
  ['7 到 9；3', [7, 8, 9, 3]],
  ['3 3 3-4', [3, 4]],
])('%s names its seats, however it was typed', (typed, numbers) => {
  expect(seatsWanted(seats, typed)).toEqual({ kind: 'some', numbers })
})

test('nothing typed means everybody who has not handed in', () => {
  for (const typed of ['', '  ', '，']) expect(seatsWanted(seats, typed)).toEqual({ kind: 'all' })
})

test.each([
  ['third', 'list', 'third'],
  ['9-7', 'list', '9-7'],
  ['3, 13', 'unknown', '13'],
  ['4-6', 'received', '5'],
  ['11', 'received', '11'],
])('%s is refused, with the part that is wrong', (typed, why, what) => {
  expect(seatsWanted(seats, typed)).toEqual({ kind: 'wrong', why, what })
})
