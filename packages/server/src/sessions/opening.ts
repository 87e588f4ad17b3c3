// What must hold before a class is asked. One look at it for the page that shows it and for the door that enforces it.
import type { Definition } from '@tongxing/instruments'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import { hoursOf, schoolDay } from '../duty/day.ts'
import { provenDays } from '../duty/rules.ts'
import { capacityOf, dutyOf, type OnDuty } from '../duty/standing.ts'
import { isPermitted, requireInstrument } from '../library/rules.ts'
import { participantsOfClass } from '../participants/queries.ts'
import { Problem } from '../problem.ts'
import { agesText, askAgainDays, askedBefore, asksOfRisk, expectedFlags, fits } from './opening-rules.ts'
import * as queries from './queries.ts'

export const definitionsOf = ({ library }: Context, battery: readonly queries.BatteryEntry[]): readonly Definition[] =>
  battery.map(({ instrument, version }) => requireInstrument(library, instrument, version))

export const confirmations = ['capacity', 'again'] as const
export type Confirmation = (typeof confirmations)[number]

const agesOutside = async (
  context: Context,
  trx: Trx,
  countyId: string,
  session: queries.Session,
  seated: ReadonlySet<string>,
  at: Date,
) => {
  const pupils = await participantsOfClass(trx, countyId, session.classId)
  return definitionsOf(context, session.battery).flatMap((definition) => {
    const outside = pupils.filter(({ birthMonth }) => !fits(definition, birthMonth, at))
    if (outside.length === 0) return []
    const withSeat = outside.filter(({ id }) => seated.has(id)).length
    return [{ instrument: definition.acronym, ages: agesText(definition), pupils: outside.length, seated: withSeat }]
  })
}

/** Which of these instruments the pupils answered a short while ago, and how many of them. */
const askedAgain = async (context: Context, trx: Trx, countyId: string, session: queries.Session, pupils: readonly string[]) => {
  const earlier = await queries.answeredSince(trx, countyId, session.id, pupils, askedBefore(context.clock()))
  return definitionsOf(context, session.battery).flatMap(({ id, acronym }) => {
    const again = new Set(earlier.flatMap((one) => (one.battery.some((entry) => entry.instrument === id) ? [one.participantId] : [])))
    return again.size === 0 ? [] : [{ instrument: acronym, pupils: again.size }]
  })
}

/** The flags to expect from this session, and from all that the school asks that day. */
const loadOf = async (context: Context, trx: Trx, countyId: string, session: queries.Session, seats: number) => {
  const day = await queries.sessionsWithin(trx, countyId, session.schoolId, hoursOf(schoolDay(context.clock())))
  const others = day.filter(({ id }) => id !== session.id)
  const taken = await queries.seatsOf(
    trx,
    countyId,
    others.map(({ id }) => id),
  )
  const own = { battery: definitionsOf(context, session.battery), seats }
  const rest = others.map(({ id, battery }) => ({
    battery: definitionsOf(context, battery),
    seats: taken.filter(({ sessionId }) => sessionId === id).length,
  }))
  const ofAll = expectedFlags([own, ...rest])
  return {
    expected: expectedFlags([own]),
    expectedToday: ofAll,
    otherSessions: others.length,
    ...(await capacityOf(trx, countyId, session.schoolId)),
  }
}

export const conditionsOf = async (context: Context, trx: Trx, countyId: string, session: queries.Session) => {
  const now = context.clock()
  const battery = definitionsOf(context, session.battery)
  const seats = (await queries.seatsOf(trx, countyId, [session.id])).filter(({ absence }) => absence === null)
  const pupils = seats.map(({ participantId }) => participantId)
  return {
    now,
    planned: session.state === 'planned',
    seats: seats.length,
    risk: asksOfRisk(battery),
    unlicensed: battery.flatMap((definition) => (isPermitted(definition) ? [] : [definition.acronym])),
    duty: await dutyOf(trx, countyId, session.schoolId, now),
    outside: await agesOutside(context, trx, countyId, session, new Set(pupils), now),
    again: await askedAgain(context, trx, countyId, session, pupils),
    load: await loadOf(context, trx, countyId, session, seats.length),
  }
}
export type Conditions = Awaited<ReturnType<typeof conditionsOf>>

const isProven = (one: OnDuty, now: Date) => one.provenUntil !== null && one.provenUntil > now

export const exceeds = ({ load }: Conditions) => load.expectedToday !== null && load.expectedToday > load.perDay

const requireDuty = ({ duty, now }: Conditions) => {
  const { day, owner, deputy } = duty
  if (!owner) throw new Problem('session.no-owner', { day })
  if (!deputy) throw new Problem('session.no-deputy', { day })
  const silent = [owner, deputy].filter((one) => !isProven(one, now)).map(({ displayName }) => displayName)
  if (silent.length > 0) throw new Problem('session.channel-unproven', { who: silent.join(' / '), days: provenDays })
}

/** The door (SAF-08, SAF-17). A session that was open already is opened again for a latecomer without being asked what was confirmed then. */
export const requireOpenable = (conditions: Conditions, confirmed: readonly Confirmation[]) => {
  const { unlicensed, planned, risk, outside, again, load } = conditions
  if (unlicensed[0]) throw new Problem('instrument.permission-needed', { id: unlicensed[0] })
  if (risk) requireDuty(conditions)
  if (!planned) return
  const wrong = outside.find(({ seated }) => seated > 0)
  if (wrong) throw new Problem('session.ages-wrong', { pupils: wrong.seated, instrument: wrong.instrument, ages: wrong.ages })
  if (exceeds(conditions) && !confirmed.includes('capacity'))
    throw new Problem('session.capacity-exceeded', { expected: load.expectedToday ?? 0, perDay: load.perDay })
  if (again.length > 0 && !confirmed.includes('again'))
    throw new Problem('session.asked-recently', { pupils: Math.max(...again.map(({ pupils }) => pupils)), days: askAgainDays })
}

/** What somebody had to confirm, for the record. */
export const neededConfirmations = (conditions: Conditions): readonly Confirmation[] =>
  conditions.planned ? confirmations.filter((one) => (one === 'capacity' ? exceeds(conditions) : conditions.again.length > 0)) : []
