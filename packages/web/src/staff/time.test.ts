import { expect, test } from 'vitest'
import { clockWords, dayWords, dueIn, hourOf, instantOf, schoolDayWords, since } from './time.ts'

const minute = 60_000
const hour = 60 * minute
const noon = new Date(2026, 2, 3, 12, 0).getTime()
const at = (offset: number) => new Date(noon + offset).toISOString()

test('time left is never rounded up', () => {
  expect(dueIn(at(119 * minute), noon)).toEqual({ overdue: false, unit: 'hours', count: 1 })
  expect(dueIn(at(59.9 * minute), noon)).toEqual({ overdue: false, unit: 'minutes', count: 59 })
})

test('time overdue is never rounded down', () => {
  expect(dueIn(at(-61 * minute), noon)).toEqual({ overdue: true, unit: 'hours', count: 2 })
  expect(dueIn(at(-1), noon)).toEqual({ overdue: true, unit: 'minutes', count: 1 })
})

test('a deadline that is reached is overdue', () => {
  expect(dueIn(at(0), noon).overdue).toBe(true)
})

test('two days and more are told in days', () => {
  expect(dueIn(at(47 * hour), noon)).toMatchObject({ unit: 'hours', count: 47 })
  expect(dueIn(at(48 * hour), noon)).toMatchObject({ unit: 'days', count: 2 })
})

test('a time ahead of a slow clock is no time ago', () => {
  expect(since(at(5 * minute), noon)).toEqual({ unit: 'minutes', count: 0 })
})

test('near days have names, far ones a date, and another year says so', () => {
  expect(clockWords(at(65 * minute), noon, 'zh-CN')).toBe('今天 13:05')
  expect(clockWords(at(-24 * hour), noon, 'en')).toBe('yesterday 12:00')
  expect(clockWords(at(24 * hour), noon, 'zh-CN')).toBe('明天 12:00')
  expect(clockWords(at(72 * hour), noon, 'zh-CN')).toBe('3月6日 12:00')
  expect(clockWords(new Date(2025, 11, 31, 8, 5).toISOString(), noon, 'en')).toBe('31 Dec 2025, 08:05')
})

test('a day without an hour has its weekday', () => {
  expect(dayWords('2026-11-26', 'zh-CN')).toBe('11月26日 周四')
  expect(dayWords('2026-11-26', 'en')).toBe('Thu 26 Nov')
})

test('what two fields hold goes to an instant and back, and is none while one of them is empty', () => {
  const hour = { date: '2026-03-03', time: '08:05' }
  expect(hourOf(new Date(instantOf(hour)!))).toEqual(hour)
  expect(instantOf({ date: '', time: '08:05' })).toBeNull()
  expect(instantOf({ date: '2026-03-03', time: '' })).toBeNull()
})

test('the day on which a time falls is that of the school, wherever the reader is', () => {
  expect(schoolDayWords('2027-01-24T15:59:59.999Z', 'zh-CN')).toBe('2027年1月24日')
  expect(schoolDayWords('2027-01-24T16:00:00.000Z', 'en')).toBe('25 Jan 2027')
})
