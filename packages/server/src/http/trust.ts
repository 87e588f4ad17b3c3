// /trust over https: the same pages as a plain caller gets.
import type { FastifyPluginAsync } from 'fastify'
import { trustFile, trustOf } from '../tls/guide.ts'
import type { ServerIdentity } from '../tls/store.ts'
import { languageOf } from './errors.ts'

export const trustRoutes =
  (identity: ServerIdentity): FastifyPluginAsync =>
  async (app) => {
    const trust = trustOf(identity)
    for (const url of ['/trust', '/trust/:file'])
      app.get(url, { schema: { hide: true } }, async (request, reply) => {
        const file = trustFile(trust, request.url.split('?')[0]!, languageOf(request))
        return file ? reply.type(file.type).header('cache-control', 'no-store').send(file.body) : reply.callNotFound()
      })
  }
