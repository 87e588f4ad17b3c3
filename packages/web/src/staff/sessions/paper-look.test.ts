import { expect, test } from 'vitest'
import { paperLook, paperStandings, seatTyped } from './paper-look.ts'

const seats = [1, 2, 12].map((number) => ({
  seatId: `s${number}`,
  number,
  sheetNumber: `K7M2Q-${String(number).padStart(2, '0')}`,
  state: 'not-started' as const,
  paper: 'not-entered' as const,
  mine: false,
}))

test('a seat is found by its number or by the whole sheet number, also in full width and small letters', () => {
  for (const typed of ['12', ' 12 ', '１２', 'K7M2Q-12', 'k7m2q-12', 'Ｋ7M2Q-12']) expect(seatTyped(seats, typed)?.number).toBe(12)
  expect(seatTyped(seats, '02')?.number).toBe(2)
})

test('a sheet of another session, an empty field and a seat that is not there find nothing', () => {
  for (const typed of ['', '3', 'AAAAA-12', '1-2', '-1', '1.0']) expect(seatTyped(seats, typed)).toBeUndefined()
})

test('no two standings look alike', () => {
  const looks = paperStandings.map(paperLook).map(({ tone, shape }) => `${tone} ${shape}`)
  expect(new Set(looks).size).toBe(6)
})
