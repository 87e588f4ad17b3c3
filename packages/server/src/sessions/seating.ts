// Who sits in a session, and the codes that are told once.
import type { StaffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import { consentedFor } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import { requireInstrument, requirePermitted } from '../library/rules.ts'
import { participantsOfClass, readNames } from '../participants/queries.ts'
import { initialOf } from '../participants/rules.ts'
import { Problem } from '../problem.ts'
import { schoolsOfStudy, studyById } from '../studies/queries.ts'
import { classById } from '../units/queries.ts'
import { hashCode, newCode, newLocator } from './codes.ts'
import * as queries from './queries.ts'

const distinctCodes = (context: Context, count: number): string[] => {
  const codes = new Set<string>()
  while (codes.size < count) codes.add(newCode(context.random))
  return [...codes]
}

export type Wish = { readonly classId: string; readonly studyId: string; readonly wave: string }

const planned = async (context: Context, trx: Trx, { scope, countyId }: StaffActor, wish: Wish) => {
  const place = await classById(trx, countyId, scope.schoolIds, wish.classId)
  const { protocol } = await studyById(trx, countyId, wish.studyId)
  const wave = protocol.waves.find((candidate) => candidate.id === wish.wave)
  if (!wave) throw new Problem('study.wave-unknown', { wave: wish.wave, allowed: protocol.waves.map((known) => known.id).join(', ') })
  for (const { instrument, version } of wave.battery) requirePermitted(requireInstrument(context.library, instrument, version))
  const inStudy = (await schoolsOfStudy(trx, countyId, wish.studyId)).some((school) => school.schoolId === place.schoolId)
  if (!inStudy) throw new Problem('study.school-not-in')
  const roster = await participantsOfClass(trx, countyId, place.id)
  const consented = await consentedFor(
    trx,
    countyId,
    'screening',
    roster.map((p) => p.id),
  )
  const seated = roster.filter((p) => consented.has(p.id))
  if (seated.length === 0) throw new Problem('session.no-seats', { withoutConsent: roster.length })
  return { place, battery: wave.battery, participantIds: seated.map((p) => p.id) }
}

/** Makes a session with a seat for each pupil whose guardian consented, and its codes, which are told this once. */
export const createSession = async (context: Context, trx: Trx, actor: StaffActor, wish: Wish) => {
  const { scope, countyId, accountId } = actor
  const plan = await planned(context, trx, actor, wish)
  const { schoolId } = plan.place
  const names = await readNames(trx, scope, context, { schoolId, participantIds: plan.participantIds, reason: 'seat cards of a session' })
  const sessionId = context.ids()
  const codes = distinctCodes(context, plan.participantIds.length)
  const seats = plan.participantIds.map((participantId, position) => {
    const name = names.get(participantId)?.name ?? ''
    return {
      id: context.ids(),
      participantId,
      number: position + 1,
      name,
      initial: initialOf(name),
      code: codes[position]!,
      codeHash: hashCode(context.secrets.codePepper, sessionId, codes[position]!),
    }
  })
  const session = {
    id: sessionId,
    schoolId,
    classId: plan.place.id,
    studyId: wish.studyId,
    wave: wish.wave,
    locator: await queries.reserveLocator(trx, { countyId, schoolId, sessionId }, () => newLocator(context.random)),
    battery: plan.battery,
    createdBy: accountId,
  }
  await queries.insertSession(trx, countyId, session, seats, context.clock())
  await record(trx, scope, context, [
    { action: 'session.created', subject: 'session', subjectIds: [sessionId], schoolId, details: { seats: seats.length, wave: wish.wave } },
  ])
  return { sessionId, codes: seats.map(({ id: seatId, number, name, initial, code }) => ({ seatId, number, name, initial, code })) }
}

export const reissueCodes = async (context: Context, trx: Trx, { scope, countyId }: StaffActor, sessionId: string) => {
  const session = await queries.sessionById(trx, countyId, sessionId)
  if (session.state === 'closed') throw new Problem('session.codes-not-possible')
  const open = (await queries.seatsOf(trx, countyId, [sessionId])).filter(
    (seat) => seat.state === 'not-started' || seat.state === 'started',
  )
  const codes = distinctCodes(context, open.length)
  const names = await readNames(trx, scope, context, {
    schoolId: session.schoolId,
    participantIds: open.map((seat) => seat.participantId),
    reason: 'seat cards of a session',
  })
  await queries.setSeatCodes(
    trx,
    countyId,
    sessionId,
    open.map((seat, position) => ({ seatId: seat.id, codeHash: hashCode(context.secrets.codePepper, sessionId, codes[position]!) })),
  )
  await record(trx, scope, context, [
    {
      action: 'session.codes-issued',
      subject: 'session',
      subjectIds: [sessionId],
      schoolId: session.schoolId,
      details: { seats: open.length },
    },
  ])
  const told = open.map((seat, position) => {
    const name = names.get(seat.participantId)?.name ?? ''
    return { seatId: seat.id, number: seat.number, name, initial: initialOf(name), code: codes[position]! }
  })
  return { locator: session.locator, codes: told }
}
