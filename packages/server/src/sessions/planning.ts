// When, where and by whom a session is held: said when it is planned, and changed until it is opened.
import type { StaffActor } from '../access.ts'
import { holdersOf } from '../accounts/grants.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { asIdentity, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import * as queries from './queries.ts'

export type PlanWish = {
  readonly plannedFor?: string | undefined
  readonly place?: string | undefined
  readonly proctorId?: string | undefined
}

export const requireProctor = async (trx: Trx, countyId: string, schoolId: string, accountId: string) => {
  const holders = await asIdentity(trx, () => holdersOf(trx, countyId, ['proctor', 'administrator'], schoolId))
  if (!holders.some((holder) => holder.accountId === accountId)) throw new Problem('session.proctor-wrong')
}

export const replan = async (context: Context, trx: Trx, { scope, countyId }: StaffActor, sessionId: string, wish: PlanWish) => {
  await queries.lockSession(trx, countyId, sessionId)
  const { state, schoolId, plannedFor, place, proctorId } = await queries.sessionById(trx, countyId, sessionId)
  if (state !== 'planned') throw new Problem('session.wrong-state', { state })
  const plan = {
    plannedFor: wish.plannedFor === undefined ? plannedFor : new Date(wish.plannedFor),
    place: wish.place ?? place,
    proctorId: wish.proctorId ?? proctorId,
  }
  await requireProctor(trx, countyId, schoolId, plan.proctorId)
  await queries.setPlan(trx, countyId, sessionId, plan)
  await record(trx, scope, context, [{ action: 'session.replanned', subject: 'session', subjectIds: [sessionId], schoolId }])
}
