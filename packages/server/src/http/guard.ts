// Every API route states its access; one that does not stops the server from starting (SEC-02).
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Access, type Memory, type PupilActor, type StaffActor, sessionCookie } from '../access.ts'
import { Problem } from '../problem.ts'

export type Doorkeepers = {
  readonly staff: (token: string) => Promise<Omit<StaffActor, 'scope'> | null>
  readonly pupil: (token: string, memory: Memory) => Promise<PupilActor | null>
}

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

const admitPupil = async (request: FastifyRequest, memory: Memory, doorkeepers: Doorkeepers): Promise<PupilActor> => {
  const token = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1]
  const actor = token ? await doorkeepers.pupil(token, memory) : null
  if (!actor) throw new Problem('session.seat-unknown')
  return actor
}

/**
 * A browser that was led here by another site sends that site's Origin with everything that changes something. A proxy may have put
 * its own name for this server in the place of the Host that people typed. Where the line is encrypted, a plain page is another site.
 */
const refuseForeignOrigin = (request: FastifyRequest, publicUrl: string | undefined) => {
  const { origin, host } = request.headers
  if (request.method === 'GET' || request.method === 'HEAD' || origin === undefined) return
  if (publicUrl && origin === new URL(publicUrl).origin) return
  if (!URL.canParse(origin) || new URL(origin).host !== host) throw new Problem('request.foreign-origin')
  if (request.protocol === 'https' && !origin.startsWith('https:')) throw new Problem('request.foreign-origin')
}

export const guard = (app: FastifyInstance, doorkeepers: Doorkeepers, publicUrl: string | undefined) => {
  app.decorateRequest('actor', null)
  app.decorateRequest('staffNow', function () {
    const { access } = this.routeOptions.config
    if (access?.kind !== 'staff') throw new Error('staffNow was asked on a route that is not for staff')
    return admitStaff(this, access, doorkeepers)
  })
  app.addHook('onRoute', (route) => {
    const access = route.config?.access
    if (route.url.startsWith('/api/') && !access)
      throw new Error(`the route ${String(route.method)} ${route.url} does not say who may call it`)
    if (access?.kind !== 'pupil' || access.memory !== 'used') return
    route.errorHandler = async (error, request) => {
      if (request.actor) await admitPupil(request, 'none', doorkeepers) // that a token has ended is said before what is wrong with what it brought
      throw error
    }
  })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (!access) return
    refuseForeignOrigin(request, publicUrl)
    if (access.kind === 'staff') request.actor = await admitStaff(request, access, doorkeepers)
    if (access.kind === 'pupil') request.actor = await admitPupil(request, access.memory, doorkeepers)
  })
}
