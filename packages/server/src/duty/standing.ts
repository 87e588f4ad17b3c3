// How a school stands on a day: who is on duty, and whether a call reaches them.
import { type Holder, holdersOf } from '../accounts/grants.ts'
import { asIdentity, type Trx } from '../db/scope.ts'
import { schoolDay } from './day.ts'
import { schoolsWithTurnsOf, statedCapacity, trialsOf, turnsFrom } from './queries.ts'
import { defaultPerDay, provenUntil, stretchesOf, type Turn, turnOn } from './rules.ts'

export type OnDuty = {
  readonly accountId: string
  readonly displayName: string
  readonly provenUntil: Date | null
  /** Since when a trial alert waits for this person's answer. */
  readonly waitingSince: Date | null
}
export type Duty = { readonly day: string; readonly owner: OnDuty | null; readonly deputy: OnDuty | null }

export const counsellorsOf = (trx: Trx, countyId: string, schoolId: string): Promise<readonly Holder[]> =>
  asIdentity(trx, () => holdersOf(trx, countyId, ['counsellor'], schoolId))

/** Whoever has left the school or lost the role is not on duty, whatever the rota says. */
export const dutyOf = async (trx: Trx, countyId: string, schoolId: string, at: Date): Promise<Duty> => {
  const day = schoolDay(at)
  const turn: Turn | null = turnOn(await turnsFrom(trx, countyId, schoolId, day), day)
  if (!turn) return { day, owner: null, deputy: null }
  const counsellors = await counsellorsOf(trx, countyId, schoolId)
  const trials = await trialsOf(trx, countyId, schoolId, [turn.ownerId, turn.deputyId])
  const standing = (accountId: string): OnDuty | null => {
    const holder = counsellors.find((candidate) => candidate.accountId === accountId)
    if (!holder) return null
    const trial = trials.get(accountId)
    return {
      accountId,
      displayName: holder.displayName,
      provenUntil: provenUntil(trial?.confirmedAt ?? undefined),
      waitingSince: trial?.waitingSince ?? null,
    }
  }
  return { day, owner: standing(turn.ownerId), deputy: standing(turn.deputyId) }
}

/** Where and on which days from now on the rota has this person, for people to read. */
export const turnsAhead = async (trx: Trx, countyId: string, accountId: string, at: Date): Promise<readonly string[]> => {
  const today = schoolDay(at)
  const told: string[] = []
  for (const { id, name } of await schoolsWithTurnsOf(trx, countyId, accountId, today))
    for (const { fromDay, toDay } of stretchesOf(await turnsFrom(trx, countyId, id, today), accountId, today))
      told.push(fromDay === toDay ? `${name} ${fromDay}` : `${name} ${fromDay} – ${toDay}`)
  return told
}

export const capacityOf = async (trx: Trx, countyId: string, schoolId: string) => {
  const stated = await statedCapacity(trx, countyId, schoolId)
  return { perDay: stated ?? defaultPerDay, stated: stated !== null }
}
