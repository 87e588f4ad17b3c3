// Who answers for the flags of a school on a day, whether a call reaches her, and how many pupils she can see.
import type { Holder } from '../accounts/grants.ts'
import { Problem } from '../problem.ts'
import { daysBetween, daysFrom, schoolDay } from './day.ts'

/** SAF-08: so long does a confirmed trial alert prove that a call reaches its person. */
export const provenDays = 7
/** Pupils whom a counsellor sees in a day, an hour each with the notes, where a school has stated nothing. */
export const defaultPerDay = 6
const mostDays = 366

export type Turn = { readonly fromDay: string; readonly toDay: string; readonly ownerId: string; readonly deputyId: string }

/** Who answers for what was raised then (SAF-04): the rota as it was at that time. A later change of it moves nothing. */
export const turnAt = <Dated extends Turn & { readonly madeAt: Date }>(turns: readonly Dated[], at: Date): Dated | null => {
  const known = turns.filter(({ madeAt }) => madeAt <= at)
  return known.find(({ fromDay, toDay }) => fromDay <= schoolDay(at) && schoolDay(at) <= toDay) ?? null
}

/** Of the entries that cover a day the newest; they come newest first. */
export const turnOn = (turns: readonly Turn[], day: string): Turn | null =>
  turns.find(({ fromDay, toDay }) => fromDay <= day && day <= toDay) ?? null

export type Stretch = { readonly fromDay: string; readonly toDay: string }

/** The days from this one on at which this person answers for a school, as the rota stands; days that follow each other are told together. */
export const stretchesOf = (turns: readonly Turn[], accountId: string, first: string): readonly Stretch[] => {
  const last = [first, ...turns.map(({ toDay }) => toDay)].toSorted().at(-1)!
  const own = daysFrom(first, daysBetween(first, last) + 1).filter((day) => {
    const turn = turnOn(turns, day)
    return turn?.ownerId === accountId || turn?.deputyId === accountId
  })
  const stretches: Stretch[] = []
  for (const day of own) {
    const before = stretches.at(-1)
    const goesOn = before !== undefined && daysBetween(before.toDay, day) === 1
    stretches.splice(goesOn ? -1 : stretches.length, goesOn ? 1 : 0, { fromDay: goesOn ? before.fromDay : day, toDay: day })
  }
  return stretches
}

export const requireTurn = ({ fromDay, toDay, ownerId, deputyId }: Turn, counsellors: readonly Holder[]) => {
  if (toDay < fromDay || daysBetween(fromDay, toDay) >= mostDays) throw new Problem('duty.days-wrong', { most: mostDays })
  const knows = (id: string) => counsellors.some(({ accountId }) => accountId === id)
  if (ownerId === deputyId || !knows(ownerId) || !knows(deputyId)) throw new Problem('duty.person-wrong')
}

export const provenUntil = (confirmedAt: Date | undefined): Date | null =>
  confirmedAt ? new Date(confirmedAt.getTime() + provenDays * 86_400_000) : null
