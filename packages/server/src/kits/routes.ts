// The page of offline kits. A whole county's administrator makes kits and takes days in; on a laptop its school's administrator writes a day.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { countyStaff, staff, staffActor } from '../access.ts'
import { displayNames } from '../accounts/queries.ts'
import type { Context } from '../context.ts'
import { asIdentity, inScope } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { decideConflict, listConflicts } from './conflicts.ts'
import { writeDay } from './home.ts'
import { makeKit } from './make.ts'
import { listedKits, undecidedConflicts } from './page-queries.ts'
import { kitById } from './record-queries.ts'
import * as shapes from './shapes.ts'
import { beginUpload, finishUpload, takePiece } from './upload.ts'

const county = { access: countyStaff('administrator') }
const school = { access: staff('administrator') }

export const kitRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.get('/kits', { config: school, schema: { response: { 200: shapes.kits } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      return inScope(context.db, scope, 'app', async (trx) => {
        const kits = await listedKits(trx, countyId)
        const people = await displayNames(
          trx,
          kits.flatMap(({ madeBy }) => madeBy ?? []),
        )
        const now = context.clock()
        return {
          kits: kits.map((kit) => shapes.kitOut(kit, people, now)),
          undecided: await asIdentity(trx, () => undecidedConflicts(trx, countyId)),
        }
      })
    })

    app.post('/kits', { config: county, schema: { body: shapes.kitWish, response: { 201: shapes.madeKit } } }, async (request, reply) => {
      const { countyId, accountId, scope } = staffActor(request)
      const { schoolId } = request.body
      if (!scope.schoolIds.includes(schoolId)) throw new Problem('unit.not-found')
      const kit = await makeKit(context, { countyId, accountId }, schoolId)
      return reply.code(201).send(shapes.madeKitOut(kit))
    })

    app.post(
      '/kits/:kitId/days',
      { config: school, schema: { params: shapes.byKit, response: { 201: shapes.writtenDay } } },
      async (request, reply) => {
        const { countyId, accountId, scope } = staffActor(request)
        const { kitId } = request.params
        const kit = await inScope(context.db, scope, 'app', (trx) => kitById(trx, countyId, kitId))
        if (!kit) throw new Problem('kit.not-found')
        const day = await writeDay(context, { countyId, accountId }, kit.schoolId, kitId)
        return reply.code(201).send(shapes.writtenDayOut(day))
      },
    )

    app.post('/kit-uploads', { config: county, schema: { body: shapes.uploadWish, response: { 200: shapes.upload } } }, async (request) => {
      const { id, received } = await beginUpload(context, staffActor(request), request.body)
      return { uploadId: id, received }
    })

    app.post(
      '/kit-uploads/:uploadId/pieces',
      { config: county, schema: { params: shapes.byUpload, body: shapes.piece, response: { 200: shapes.progress } } },
      async (request) => takePiece(context, staffActor(request), request.params.uploadId, request.body),
    )

    app.post(
      '/kit-uploads/:uploadId/finish',
      { config: county, schema: { params: shapes.byUpload, response: { 200: shapes.received } } },
      async (request) => shapes.receivedOut(await finishUpload(context, staffActor(request), request.params.uploadId)),
    )

    app.get('/kit-conflicts', { config: county, schema: { response: { 200: shapes.conflicts } } }, async (request) => ({
      conflicts: await listConflicts(context, staffActor(request)),
    }))

    app.post(
      '/kit-conflicts/:conflictId/decision',
      { config: county, schema: { params: shapes.byConflict, body: shapes.decision, response: { 200: shapes.decided } } },
      async (request) => decideConflict(context, staffActor(request), request.params.conflictId, request.body),
    )
  }
