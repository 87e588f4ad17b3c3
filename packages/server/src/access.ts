// Who may call a route, and who is calling. What a route says here, http/guard.ts enforces.
import type { FastifyRequest } from 'fastify'
import type { Scope } from './db/scope.ts'
import type { Role } from './db/tables.ts'

type Grant = { readonly role: Role; readonly unitId: string; readonly unitName: string; readonly schoolIds: readonly string[] }

export type StaffActor = {
  readonly kind: 'staff'
  readonly accountId: string
  readonly username: string
  readonly displayName: string
  readonly countyId: string
  readonly countyName: string
  /** The roles for which the route lets this actor in. */
  readonly grants: readonly Grant[]
  /** The county, and the schools for which this actor holds a role that the route allows. */
  readonly scope: Scope
}
export type PupilActor = {
  readonly kind: 'pupil'
  readonly seatId: string
  readonly sessionId: string
  readonly participantId: string
  readonly studyId: string
  readonly wave: string
  readonly battery: readonly { readonly instrument: string; readonly version: string }[]
  readonly scope: Scope & { readonly countyId: string }
  readonly schoolId: string
  /** When she was looked up, her seat had not handed in, and nothing had been heard of it. */
  readonly fresh: boolean
  readonly tokenHash: string
}

/**
 * Who a pupil is need not be asked twice. `kept`: from this call on she is remembered. `used`: a remembered one is let in, because the deed itself
 * asks whether her token still speaks for her seat, in its own transaction. `none`: she is looked up, and forgotten.
 */
export type Memory = 'none' | 'kept' | 'used'

export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'pupil'; readonly memory: Memory }
  | { readonly kind: 'staff'; readonly roles: readonly Role[] | 'any'; readonly wholeCounty: boolean }

export const open: Access = { kind: 'public' }
export const pupil: Access = { kind: 'pupil', memory: 'none' }
export const pupilKept: Access = { kind: 'pupil', memory: 'kept' }
export const pupilRemembered: Access = { kind: 'pupil', memory: 'used' }
export const staff = (...roles: readonly Role[]): Access => ({
  kind: 'staff',
  roles: roles.length === 0 ? 'any' : roles,
  wholeCounty: false,
})
/** For what concerns all schools at once, such as a study: the role must be held for the county itself. */
export const countyStaff = (...roles: readonly Role[]): Access => ({ kind: 'staff', roles, wholeCounty: true })

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    actor: StaffActor | PupilActor | null
    /** Asks anew who is calling, for an answer that goes on: a sign-out or a lost role ends it. */
    staffNow: () => Promise<StaffActor>
  }
}

export const sessionCookie = 'tongxing_session'

export const staffActor = (request: FastifyRequest): StaffActor => {
  if (request.actor?.kind !== 'staff') throw new Error('staffActor was asked on a route that is not for staff')
  return request.actor
}

export const pupilActor = (request: FastifyRequest): PupilActor => {
  if (request.actor?.kind !== 'pupil') throw new Error('pupilActor was asked on a route that is not for pupils')
  return request.actor
}
