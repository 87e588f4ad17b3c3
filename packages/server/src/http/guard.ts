// Who may call a route. Every API route states its access; one that does not stops the server from starting (SEC-02).
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Scope } from '../db/scope.ts'
import type { Role } from '../db/tables.ts'
import { Problem } from '../problem.ts'

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
}

export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'pupil' }
  | { readonly kind: 'staff'; readonly roles: readonly Role[] | 'any'; readonly wholeCounty: boolean }

export const open: Access = { kind: 'public' }
export const pupil: Access = { kind: 'pupil' }
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
  }
}

export type Doorkeepers = {
  readonly staff: (token: string) => Promise<Omit<StaffActor, 'scope'> | null>
  readonly pupil: (token: string) => Promise<PupilActor | null>
}

export const sessionCookie = 'tongxing_session'

const admitStaff = async (request: FastifyRequest, access: Access & { kind: 'staff' }, doorkeepers: Doorkeepers): Promise<StaffActor> => {
  const token = request.cookies[sessionCookie]
  const actor = token ? await doorkeepers.staff(token) : null
  if (!actor) throw new Problem('account.sign-in-needed')
  const { roles, wholeCounty } = access
  const fitting = roles === 'any' ? actor.grants : actor.grants.filter((grant) => roles.includes(grant.role))
  if (roles !== 'any' && fitting.length === 0) throw new Problem('account.role-missing', { roles: roles.join(', ') })
  const grants = wholeCounty ? fitting.filter((grant) => grant.unitId === actor.countyId) : fitting
  if (wholeCounty && grants.length === 0) throw new Problem('account.county-role-needed')
  const schoolIds = [...new Set(grants.flatMap((grant) => grant.schoolIds))]
  return { ...actor, grants, scope: { countyId: actor.countyId, schoolIds, accountId: actor.accountId } }
}

const admitPupil = async (request: FastifyRequest, doorkeepers: Doorkeepers): Promise<PupilActor> => {
  const token = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1]
  const actor = token ? await doorkeepers.pupil(token) : null
  if (!actor) throw new Problem('session.seat-unknown')
  return actor
}

/** A browser that was led here by another site sends that site's Origin with everything that changes something. */
const refuseForeignOrigin = (request: FastifyRequest) => {
  const { origin, host } = request.headers
  if (request.method === 'GET' || request.method === 'HEAD' || origin === undefined) return
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new Problem('request.foreign-origin')
}

export const guard = (app: FastifyInstance, doorkeepers: Doorkeepers) => {
  app.decorateRequest('actor', null)
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/') && !route.config?.access)
      throw new Error(`the route ${String(route.method)} ${route.url} does not say who may call it`)
  })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (!access) return
    refuseForeignOrigin(request)
    if (access.kind === 'staff') request.actor = await admitStaff(request, access, doorkeepers)
    if (access.kind === 'pupil') request.actor = await admitPupil(request, doorkeepers)
  })
}

export const staffActor = (request: FastifyRequest): StaffActor => {
  if (request.actor?.kind !== 'staff') throw new Error('staffActor was asked on a route that is not for staff')
  return request.actor
}

export const pupilActor = (request: FastifyRequest): PupilActor => {
  if (request.actor?.kind !== 'pupil') throw new Error('pupilActor was asked on a route that is not for pupils')
  return request.actor
}
