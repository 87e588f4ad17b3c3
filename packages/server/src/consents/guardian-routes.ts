// The guardian's page: what is asked, the code that confirms who answers, the answer. Nobody has an account here; the token and the code
// come in the body of every call, so that neither stands in an address or a log.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { open } from '../access.ts'
import { hashToken } from '../accounts/credentials.ts'
import { readTyped } from '../accounts/typed.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, nowhere, type Scope, type Trx } from '../db/scope.ts'
import { participantById, readNames } from '../participants/queries.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import * as links from './link-queries.ts'
import { noticeTexts } from './notice.ts'
import { currentOf, type Notice, noticesOfSchool } from './notice-queries.ts'
import type { Following } from './notice-routes.ts'
import { insertConsents, latestDecisions } from './queries.ts'
import { countyOfLink, decisions, hashLinkCode, linkState, purposes, wrongCodeCap } from './rules.ts'
import { insertSignature } from './signatures.ts'

const token = z.string().regex(/^[\w-]{43}$/)
const code = z.string().trim().min(1).max(20)
const decision = z.enum(decisions)
const asked = z.strictObject({
  noticeId: id,
  purpose: z.enum(purposes),
  party: z.string().nullable(),
  version: z.int(),
  hash: z.string(),
  texts: noticeTexts,
})
const looked = z.strictObject({
  schoolName: z.string(),
  className: z.string(),
  initial: z.string(),
  expiresAt: at,
  notices: z.array(asked),
})
const confirmed = z.strictObject({
  name: z.string(),
  decisions: z.array(z.strictObject({ purpose: z.enum(purposes), party: z.string().nullable(), decision })),
})
const answer = z.strictObject({
  token,
  code,
  name: z.string().trim().min(1).max(60),
  relationship: z.enum(['parent', 'other-guardian', 'caregiver']),
  answers: z
    .array(z.strictObject({ noticeId: id, decision }))
    .min(1)
    .max(8),
})
const receipt = z.strictObject({ receiptId: id, receivedAt: at })

type Held = {
  readonly trx: Trx
  readonly scope: Scope & { readonly countyId: string }
  readonly link: links.Link
  readonly participant: Awaited<ReturnType<typeof participantById>>
  readonly notices: readonly Notice[]
}

/** From a token to its link and what that link asks today. A link that is over is the same as none, whatever ended it. */
const withLink = async <Made>(context: Context, shown: string, work: (held: Held) => Promise<Made>): Promise<Made> => {
  const gone = new Problem('link.not-valid')
  const countyId = countyOfLink(shown)
  if (countyId === null) throw gone
  const place = await inScope(context.db, { ...nowhere, countyId }, 'app', (trx) => links.placeOfLink(trx, countyId, hashToken(shown)))
  if (!place) throw gone
  const scope = { countyId, schoolIds: [place.schoolId], accountId: null, actor: 'guardian' as const }
  return inScope(context.db, scope, 'app', async (trx) => {
    const link = await links.linkById(trx, countyId, place.id)
    const state = linkState(link, context.clock())
    if (state === 'blocked') throw new Problem('link.blocked', {}, 60)
    if (state === 'revoked' || state === 'expired') throw gone
    const participant = await participantById(trx, countyId, link.participantId)
    const current = currentOf(await noticesOfSchool(trx, countyId, link.schoolId))
    const inOrder = link.asks.toSorted((left, right) => purposes.indexOf(left.purpose) - purposes.indexOf(right.purpose))
    const notices = inOrder.flatMap((ask) => current.filter(({ purpose, party }) => purpose === ask.purpose && party === ask.party))
    return work({ trx, scope, link, participant, notices })
  })
}

/** What needs the code. A wrong one is counted, so the transaction ends well and the refusal comes after it. */
const withCode = async <Made>(context: Context, shown: string, typed: string, work: (held: Held) => Promise<Made>): Promise<Made> => {
  const result = await withLink(context, shown, async (held) => {
    const { trx, scope, link } = held
    if (hashLinkCode(context.secrets.codePepper, link.id, readTyped(typed)) === link.codeHash) return { made: await work(held) }
    await links.countWrongCode(trx, scope.countyId, link.id)
    return { left: wrongCodeCap - link.wrongCodes - 1 }
  })
  if ('made' in result) return result.made
  throw result.left > 0 ? new Problem('link.code-wrong') : new Problem('link.blocked', {}, 60)
}

const store = async (context: Context, follow: Following, held: Held, body: z.infer<typeof answer>) => {
  const { trx, scope, link, notices } = held
  const { countyId } = scope
  const { participantId, schoolId } = link
  if (body.relationship === 'caregiver') throw new Problem('consent.caregiver-is-no-guardian')
  const { relationship } = body
  const answered = body.answers.map(({ noticeId, decision: decided }) => {
    const notice = notices.find((one) => one.id === noticeId)
    if (!notice) throw new Problem('link.asks-else')
    return { notice, decision: decided }
  })
  const [now, receiptId] = [context.clock(), context.ids()]
  await insertSignature(trx, countyId, { id: receiptId, schoolId, participantId, name: body.name, now })
  const rows = answered.map(({ notice, decision: decided }) => ({
    participantId,
    purpose: notice.purpose,
    party: notice.party,
    givenBy: 'guardian' as const,
    decision: decided,
    notice: {
      id: notice.texts['zh-CN'].title.slice(0, 80),
      version: String(notice.version),
      hash: notice.hash ?? '',
      row: notice.id,
    },
    evidence: 'remote' as const,
    evidencePlace: null,
    relationship,
    recordedBy: null,
    linkId: link.id,
    signatureId: receiptId,
  }))
  await insertConsents(trx, { countyId, schoolId }, rows, context)
  await links.markAnswered(trx, countyId, link.id, now)
  const entries = rows.map(({ purpose, decision: decided, notice }) => ({
    action: 'consent.recorded' as const,
    subject: 'participant',
    subjectIds: [participantId],
    schoolId,
    details: { purpose, givenBy: 'guardian', decision: decided, notice: notice.row, evidence: 'remote' },
  }))
  await record(trx, scope, context, entries)
  if (rows.some(({ purpose }) => purpose === 'screening')) await follow(trx, countyId, [participantId])
  return { receiptId, receivedAt: now.toISOString() }
}

export const guardianRoutes =
  (context: Context, follow: Following): FastifyPluginAsyncZod =>
  async (app) => {
    // by link, not by address: a village shares one address
    const rateLimit = {
      max: 20,
      timeWindow: 60_000,
      hook: 'preHandler' as const,
      keyGenerator: (request: { body?: unknown }) => String((request.body as { token?: string })?.token),
    }
    const config = { access: open, rateLimit }

    app.post(
      '/guardian/look',
      { config, bodyLimit: 1000, schema: { body: z.strictObject({ token }), response: { 200: looked } } },
      (request) =>
        withLink(context, request.body.token, async ({ link, participant, notices }) => ({
          schoolName: participant.schoolName,
          className: participant.className,
          initial: link.initial,
          expiresAt: link.expiresAt.toISOString(),
          notices: notices.map(({ id: noticeId, purpose, party, version, hash, texts }) => ({
            noticeId,
            purpose,
            party,
            version: version ?? 0,
            hash: hash ?? '',
            texts,
          })),
        })),
    )

    app.post(
      '/guardian/confirm',
      { config, bodyLimit: 1000, schema: { body: z.strictObject({ token, code }), response: { 200: confirmed } } },
      (request) =>
        withCode(context, request.body.token, request.body.code, async ({ trx, scope, link }) => {
          const { participantId, schoolId } = link
          const look = { schoolId, participantIds: [participantId], reason: 'a guardian confirmed a consent link' }
          const names = await readNames(trx, scope, context, look)
          await record(trx, scope, context, [
            { action: 'consent-link.confirmed', subject: 'participant', subjectIds: [participantId], schoolId },
          ])
          const latest = await latestDecisions(trx, scope.countyId, [participantId])
          const standing = latest.filter((row) => row.givenBy === 'guardian' && !row.outdated)
          return {
            name: names.get(participantId)?.name ?? '',
            decisions: standing.map(({ purpose, party, decision: decided }) => ({ purpose, party, decision: decided })),
          }
        }),
    )

    app.post(
      '/guardian/answers',
      { config, bodyLimit: 4000, schema: { body: answer, response: { 201: receipt } } },
      async (request, reply) => {
        const { token: shown, code: typed } = request.body
        const made = await withCode(context, shown, typed, (held) => store(context, follow, held, request.body))
        return reply.code(201).send(made)
      },
    )
  }
