// Links for guardians who work away. The link goes one way (a message), the code another (a telephone, the slip that the child carries).
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { staff, staffActor } from '../access.ts'
import { hashToken } from '../accounts/credentials.ts'
import { newCode } from '../accounts/typed.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope } from '../db/scope.ts'
import { readNames } from '../participants/queries.ts'
import { initialOf } from '../participants/rules.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { classById, unitById } from '../units/queries.ts'
import * as queries from './link-queries.ts'
import { currentOf, noticesOfSchool } from './notice-queries.ts'
import { requireOfClass } from './queries.ts'
import { hashLinkCode, linkDays, linkState, linkStates, linkToken, purposes } from './rules.ts'

const ask = z.strictObject({ purpose: z.enum(purposes), party: z.string().nullable() })
const ofClass = z.strictObject({ classId: id })
const newLinks = z.strictObject({
  participantIds: z.array(id).min(1).max(200),
  asks: z.array(ask).min(1).max(8),
  days: z.int().min(linkDays.least).max(linkDays.most),
})
const told = z.strictObject({
  className: z.string(),
  schoolName: z.string(),
  expiresAt: at,
  links: z.array(
    z.strictObject({ linkId: id, participantId: id, name: z.string(), initial: z.string(), token: z.string(), code: z.string() }),
  ),
})
const listed = z.strictObject({
  links: z.array(
    z.strictObject({
      linkId: id,
      participantId: id,
      asks: z.array(ask),
      state: z.enum(linkStates),
      createdAt: at,
      expiresAt: at,
      answeredAt: at.nullable(),
    }),
  ),
})

export const linkRoutes =
  (context: Context): FastifyPluginAsyncZod =>
  async (app) => {
    const keepers = { access: staff('administrator', 'counsellor') }

    app.get(
      '/classes/:classId/consent-links',
      { config: keepers, schema: { params: ofClass, response: { 200: listed } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const place = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          const links = await queries.linksOfClass(trx, countyId, place.id)
          return {
            links: links.map((link) => ({
              linkId: link.id,
              participantId: link.participantId,
              asks: [...link.asks],
              state: linkState(link, context.clock()),
              createdAt: link.createdAt.toISOString(),
              expiresAt: link.expiresAt.toISOString(),
              answeredAt: link.answeredAt?.toISOString() ?? null,
            })),
          }
        })
      },
    )

    app.post(
      '/classes/:classId/consent-links',
      {
        config: keepers,
        schema: { description: 'links and codes are told once', params: ofClass, body: newLinks, response: { 201: told } },
      },
      async (request, reply) => {
        const { scope, countyId, accountId } = staffActor(request)
        const { asks, days } = request.body
        const participantIds = [...new Set(request.body.participantIds)]
        const made = await inScope(context.db, scope, 'app', async (trx) => {
          const place = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          const { schoolId } = place
          await requireOfClass(trx, countyId, place.id, participantIds)
          const current = currentOf(await noticesOfSchool(trx, countyId, schoolId))
          const unknown = asks.some((one) => !current.some(({ purpose, party }) => purpose === one.purpose && party === one.party))
          if (unknown) throw new Problem('notice.not-published')
          const now = context.clock()
          const expiresAt = new Date(now.getTime() + days * 86_400_000)
          const names = await readNames(trx, scope, context, { schoolId, participantIds, reason: 'consent links of a class' })
          await queries.revokeLinksOf(trx, countyId, participantIds, now)
          const links = participantIds.map((participantId) => {
            const name = names.get(participantId)?.name ?? ''
            const [linkId, token, code] = [context.ids(), linkToken(countyId, context.random), newCode(context.random)]
            return { linkId, participantId, name, initial: initialOf(name), token, code }
          })
          const rows = links.map(({ linkId, participantId, initial, token, code }) => ({
            id: linkId,
            schoolId,
            participantId,
            initial,
            asks,
            tokenHash: hashToken(token),
            codeHash: hashLinkCode(context.secrets.codePepper, linkId, code),
            createdBy: accountId,
            createdAt: now,
            expiresAt,
          }))
          await queries.insertLinks(trx, countyId, rows)
          await record(trx, scope, context, [
            { action: 'consent-link.made', subject: 'participant', subjectIds: participantIds, schoolId, details: { days } },
          ])
          const { name: schoolName } = await unitById(trx, countyId, schoolId)
          return { className: place.name, schoolName, expiresAt: expiresAt.toISOString(), links }
        })
        return reply.code(201).send(made)
      },
    )

    app.post(
      '/consent-links/:linkId/revoke',
      { config: keepers, schema: { params: z.strictObject({ linkId: id }), response: { 204: z.null() } } },
      async (request, reply) => {
        const { scope, countyId } = staffActor(request)
        await inScope(context.db, scope, 'app', async (trx) => {
          const link = await queries.linkById(trx, countyId, request.params.linkId)
          await queries.revokeLink(trx, countyId, link.id, context.clock())
          await record(trx, scope, context, [
            { action: 'consent-link.revoked', subject: 'participant', subjectIds: [link.participantId], schoolId: link.schoolId },
          ])
        })
        return reply.code(204).send(null)
      },
    )
  }
