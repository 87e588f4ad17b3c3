// The pupil's calls: sit down with a code, say how far she is, decline, ask to talk, hand in the sheet.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { open, type PupilActor, pupil, pupilActor, pupilKept, pupilRemembered } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inScope, nowhere, type Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { declineSeat, setProgress } from './board-queries.ts'
import { readTyped } from './codes.ts'
import type { Hands } from './intake.ts'
import { refuseOlder } from './page.ts'
import { qualityOf } from './quality.ts'
import { sealedType, sealingKeys, sheetLimit, unseal } from './sealing.ts'
import { seated, sitDown } from './sign-in.ts'
import * as signIn from './sign-in-queries.ts'
import { soFarRoutes } from './so-far-routes.ts'
import { storeInBatches } from './storing.ts'
import { bodyHash, scoreSubmission, submissionShape } from './submission.ts'

const receiptShape = z.strictObject({ submissionId: id, bodyHash: z.string(), receivedAt: at })

/** What is no number says nothing, and keeps no sheet from arriving. */
const turnIn = (header: string | undefined) => (header && /^\d{1,6}$/.test(header) ? Number(header) : undefined)

type Asking = Pick<PupilActor, 'seatId' | 'schoolId' | 'participantId' | 'studyId' | 'wave'> & { readonly askedAt: Date }
/** What follows when a pupil asks to talk to somebody: a flag and its case. */
export type OnRequest = (trx: Trx, countyId: string, asking: Asking) => Promise<{ readonly requestId: string; readonly receivedAt: Date }>

export const pupilRoutes =
  (context: Context, hands: Hands, onRequest: OnRequest, served: string | null = null): FastifyPluginAsyncZod =>
  async (app) => {
    const store = storeInBatches(context, hands)
    const parse = app.getDefaultJsonParser('error', 'error')
    app.addContentTypeParser(sealedType, { parseAs: 'buffer' }, (request: FastifyRequest, sealed: Buffer, done) => {
      if (request.actor?.kind !== 'pupil') return done(new Problem('request.wrong-type'))
      const text = unseal(sealed, sealingKeys(context.secrets.sheetKey, request.actor.sessionId).secretKey)
      return text === null ? done(new Problem('submission.seal-broken')) : parse(request, text, done)
    })
    const code = z.string().trim().min(1).max(20)
    app.post(
      '/pupil/sign-in',
      {
        config: { access: open },
        bodyLimit: 1000,
        schema: { body: z.strictObject({ locator: code, code, factor: z.string().trim().max(40).optional() }), response: { 200: seated } },
      },
      async (request) => {
        refuseOlder(request.headers['x-page'], served)
        const locator = readTyped(request.body.locator)
        const place = await inScope(context.db, nowhere, 'app', (trx) => signIn.placeOfLocator(trx, locator))
        const result = place ? await sitDown(context, place, request.body) : 'session.code-wrong'
        if (typeof result === 'string') throw new Problem(result)
        return result
      },
    )

    const progress = z.strictObject({
      at: z.int().min(0).max(10_000),
      of: z.int().min(0).max(10_000),
      now: z.enum(['answering', 'paused', 'finished']),
    })
    app.post(
      '/pupil/progress',
      { config: { access: pupilKept }, bodyLimit: 1000, schema: { body: progress, response: { 204: z.null() } } },
      async (request, reply) => {
        const { scope, seatId } = pupilActor(request)
        await inScope(context.db, scope, 'app', (trx) => setProgress(trx, scope.countyId, seatId, request.body, context.clock()))
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/pupil/decline',
      {
        config: { access: pupil },
        bodyLimit: 1000,
        schema: { body: z.strictObject({ turn: z.int().min(0) }), response: { 201: z.strictObject({ receivedAt: at }) } },
      },
      async (request, reply) => {
        const { scope, seatId, schoolId } = pupilActor(request)
        await inScope(context.db, scope, 'app', async (trx) => {
          if (!(await declineSeat(trx, scope.countyId, seatId, request.body.turn))) return
          await record(trx, scope, context, [
            { action: 'seat.marked', subject: 'seat', subjectIds: [seatId], schoolId, details: { absence: 'declined' } },
          ])
        })
        return reply.code(201).send({ receivedAt: context.clock().toISOString() })
      },
    )

    await app.register(soFarRoutes(context, hands))

    app.post(
      '/pupil/talk',
      {
        config: { access: pupil },
        bodyLimit: 1000,
        schema: { body: z.strictObject({ askedAt: at }), response: { 201: z.strictObject({ requestId: id, receivedAt: at }) } },
      },
      async (request, reply) => {
        const { scope, ...seat } = pupilActor(request)
        const askedAt = new Date(request.body.askedAt)
        const made = await inScope(context.db, scope, 'app', (trx) => onRequest(trx, scope.countyId, { ...seat, askedAt }))
        return reply.code(201).send({ requestId: made.requestId, receivedAt: made.receivedAt.toISOString() })
      },
    )

    const key = z.object({
      'idempotency-key': z.string().optional(),
      'x-turn': z.string().optional().describe('the sign-in at which the device last sat down'),
    })
    app.post(
      '/pupil/submissions',
      {
        config: { access: pupilRemembered },
        bodyLimit: sheetLimit,
        schema: {
          description: `a body of the type ${sealedType} is this JSON, sealed to the session's key`,
          headers: key,
          body: submissionShape,
          response: { 201: receiptShape },
        },
      },
      async (request, reply) => {
        const actor = pupilActor(request)
        const idempotencyKey = request.headers['idempotency-key']
        if (!idempotencyKey || !/^[\w-]{16,64}$/.test(idempotencyKey)) throw new Problem('submission.key-missing')
        const { countyId } = actor.scope
        const scored = scoreSubmission(context.library, actor.battery, request.body)
        const { language, ended, startedAt, finishedAt } = request.body
        const sheet = {
          submissionId: context.ids(),
          seatId: actor.seatId,
          sessionId: actor.sessionId,
          schoolId: actor.schoolId,
          participantId: actor.participantId,
          studyId: actor.studyId,
          wave: actor.wave,
          idempotencyKey,
          bodyHash: bodyHash(request.body),
          language,
          ended,
          turn: turnIn(request.headers['x-turn']),
          startedAt: new Date(startedAt),
          finishedAt: new Date(finishedAt),
          receivedAt: context.clock(),
          scored,
          fresh: actor.fresh,
          tokenHash: actor.tokenHash,
          quality: qualityOf(context.library, scored, request.body),
        }
        const outcome = await store(countyId, sheet)
        if (outcome.kind === 'refused') throw new Problem(outcome.problem)
        const { submissionId, bodyHash: hash, receivedAt } = outcome.receipt
        return reply.code(201).send({ submissionId, bodyHash: hash, receivedAt: receivedAt.toISOString() })
      },
    )
  }
