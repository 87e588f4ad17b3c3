// Who sits in a session, and the codes that are told once.
import type { StaffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import { consentedFor } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import type { SecondFactor } from '../db/tables.ts'
import { requirePermitted } from '../library/rules.ts'
import { type NamedPerson, type Participant, participantsOfClass, readNames } from '../participants/queries.ts'
import { initialOf } from '../participants/rules.ts'
import { Problem } from '../problem.ts'
import { schoolsOfStudy, studyById } from '../studies/queries.ts'
import { classById, requireCurrent } from '../units/queries.ts'
import { hashCode, hashFactor, newCode, newLocator } from './codes.ts'
import { definitionsOf } from './opening.ts'
import { agesText, fits } from './opening-rules.ts'
import { type PlanWish, requireProctor } from './planning.ts'
import * as queries from './queries.ts'
import { knownFactor } from './second-factor.ts'

const distinctCodes = (context: Context, count: number): string[] => {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(newCode(context.random))
  return [...codes]
}

export type Wish = PlanWish & {
  readonly classId: string
  readonly studyId: string
  readonly wave: string
  readonly secondFactor?: SecondFactor | undefined
}

/** Of these pupils the ones whom every instrument of the battery is for; it is a problem when it is for none of them. */
const withinAges = (context: Context, battery: readonly queries.BatteryEntry[], pupils: readonly Participant[], at: Date) => {
  const definitions = definitionsOf(context, battery)
  const fitting = pupils.filter(({ birthMonth }) => definitions.every((definition) => fits(definition, birthMonth, at)))
  const wrong = definitions.find((definition) => pupils.some(({ birthMonth }) => !fits(definition, birthMonth, at)))
  return { fitting, wrong }
}

const planned = async (context: Context, trx: Trx, { scope, countyId, accountId }: StaffActor, wish: Wish) => {
  const place = requireCurrent(await classById(trx, countyId, scope.schoolIds, wish.classId))
  const { protocol } = await studyById(trx, countyId, wish.studyId)
  const wave = protocol.waves.find((candidate) => candidate.id === wish.wave)
  if (!wave) throw new Problem('study.wave-unknown', { wave: wish.wave, allowed: protocol.waves.map((known) => known.id).join(', ') })
  for (const definition of definitionsOf(context, wave.battery)) requirePermitted(definition)
  const inStudy = (await schoolsOfStudy(trx, countyId, wish.studyId)).some((school) => school.schoolId === place.schoolId)
  if (!inStudy) throw new Problem('study.school-not-in')
  const roster = await participantsOfClass(trx, countyId, place.id)
  const consented = await consentedFor(
    trx,
    countyId,
    'screening',
    roster.map((p) => p.id),
  )
  const willing = roster.filter((p) => consented.has(p.id))
  if (willing.length === 0) throw new Problem('session.no-seats')
  const plannedFor = wish.plannedFor === undefined ? context.clock() : new Date(wish.plannedFor)
  const { fitting, wrong } = withinAges(context, wave.battery, willing, plannedFor)
  if (fitting.length === 0 && wrong)
    throw new Problem('session.ages-wrong', { pupils: willing.length, instrument: wrong.acronym, ages: agesText(wrong) })
  const proctorId = wish.proctorId ?? accountId
  await requireProctor(trx, countyId, place.schoolId, proctorId)
  return { place, battery: wave.battery, plannedFor, proctorId, participantIds: fitting.map((p) => p.id) }
}

/** What the roster says now, as the door compares it; null where it says nothing. */
const factorHash = ({ secrets }: Context, factor: SecondFactor, seatId: string, person: NamedPerson | undefined) => {
  const known = person ? knownFactor(factor, person) : null
  return known === null ? null : hashFactor(secrets.codePepper, seatId, known)
}

type Chair = { readonly id: string; readonly participantId: string; readonly number: number }
const chairsFor = ({ ids }: Context, participantIds: readonly string[], firstNumber: number): readonly Chair[] =>
  participantIds.map((participantId, position) => ({ id: ids(), participantId, number: firstNumber + position }))

/** Seats with new codes. Seat cards carry names, so the look at them is recorded first. */
const seatsFor = async (
  context: Context,
  trx: Trx,
  { scope }: StaffActor,
  session: { readonly id: string; readonly schoolId: string; readonly secondFactor: SecondFactor },
  chairs: readonly Chair[],
) => {
  const participantIds = chairs.map(({ participantId }) => participantId)
  const names = await readNames(trx, scope, context, { schoolId: session.schoolId, participantIds, reason: 'seat cards of a session' })
  const codes = distinctCodes(context, chairs.length)
  return chairs.map(({ id, participantId, number }, position) => {
    const person = names.get(participantId)
    const name = person?.name ?? ''
    return {
      id,
      participantId,
      number,
      name,
      initial: initialOf(name),
      code: codes[position]!,
      codeHash: hashCode(context.secrets.codePepper, session.id, codes[position]!),
      factorHash: factorHash(context, session.secondFactor, id, person),
    }
  })
}

const cardsOf = (seats: Awaited<ReturnType<typeof seatsFor>>) =>
  seats.map(({ id: seatId, number, name, initial, code }) => ({ seatId, number, name, initial, code }))

/** Makes a session with a seat for each pupil whose guardian consented, and its codes, which are told this once. */
export const createSession = async (context: Context, trx: Trx, actor: StaffActor, wish: Wish) => {
  const { scope, countyId, accountId } = actor
  const plan = await planned(context, trx, actor, wish)
  const { schoolId } = plan.place
  const [sessionId, secondFactor] = [context.ids(), wish.secondFactor ?? 'none']
  const chairs = chairsFor(context, plan.participantIds, 1)
  const seats = await seatsFor(context, trx, actor, { id: sessionId, schoolId, secondFactor }, chairs)
  const session = {
    id: sessionId,
    schoolId,
    classId: plan.place.id,
    studyId: wish.studyId,
    wave: wish.wave,
    locator: await queries.reserveLocator(trx, { countyId, schoolId, sessionId }, () => newLocator(context.random)),
    battery: plan.battery,
    createdBy: accountId,
    plannedFor: plan.plannedFor,
    place: wish.place ?? '',
    proctorId: plan.proctorId,
    secondFactor,
  }
  await queries.insertSession(trx, countyId, session, seats, context.clock())
  await record(trx, scope, context, [
    { action: 'session.created', subject: 'session', subjectIds: [sessionId], schoolId, details: { seats: seats.length, wave: wish.wave } },
  ])
  return { sessionId, codes: cardsOf(seats) }
}

/** A seat for each pupil of the class who has none and whose guardian consented: who came to the class, or to consent, after the planning. */
export const addSeats = async (context: Context, trx: Trx, actor: StaffActor, sessionId: string) => {
  const { scope, countyId } = actor
  const session = await queries.sessionById(trx, countyId, sessionId)
  if (session.state === 'closed') throw new Problem('session.codes-not-possible')
  await queries.lockSession(trx, countyId, sessionId)
  const taken = await queries.everySeatOf(trx, countyId, [sessionId]).execute()
  const seated = new Set(taken.map((seat) => seat.participantId))
  const others = (await participantsOfClass(trx, countyId, session.classId)).filter(({ id }) => !seated.has(id))
  const day = session.state === 'open' ? context.clock() : session.plannedFor
  const without = withinAges(context, session.battery, others, day).fitting.map(({ id }) => id)
  const consented = await consentedFor(trx, countyId, 'screening', without)
  const late = without.filter((id) => consented.has(id))
  if (late.length === 0) return { locator: session.locator, codes: [] }
  const firstNumber = Math.max(0, ...taken.map((seat) => seat.number)) + 1
  const seats = await seatsFor(context, trx, actor, session, chairsFor(context, late, firstNumber))
  await queries.insertSeats(trx, countyId, session, seats)
  await record(trx, scope, context, [
    {
      action: 'session.seats-added',
      subject: 'session',
      subjectIds: [sessionId],
      schoolId: session.schoolId,
      details: { seats: seats.length },
    },
  ])
  return { locator: session.locator, codes: cardsOf(seats) }
}

/** New codes for every seat that has not handed in, or for the one whose card was lost. The old ones end at once. */
export const reissueCodes = async (context: Context, trx: Trx, actor: StaffActor, sessionId: string, only?: string) => {
  const { scope, countyId } = actor
  const session = await queries.sessionById(trx, countyId, sessionId)
  if (session.state === 'closed') throw new Problem('session.codes-not-possible')
  const seats = await queries.seatsOf(trx, countyId, [sessionId])
  const wanted = only === undefined ? seats : seats.filter((seat) => seat.id === only)
  if (only !== undefined && wanted.length === 0) throw new Problem('session.seat-not-found')
  const open = wanted.filter((seat) => seat.state === 'not-started' || seat.state === 'started')
  if (only !== undefined && open.length === 0) throw new Problem('session.already-submitted')
  const issued = await seatsFor(context, trx, actor, session, open)
  await queries.setSeatCodes(
    trx,
    countyId,
    issued.map(({ id: seatId, codeHash, factorHash: factor }) => ({ seatId, codeHash, factorHash: factor })),
  )
  if (only === undefined) await queries.forgetWrongCodes(trx, countyId, sessionId)
  await record(trx, scope, context, [
    {
      action: 'session.codes-issued',
      subject: 'session',
      subjectIds: [sessionId],
      schoolId: session.schoolId,
      details: { seats: open.length },
    },
  ])
  return { locator: session.locator, codes: cardsOf(issued) }
}
