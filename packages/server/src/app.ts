// One application, tested and served alike. The rooms meet here: what must happen in a sheet's own transaction is handed to sessions.
import type { FastifyInstance } from 'fastify'
import { accountRoutes } from './accounts/routes.ts'
import { findStaff } from './accounts/session.ts'
import { joinCases, openCases } from './cases/queries.ts'
import { caseRoutes } from './cases/routes.ts'
import { guardianRoutes } from './consents/guardian-routes.ts'
import { linkRoutes } from './consents/link-routes.ts'
import { noticeRoutes } from './consents/notice-routes.ts'
import { consentRoutes } from './consents/routes.ts'
import type { Context } from './context.ts'
import { dutyRoutes } from './duty/routes.ts'
import { turnsAhead } from './duty/standing.ts'
import { exportRoutes } from './exports/routes.ts'
import { raiseFlags, raiseRequest } from './flags/queries.ts'
import { raiseNewFlags } from './flags/rereading.ts'
import { buildsIn } from './http/builds.ts'
import { healthRoutes } from './http/health.ts'
import { buildWire, type WireOptions } from './http/server.ts'
import { kitRoutes } from './kits/routes.ts'
import { libraryRoutes } from './library/routes.ts'
import { rosterRoutes } from './participants/roster/routes.ts'
import { participantRoutes } from './participants/routes.ts'
import { schoolYearRoutes } from './participants/school-year/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { boardRoutes } from './sessions/board-routes.ts'
import type { Hands } from './sessions/intake.ts'
import { openingRoutes } from './sessions/opening-routes.ts'
import { paperRoutes } from './sessions/paper-routes.ts'
import { type OnRequest, pupilRoutes } from './sessions/pupil-routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { findPupil } from './sessions/sign-in.ts'
import { seatsFollowConsent } from './sessions/withdrawing.ts'
import { studyRoutes } from './studies/routes.ts'
import { screeningRoutes } from './studies/screening-routes.ts'
import { unitRoutes } from './units/routes.ts'

export type AppOptions = Pick<WireOptions, 'webFolder' | 'log' | 'tls'>

const raising = (context: Context): Hands => {
  const withCases = (raise: typeof raiseFlags): Hands['reread'] => {
    return (trx, countyId, said) => raise(trx, countyId, context, said, (flagged) => openCases(countyId, context.ids, flagged))
  }
  return { store: withCases(raiseFlags), reread: withCases(raiseNewFlags) }
}

const asked =
  (context: Context): OnRequest =>
  async (trx, countyId, request) => {
    const { flagId, raisedAt, raised } = await raiseRequest(trx, countyId, context, request)
    if (raised.length > 0) await joinCases(trx, countyId, context.ids, raised)
    return { requestId: flagId, receivedAt: raisedAt }
  }

export const buildApp = async (context: Context, options: AppOptions): Promise<FastifyInstance> => {
  const doorkeepers = { staff: findStaff(context.db, context.clock), pupil: findPupil(context.db, context.clock) }
  const app = await buildWire({ version: context.config.version, publicUrl: context.config.publicUrl, doorkeepers, ...options })
  const hands = raising(context)
  const follow = seatsFollowConsent(context)
  const builds = buildsIn(options.webFolder)
  const rooms = [
    healthRoutes(context),
    accountRoutes(context, turnsAhead),
    unitRoutes(context),
    dutyRoutes(context),
    participantRoutes(context),
    rosterRoutes(context),
    schoolYearRoutes(context),
    consentRoutes(context, follow),
    noticeRoutes(context, follow),
    linkRoutes(context),
    guardianRoutes(context, follow),
    libraryRoutes(context),
    studyRoutes(context),
    screeningRoutes(context),
    sessionRoutes(context, hands),
    openingRoutes(context, builds.staff),
    boardRoutes(context),
    paperRoutes(context, hands),
    pupilRoutes(context, hands, asked(context), builds.pupil),
    caseRoutes(context),
    exportRoutes(context),
    reportRoutes(context),
    kitRoutes(context),
  ]
  for (const room of rooms) await app.register(room, { prefix: '/api/v1' })
  await app.ready()
  return app
}
