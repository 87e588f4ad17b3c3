// Notices: written as a draft, published once, and from then on what a consent answers.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import { z } from 'zod'
import { type StaffActor, staff, staffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { classById } from '../units/queries.ts'
import { lacking, noticeHash, noticeTexts } from './notice.ts'
import * as queries from './notice-queries.ts'
import { purposes } from './rules.ts'

/** What follows in other rooms when consents change, or a text that asks for them anew is published. */
export type Following = (trx: Trx, countyId: string, participantIds: readonly string[] | 'all') => Promise<void>

const noticeShape = z.strictObject({
  id,
  schoolId: id.nullable(),
  schoolName: z.string().nullable(),
  purpose: z.enum(purposes),
  party: z.string().nullable(),
  texts: noticeTexts,
  state: z.enum(['draft', 'published']),
  version: z.int().nullable(),
  renews: z.boolean().nullable(),
  hash: z.string().nullable(),
  publishedAt: at.nullable(),
  current: z.boolean().describe('no newer text for the same purpose takes its place'),
  first: z.boolean().describe('nothing is published yet for this purpose where this text would be read'),
})
const out = (notice: queries.Notice, current: readonly queries.Notice[], first = false): z.infer<typeof noticeShape> => ({
  ...notice,
  publishedAt: notice.publishedAt?.toISOString() ?? null,
  current: current.some((one) => one.id === notice.id),
  first,
})

const publishing = z.strictObject({
  renews: z.boolean().optional().describe('a material change: consent is asked anew. Unsaid: no for a first text, yes for a later one'),
})

const newNotice = z.strictObject({
  schoolId: id.nullable(),
  purpose: z.enum(purposes),
  party: z.string().trim().min(1).max(80).nullable(),
  texts: noticeTexts,
})
const byNotice = z.strictObject({ noticeId: id })
const count = z.int()
const standing = z.strictObject({
  classes: z.array(
    z.strictObject({
      classId: id,
      className: z.string(),
      schoolName: z.string(),
      pupils: count,
      onThis: count,
      older: count,
      none: count,
      against: count,
    }),
  ),
})

/** A text for all schools is written by who answers for all of them. */
const requireKeeper = ({ grants, countyId, scope }: StaffActor, schoolId: string | null) => {
  if (schoolId === null && !grants.some((grant) => grant.unitId === countyId)) throw new Problem('account.county-role-needed')
  if (schoolId !== null && !scope.schoolIds.includes(schoolId)) throw new Problem('unit.not-found')
}

const currentFor = async (trx: Trx, countyId: string, schoolId: string | null) => {
  const published = (await queries.allNotices(trx, countyId)).filter((notice) => notice.state === 'published')
  const newestFirst = published.toSorted((left, right) => Number(right.publishedAt) - Number(left.publishedAt))
  return queries.currentOf(newestFirst.filter((notice) => notice.schoolId === null || notice.schoolId === schoolId))
}

export const noticeRoutes =
  (context: Context, follow: Following): FastifyPluginAsyncZod =>
  async (app) => {
    const keepers = { access: staff('administrator') }
    const readers = { access: staff('administrator', 'counsellor') }
    const list = z.strictObject({ notices: z.array(noticeShape) })

    app.get('/notices', { config: readers, schema: { response: { 200: list } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      return inScope(context.db, scope, 'app', async (trx) => {
        const all = await queries.allNotices(trx, countyId)
        const current = new Map<string | null, readonly queries.Notice[]>()
        for (const { schoolId } of all) current.set(schoolId, current.get(schoolId) ?? (await currentFor(trx, countyId, schoolId)))
        return { notices: all.map((notice) => out(notice, current.get(notice.schoolId) ?? [], queries.isFirst(notice, all))) }
      })
    })

    app.get(
      '/classes/:classId/notices',
      { config: readers, schema: { params: z.strictObject({ classId: id }), response: { 200: list } } },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const place = await classById(trx, countyId, scope.schoolIds, request.params.classId)
          const published = await queries.noticesOfSchool(trx, countyId, place.schoolId)
          return { notices: published.map((notice) => out(notice, queries.currentOf(published))) }
        })
      },
    )

    app.post(
      '/notices',
      { config: keepers, schema: { body: newNotice, response: { 201: z.strictObject({ noticeId: id }) } } },
      async (request, reply) => {
        const actor = staffActor(request)
        const { scope, countyId, accountId } = actor
        const { schoolId, purpose, party } = request.body
        requireKeeper(actor, schoolId)
        if ((purpose === 'sharing') !== (party !== null)) throw new Problem('notice.party-wrong')
        const noticeId = context.ids()
        await inScope(context.db, scope, 'app', async (trx) => {
          await queries.insertNotice(trx, countyId, { ...request.body, id: noticeId, createdBy: accountId }, context.clock())
          await record(trx, scope, context, [
            { action: 'notice.written', subject: 'notice', subjectIds: [noticeId], schoolId, details: { purpose } },
          ])
        })
        return reply.code(201).send({ noticeId })
      },
    )

    app.get('/notices/:noticeId', { config: readers, schema: { params: byNotice, response: { 200: noticeShape } } }, async (request) => {
      const { scope, countyId } = staffActor(request)
      return inScope(context.db, scope, 'app', async (trx) => {
        const notice = await queries.noticeById(trx, countyId, request.params.noticeId)
        const first = queries.isFirst(notice, await queries.allNotices(trx, countyId))
        return out(notice, await currentFor(trx, countyId, notice.schoolId), first)
      })
    })

    app.post(
      '/notices/:noticeId/texts',
      { config: keepers, schema: { params: byNotice, body: z.strictObject({ texts: noticeTexts }), response: { 204: z.null() } } },
      async (request, reply) => {
        const actor = staffActor(request)
        const { noticeId } = request.params
        await inScope(context.db, actor.scope, 'app', async (trx) => {
          const { schoolId, purpose } = await queries.noticeById(trx, actor.countyId, noticeId)
          requireKeeper(actor, schoolId)
          await queries.setTexts(trx, actor.countyId, noticeId, request.body.texts)
          await record(trx, actor.scope, context, [
            { action: 'notice.written', subject: 'notice', subjectIds: [noticeId], schoolId, details: { purpose } },
          ])
        })
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/notices/:noticeId/publish',
      { config: keepers, schema: { params: byNotice, body: publishing, response: { 200: noticeShape } } },
      async (request) => {
        const actor = staffActor(request)
        const { scope, countyId, accountId: by } = actor
        const { noticeId } = request.params
        return inScope(context.db, scope, 'app', async (trx) => {
          const notice = await queries.noticeById(trx, countyId, noticeId)
          const { schoolId, purpose, party, texts } = notice
          requireKeeper(actor, schoolId)
          const missing = lacking(texts)
          if (missing.length > 0) throw new Problem('notice.incomplete', { what: missing.join(', ') })
          const version = await queries.nextVersion(trx, countyId, notice)
          const { renews = !queries.isFirst(notice, await queries.allNotices(trx, countyId)) } = request.body
          const hash = noticeHash({ purpose, party, version, texts })
          await queries.publish(trx, countyId, noticeId, { version, renews, hash, by, now: context.clock() })
          await record(trx, scope, context, [
            { action: 'notice.published', subject: 'notice', subjectIds: [noticeId], schoolId, details: { purpose, version, renews } },
          ])
          if (renews && purpose === 'screening') await follow(trx, countyId, 'all')
          return out(await queries.noticeById(trx, countyId, noticeId), await currentFor(trx, countyId, schoolId))
        })
      },
    )

    app.get(
      '/notices/:noticeId/standing',
      {
        config: readers,
        schema: {
          description: 'per class: on this text, on an older one, without a decision, refused or withdrawn',
          params: byNotice,
          response: { 200: standing },
        },
      },
      async (request) => {
        const { scope, countyId } = staffActor(request)
        return inScope(context.db, scope, 'app', async (trx) => {
          const notice = await queries.noticeById(trx, countyId, request.params.noticeId)
          if (notice.state !== 'published') throw new Problem('notice.not-published')
          return { classes: (await queries.standingByClass(trx, countyId, notice)).rows }
        })
      },
    )
  }
