// From whatever was thrown to application/problem+json, and to a log line that holds no name, no answer and no token (PRIV-13).
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem, type ProblemLanguage } from '../problem.ts'

const locales = { 'zh-CN': z.locales.zhCN(), en: z.locales.en() }

export class SchemaMismatch extends Error {
  readonly part: string
  readonly issues: readonly z.core.$ZodIssue[]
  constructor(part: string, issues: readonly z.core.$ZodIssue[]) {
    super('the request does not fit its schema')
    this.part = part
    this.issues = issues
  }
}

export const languageOf = (request: FastifyRequest): ProblemLanguage =>
  /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN'

const say = (issue: z.core.$ZodIssue, language: ProblemLanguage) => {
  const said = locales[language].localeError(issue as z.core.$ZodRawIssue)
  return (typeof said === 'string' ? said : said?.message) ?? issue.message
}

const ofMismatch = (mismatch: SchemaMismatch, language: ProblemLanguage) => {
  const issue = mismatch.issues[0]!
  const where = [mismatch.part, ...issue.path.map(String)].join('.')
  return new Problem('request.invalid', { where, what: say(issue, language) })
}

const noConnection = /^(08|57P0[123])/
const ofDatabase = (code: string) => {
  if (code === '53100') return new Problem('database.full', {}, 300)
  if (noConnection.test(code) || code === '53300' || code === 'ECONNREFUSED' || code === 'ECONNRESET')
    return new Problem('database.unavailable', {}, 5)
  return null
}

const ofFastify = (error: FastifyError) => {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('request.too-large', { limit: 20_000 })
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('request.wrong-type')
  if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error instanceof SyntaxError)
    return new Problem('request.not-json', { what: error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ? 'empty' : 'syntax' })
  if (error.statusCode === 429) return new Problem('request.too-many', { seconds: 60 }, 60)
  return null
}

/** The problem that stands for this error, or null when the error is ours. */
export const problemOf = (error: unknown, language: ProblemLanguage): Problem | null => {
  if (error instanceof Problem) return error
  if (error instanceof SchemaMismatch) return ofMismatch(error, language)
  if (!(error instanceof Error)) return null
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (error.message === 'Connection terminated unexpectedly' || /timeout exceeded when trying to connect/.test(error.message))
    return ofDatabase('08006')
  return ofDatabase(code) ?? ofFastify(error as FastifyError)
}

export const sendProblem = (reply: FastifyReply, problem: Problem, language: ProblemLanguage) => {
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter)
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(problem.body(language))
}

export const onError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const language = languageOf(request)
  const problem = problemOf(error, language)
  if (!problem || problem.status >= 500) {
    const { name, stack, code } = error as { name?: string; stack?: string; code?: string }
    const frames = stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8)
    request.log.error({ name, code, frames, route: request.routeOptions.url, method: request.method }, 'request failed')
  }
  return sendProblem(reply, problem ?? new Problem('internal'), language)
}
