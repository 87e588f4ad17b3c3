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

export const languageOf = (request: Pick<FastifyRequest, 'headers'>): ProblemLanguage =>
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

// What pg says when the server is away, going or coming; some of it has no code
const noConnection = /^(08|57P0|53300|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)/
const gone =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered|was closed)|Postgres connection has been discarded)/

const ofDatabase = (error: Error) => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '53100' || code === 'ENOSPC') return new Problem('database.full', {}, 300)
  return noConnection.test(code) || gone.test(error.message) ? new Problem('database.unavailable', {}, 5) : null
}

const ofFastify = (error: Partial<FastifyError>, bodyLimit: number) => {
  const { code = '', statusCode = 500 } = error
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('request.too-large', { limit: bodyLimit })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('request.wrong-type')
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return new Problem('request.not-json', { what: 'empty' })
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || error instanceof SyntaxError) return new Problem('request.not-json', { what: 'syntax' })
  if (statusCode === 429) return new Problem('request.too-many', { seconds: 60 }, 60)
  return statusCode >= 400 && statusCode < 500 ? new Problem('request.invalid', { where: 'request', what: code }) : null
}

/** The problem that stands for this error, or null when the error is ours. */
const problemOf = (error: unknown, request: FastifyRequest): Problem | null => {
  if (error instanceof Problem) return error
  if (error instanceof SchemaMismatch) return ofMismatch(error, languageOf(request))
  if (!(error instanceof Error)) return null
  return ofDatabase(error) ?? ofFastify(error, request.routeOptions.bodyLimit)
}

/** Where an error came from, without its message: that can hold a name or an answer. */
export const traceOf = (error: unknown): string => {
  const {
    name = 'Error',
    message = '',
    stack = '',
    code = '',
  } = error as { name?: string; message?: string; stack?: string; code?: string }
  const frames = stack
    .replace(message, () => '')
    .split('\n')
    .filter((line) => /^ +at /.test(line))
  return [`${name} ${code}`.trim(), ...frames.slice(0, 8)].join('\n')
}

export const sendProblem = (reply: FastifyReply, problem: Problem, language: ProblemLanguage) => {
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter)
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').serializer(JSON.stringify).send(problem.body(language))
}

export const onError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const problem = problemOf(error, request)
  if (!problem || problem.status >= 500)
    request.log.error({ trace: traceOf(error), route: request.routeOptions.url, method: request.method }, 'request failed')
  return sendProblem(reply, problem ?? new Problem('internal'), languageOf(request))
}
