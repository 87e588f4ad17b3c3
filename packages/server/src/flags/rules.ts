// Urgency and the default clocks (SAF-06). Alert levels have no national scheme; these are the defaults that a school may tighten.
import type { Urgency } from '../db/tables.ts'

export const rank: Readonly<Record<Urgency, number>> = { immediate: 0, prompt: 1, routine: 2 }

const minute = 60_000
const day = 24 * 60 * minute
const shanghai = 8 * 60 * minute // China has one time zone and no summer time

const localTime = (at: Date) => new Date(at.getTime() + shanghai)

const isSchoolHour = (at: Date) => {
  const local = localTime(at)
  const hour = local.getUTCHours()
  return local.getUTCDay() >= 1 && local.getUTCDay() <= 5 && hour >= 8 && hour < 17
}

const afterSchoolDays = (at: Date, days: number): Date => {
  let due = at
  for (let left = days; left > 0; ) {
    due = new Date(due.getTime() + day)
    const weekday = localTime(due).getUTCDay()
    if (weekday >= 1 && weekday <= 5) left -= 1
  }
  return due
}

/** When a person has to have looked: immediate within 30 minutes of school hours or 2 hours otherwise, prompt within 24 hours, routine within 3 school days. */
export const dueAt = (urgency: Urgency, receivedAt: Date): Date => {
  if (urgency === 'immediate') return new Date(receivedAt.getTime() + (isSchoolHour(receivedAt) ? 30 : 120) * minute)
  if (urgency === 'prompt') return new Date(receivedAt.getTime() + day)
  return afterSchoolDays(receivedAt, 3)
}
