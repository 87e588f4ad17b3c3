import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { effectReport, readDataset, renderReport } from '@tongxing/analysis'
import { isTrial } from '@tongxing/instruments'
import { z } from 'zod'
import { countyStaff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { exportToUse, fileOfExport } from '../exports/queries.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { studyById } from '../studies/queries.ts'
import { insertReport, reportById } from './queries.ts'

const reportShape = z.strictObject({ id, studyId: id, exportId: id, createdAt: at })
const researcher = { access: countyStaff('researcher') }
const byId = z.strictObject({ reportId: id })

// the report page carries its plots and styles within itself and nothing else
const pageSecurity = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups"

const analyse = async (context: Context, files: { manifest: string; data: string; codebook: string }) => {
  const computed = () => {
    try {
      return effectReport(readDataset(files), {
        codeVersion: context.config.version,
        generatedOn: context.clock().toISOString().slice(0, 10),
      })
    } catch (error) {
      // the analysis says with an ordinary Error what the data lack; a TypeError is a fault of ours
      if (!(error instanceof Error) || error.constructor !== Error) throw error
      throw new Problem('report.impossible', { what: error.message })
    }
  }
  const report = computed()
  return {
    report,
    pages: { 'zh-CN': await renderReport(report, { language: 'zh-CN' }), en: await renderReport(report, { language: 'en' }) },
  }
}

export const reportRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/studies/:studyId/reports',
      {
        config: researcher,
        schema: { params: z.strictObject({ studyId: id }), body: z.strictObject({ exportId: id }), response: { 201: reportShape } },
      },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { exportId } = request.body
        const files = await inScope(context.db, scope, 'app', async (trx) => {
          const source = await exportToUse(trx, countyId, exportId)
          if (source.studyId !== request.params.studyId) throw new Problem('export.not-found')
          if (!isTrial((await studyById(trx, countyId, source.studyId)).protocol)) throw new Problem('report.needs-arms')
          const file = (name: string) => fileOfExport(trx, countyId, exportId, name)
          return { manifest: await file('manifest.json'), data: await file('data.csv'), codebook: await file('codebook.json') }
        })
        const { report, pages } = await analyse(context, files)
        const made = {
          id: context.ids(),
          studyId: request.params.studyId,
          exportId,
          record: report,
          pages,
          createdBy: accountId,
          now: context.clock(),
        }
        await inScope(context.db, scope, 'app', async (trx) => {
          await insertReport(trx, countyId, made)
          await record(trx, scope, context, [
            { action: 'report.created', subject: 'study', subjectIds: [made.studyId], details: { reportId: made.id, exportId } },
          ])
        })
        return reply.code(201).send({ id: made.id, studyId: made.studyId, exportId, createdAt: made.now.toISOString() })
      },
    )

    app.get(
      '/reports/:reportId',
      {
        config: researcher,
        schema: { params: byId, response: { 200: reportShape.extend({ record: z.record(z.string(), z.unknown()) }) } },
      },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        const found = await inScope(context.db, scope, 'app', (trx) => reportById(trx, countyId, request.params.reportId))
        return {
          id: found.id,
          studyId: found.studyId,
          exportId: found.exportId,
          createdAt: found.createdAt.toISOString(),
          record: found.record as Record<string, unknown>,
        }
      },
    )

    const language = z.strictObject({ language: z.enum(['zh-CN', 'en']).default('zh-CN') })
    app.get('/reports/:reportId/html', { config: researcher, schema: { params: byId, querystring: language } }, async (request, reply) => {
      const { scope, countyId } = staffActor(request)
      const found = await inScope(context.db, scope, 'app', (trx) => reportById(trx, countyId, request.params.reportId))
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', pageSecurity)
        .send(found.pages[request.query.language])
    })
  }
