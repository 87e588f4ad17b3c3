import { expect, test } from 'vitest'
import { phonesIn } from './phones.ts'

const calls = (contact: string) => phonesIn(contact).flatMap(({ call }) => call ?? [])

test("SAF-11: each number of the school's contact can be called, and its text stays as it was written", () => {
  const contact = '心理辅导室 李老师 0851-8812345，手机 138 0013 8000'
  expect(calls(contact)).toEqual(['08518812345', '13800138000'])
  expect(
    phonesIn(contact)
      .map(({ text }) => text)
      .join(''),
  ).toBe(contact)
  expect(calls('三楼 0730-123 4567、010 6552 1234')).toEqual(['07301234567', '01065521234'])
  expect(calls('+86 13800138000 / 0851 8812345')).toEqual(['+8613800138000', '08518812345'])
})

test('a room or a time is no number to call', () => {
  expect(calls('教学楼 3 楼 201 室，周一到周五 8:00-17:30')).toEqual([])
  expect(calls('201 室 8812345')).toEqual(['8812345'])
})
