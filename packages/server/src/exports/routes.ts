import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { isTrial } from '@tongxing/instruments'
import { z } from 'zod'
import { countyStaff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { studyById } from '../studies/queries.ts'
import { makeDataset } from './dataset.ts'
import { exportById, exportToUse, fileOfExport, insertExport, sheetsForResearch } from './queries.ts'

const fileName = z.enum(['manifest.json', 'data.csv', 'codebook.json'])
const exportShape = z.strictObject({
  id,
  studyId: id,
  createdAt: at,
  rows: z.int(),
  participants: z.int(),
  hash: z.string(),
  files: z.array(fileName),
})
const researcher = { access: countyStaff('researcher') }
const types = { 'manifest.json': 'application/json', 'codebook.json': 'application/json', 'data.csv': 'text/csv' } as const

const shown = (row: Awaited<ReturnType<typeof exportById>>): z.infer<typeof exportShape> => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  files: [...fileName.options],
})

export const exportRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/studies/:studyId/exports',
      { config: researcher, schema: { params: z.strictObject({ studyId: id }), response: { 201: exportShape } } },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { studyId } = request.params
        const exportId = context.ids()
        const now = context.clock() // before the consents are read
        const made = await inScope(context.db, scope, 'export', async (trx) => {
          const { protocol, allocatedAt } = await studyById(trx, countyId, studyId)
          if (isTrial(protocol) && allocatedAt === null) throw new Problem('study.not-allocated')
          const sheets = await sheetsForResearch(trx, countyId, studyId)
          const dataset = makeDataset(context, protocol, sheets, exportId)
          const { rows, participants, hash } = dataset.manifest
          await insertExport(trx, countyId, { id: exportId, studyId, hash, rows, participants, createdBy: accountId, now }, dataset.files)
          await record(trx, scope, context, [
            { action: 'export.created', subject: 'study', subjectIds: [studyId], details: { exportId, rows, hash } },
          ])
          return exportById(trx, countyId, exportId)
        })
        return reply.code(201).send(shown(made))
      },
    )

    app.get(
      '/exports/:exportId',
      { config: researcher, schema: { params: z.strictObject({ exportId: id }), response: { 200: exportShape } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return shown(await inScope(context.db, scope, 'app', (trx) => exportById(trx, countyId, request.params.exportId)))
      },
    )

    app.get(
      '/exports/:exportId/files/:name',
      { config: researcher, schema: { params: z.strictObject({ exportId: id, name: fileName }) } },
      async (request, reply) => {
        const { scope, countyId } = staffActor(request)
        const { exportId, name } = request.params
        const content = await inScope(context.db, scope, 'app', async (trx) => {
          await exportToUse(trx, countyId, exportId)
          await record(trx, scope, context, [{ action: 'export.file-read', subject: 'export', subjectIds: [exportId], details: { name } }])
          return fileOfExport(trx, countyId, exportId, name)
        })
        return reply.type(`${types[name]}; charset=utf-8`).header('content-disposition', `attachment; filename="${name}"`).send(content)
      },
    )
  }
