// The wire: Fastify with strict schemas both ways, problems, cookies, security headers, the OpenAPI document and the built pages.
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import { serializerCompiler } from '@fastify/type-provider-zod'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import helmet from 'helmet'
import { Problem } from '../problem.ts'
import type { ServerIdentity } from '../tls/store.ts'
import { cutLinesWhenClosing } from './closing.ts'
import { languageOf, onError, sendProblem } from './errors.ts'
import { type Doorkeepers, guard } from './guard.ts'
import { transform } from './openapi.ts'
import { speakTls } from './secure.ts'
import { refuseWhatNobodyAskedFor, validator } from './strict.ts'
import { trustRoutes } from './trust.ts'

export type WireOptions = {
  readonly version: string
  readonly doorkeepers: Doorkeepers
  /** The address that people type, when a proxy on this computer stands before the server and says who calls. */
  readonly publicUrl?: string | undefined
  readonly webFolder: string | null
  /** Where warnings and errors are written, one JSON a line; null: nowhere. */
  readonly log: { readonly write: (line: string) => unknown } | null
  /** With it the server speaks https alone. */
  readonly tls?: ServerIdentity | null
  /** How long a stopping server waits for a busy line, in milliseconds. */
  readonly silence?: number
}

/** Made once, not for every request. */
const secure = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'self'"],
    },
  },
  hsts: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  referrerPolicy: { policy: 'no-referrer' },
})

/** Pages are client-side routed: any path that is neither the API nor a file gets the pupil's page below /p, the guardian's below /g, the staff's elsewhere. */
const servePages = async (app: FastifyInstance, webFolder: string) => {
  await app.register(fastifyStatic, { root: webFolder, index: ['index.html'], wildcard: false, cacheControl: true, maxAge: 0, etag: true })
  app.setNotFoundHandler((request, reply) => {
    const isPage = ['GET', 'HEAD'].includes(request.method) && !request.url.startsWith('/api/') && !/\.\w+$/.test(request.url)
    const below = /^\/([pg])(\/|\?|$)/.exec(request.url)?.[1]
    const page = below ? `${below}/index.html` : 'index.html'
    return isPage ? reply.sendFile(page) : sendProblem(reply, new Problem('route.not-found'), languageOf(request))
  })
}

export const buildWire = async ({
  version,
  doorkeepers,
  publicUrl,
  webFolder,
  log,
  tls = null,
  silence = 5000,
}: WireOptions): Promise<FastifyInstance> => {
  const app = Fastify({
    logger: log ? { level: 'warn', stream: { write: (line: string) => void log.write(line) } } : false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_000_000,
    requestTimeout: 300_000, // long enough for 1 MB over a line of 2 kB/s and a pause
    frameworkErrors: onError,
    trustProxy: publicUrl ? 'loopback' : false,
    routerOptions: { maxParamLength: 200 },
  })
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(validator)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(onError)
  await app.register(cookie)
  app.addHook('onRequest', (request, reply, done) => secure(request.raw, reply.raw, (error) => done(error as Error | undefined)))
  await app.register(rateLimit, { global: false })
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'Tongxing', version } }, transform })
  cutLinesWhenClosing(app, silence)
  if (tls) {
    speakTls(app, tls)
    await app.register(trustRoutes(tls))
  }
  guard(app, doorkeepers, publicUrl)
  refuseWhatNobodyAskedFor(app)
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    done()
  })
  if (webFolder) await servePages(app, webFolder)
  else app.setNotFoundHandler((request, reply) => sendProblem(reply, new Problem('route.not-found'), languageOf(request)))
  return app
}
