// The pupil's calls: sit down with a code, say how far she is, decline, ask to talk, hand in the sheet.
import type { FastifyPluginAsyncZod } from '@fastify/type-provider-zod'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { open, type PupilActor, pupil, pupilActor } from '../access.ts'
import { hashToken } from '../accounts/credentials.ts'
import { record } from '../audit/record.ts'
import { consentedFor } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../db/batches.ts'
import type { Database } from '../db/connect.ts'
import { inScope, nowhere, readInScope, type Scope, type Trx } from '../db/scope.ts'
import type { SecondFactor } from '../db/tables.ts'
import { formOf, requireInstrument } from '../library/rules.ts'
import { Problem } from '../problem.ts'
import { at, id } from '../shapes.ts'
import { studyById } from '../studies/queries.ts'
import { declineSeat, setProgress } from './board-queries.ts'
import { hashCode, hashFactor, readSeatToken, readTyped, sameToken, seatToken } from './codes.ts'
import type { Hands } from './intake.ts'
import { refuseOlder } from './page.ts'
import { qualityOf } from './quality.ts'
import * as queries from './queries.ts'
import { resumeHours, tokenDays, wrongCodeCap, wrongFactorCap } from './rules.ts'
import { sealedType, sealingKeys, sheetLimit, unseal } from './sealing.ts'
import { typedFactor } from './second-factor.ts'
import { soFarOf } from './so-far-queries.ts'
import { soFarRoutes } from './so-far-routes.ts'
import { storeInBatches } from './storing.ts'
import { answersShape, bodyHash, scoreSubmission, submissionShape } from './submission.ts'

const words = z.record(z.string(), z.string())
const formShape = z.strictObject({
  id: z.string(),
  version: z.string(),
  acronym: z.string(),
  estimatedMinutes: z.number(),
  itemsPerPage: z.int().describe('how many items stand on one page; the last page has what is left'),
  risks: z
    .array(z.strictObject({ item: z.string(), from: z.number(), to: z.number() }))
    .describe('answers that a person looks at: the device hands them in before all else (SAF-12)'),
  items: z.array(
    z.strictObject({
      id: z.string(),
      options: z.string(),
      askedIf: z
        .strictObject({ item: z.string(), orItems: z.array(z.string()).optional(), from: z.int(), to: z.int() })
        .optional()
        .describe('asked while that earlier item (or one of orItems) has no answer outside from and to'),
      otherwise: z.int().optional(),
    }),
  ),
  optionSets: z.record(z.string(), z.array(z.strictObject({ id: z.string(), value: z.number() }))),
  texts: z.record(
    z.string(),
    z.strictObject({
      language: z.string(),
      name: z.string(),
      instructions: z.string().nullable(),
      stem: z.string(),
      items: words,
      options: z.record(z.string(), words),
    }),
  ),
})
const soFar = z.strictObject({
  turn: z.int().describe('the sign-in at which these answers were given'),
  startedAt: at,
  sheets: z.array(answersShape),
})
const seated = z.strictObject({
  token: z.string(),
  seat: z.strictObject({ number: z.int(), initial: z.string() }),
  className: z.string(),
  schoolName: z.string(),
  languages: z.array(z.string()),
  demo: z.boolean(),
  battery: z.array(formShape),
  help: z.strictObject({ contact: z.string().nullable() }),
  turn: z.int().describe('counts the sign-ins of the seat'),
  soFar: soFar.nullable().describe('what the seat has answered so far, wherever it was'),
  anew: z.boolean().describe('what was answered lies too long back: the pupil begins anew'),
  sealTo: z.string().describe('the public key of the session (X25519, base64): finished sheets are sealed to it'),
})
const receiptShape = z.strictObject({ submissionId: id, bodyHash: z.string(), receivedAt: at })

/** What is no number says nothing, and keeps no sheet from arriving. */
const turnIn = (header: string | undefined) => (header && /^\d{1,6}$/.test(header) ? Number(header) : undefined)

const distinct = (ids: readonly string[]) => [...new Set(ids)]

type Bearer = { readonly schoolId: string; readonly seatId: string; readonly tokenHash: string }

/** From a bearer token to the seat it speaks for, or null. Pupils who come at once are looked up at once. */
export const findPupil = (db: Database, clock: () => Date) => {
  const look = inBatches(async (countyId: string, bearers: readonly Bearer[]) => {
    const scope = { countyId, schoolIds: distinct(bearers.map(({ schoolId }) => schoolId)), accountId: null }
    const [seatIds, hashes] = [bearers.map(({ seatId }) => seatId), bearers.map(({ tokenHash }) => tokenHash)]
    const seats = await readInScope(db, scope, 'app', (trx) => queries.seatsOfTokens(trx, countyId, seatIds, hashes, clock()))
    const known = new Map(seats.map(({ tokenHash, ...seat }) => [`${seat.seatId} ${tokenHash}`, seat]))
    return bearers.map(({ seatId, tokenHash }) => known.get(`${seatId} ${tokenHash}`) ?? null)
  })
  return async (token: string): Promise<PupilActor | null> => {
    const key = readSeatToken(token)
    if (!key) return null
    const { countyId, schoolId, seatId } = key
    const seat = await look(countyId, { schoolId, seatId, tokenHash: hashToken(token) })
    return seat ? { kind: 'pupil', ...seat, scope: { countyId, schoolIds: [schoolId], accountId: null } } : null
  }
}

type SeatRow = Awaited<ReturnType<typeof queries.seatsOf>>[number]
type Place = { readonly countyId: string; readonly schoolId: string; readonly sessionId: string }

type Typed = { readonly code: string; readonly factor?: string | undefined }
type Wrong = 'session.code-wrong' | 'session.second-factor-wrong'

const asked = { none: null, 'birth-day': 'session.birth-day-needed', 'student-number-tail': 'session.student-number-needed' } as const

/** Whether what was typed besides the code is what the seat keeps. A seat of which the roster knows nothing is not asked. */
const isHerself = ({ secrets }: Context, kind: SecondFactor, seat: Pick<SeatRow, 'id' | 'factorHash'>, typed: string | undefined) => {
  const problem = asked[kind]
  if (problem === null || seat.factorHash === null) return true
  if (!typed) throw new Problem(problem)
  return sameToken(seat.factorHash, hashFactor(secrets.codePepper, seat.id, typedFactor(kind, typed)))
}

const sitDown = async (context: Context, place: Place, typed: Typed): Promise<z.infer<typeof seated> | Wrong> => {
  const { countyId, schoolId, sessionId } = place
  const scope: Scope = { countyId, schoolIds: [schoolId], accountId: null }
  return inScope(context.db, scope, 'app', async (trx) => {
    const session = await queries.sessionById(trx, countyId, sessionId)
    const seats = await queries.everySeatOf(trx, countyId, [sessionId]).execute()
    if (session.wrongCodes >= wrongCodeCap(seats.length)) throw new Problem('session.too-many-wrong-codes', {}, 60)
    const codeHash = hashCode(context.secrets.codePepper, sessionId, readTyped(typed.code))
    const seat = seats.find((candidate) => candidate.codeHash !== null && sameToken(candidate.codeHash, codeHash))
    if (!seat) {
      await queries.countWrongCode(trx, countyId, sessionId)
      return 'session.code-wrong'
    }
    if (session.state !== 'open') throw new Problem('session.not-open')
    if (seat.state === 'submitted' || seat.state === 'stopped') throw new Problem('session.already-submitted')
    if (!(await consentedFor(trx, countyId, 'screening', [seat.participantId])).has(seat.participantId))
      throw new Problem('session.seat-withdrawn')
    if (seat.wrongFactors >= wrongFactorCap) throw new Problem('session.second-factor-spent', {}, 60)
    if (!isHerself(context, session.secondFactor, seat, typed.factor)) {
      await queries.countWrongFactor(trx, countyId, seat.id)
      return 'session.second-factor-wrong'
    }
    const token = seatToken(context.secrets.codePepper, { countyId, schoolId, seatId: seat.id }, codeHash)
    const now = context.clock()
    const expiresAt = new Date(now.getTime() + tokenDays * 86_400_000)
    const turn = await queries.startSeat(trx, countyId, { id: seat.id, codeHash }, { hash: hashToken(token), expiresAt }, now)
    if (turn === null) return 'session.code-wrong'
    await record(trx, scope, context, [{ action: 'seat.signed-in', subject: 'seat', subjectIds: [seat.id], schoolId }])
    const { languages } = (await studyById(trx, countyId, session.studyId)).protocol
    return {
      token,
      turn,
      ...(await resumption(trx, countyId, seat, now)),
      seat: { number: seat.number, initial: seat.initial ?? '' },
      className: session.className,
      schoolName: session.schoolName,
      languages: [...languages],
      demo: context.simulated,
      battery: session.battery.map(({ instrument, version, itemsPerPage = 1 }) => ({
        ...formOf(requireInstrument(context.library, instrument, version), languages),
        itemsPerPage,
      })),
      help: { contact: context.config.helpContact },
      sealTo: Buffer.from(sealingKeys(context.secrets.sheetKey, sessionId).publicKey).toString('base64'),
    }
  })
}

/** What the seat goes on with. What lies too far back is not handed out: it was heard when it came, and the pupil begins anew. */
const resumption = async (trx: Trx, countyId: string, seat: Pick<SeatRow, 'id' | 'state' | 'seenAt'>, now: Date) => {
  const kept = await soFarOf(trx, countyId, seat.id)
  const heardAt = kept?.receivedAt ?? (seat.state === 'started' ? seat.seenAt : null)
  const anew = heardAt !== null && now.getTime() - heardAt.getTime() > resumeHours * 3_600_000
  if (!kept || anew || kept.turn === 0) return { soFar: null, anew }
  const sheets = kept.answers as z.infer<typeof answersShape>[] // written by so-far.ts
  return { soFar: { turn: kept.turn, startedAt: kept.startedAt.toISOString(), sheets }, anew }
}

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
        const place = await inScope(context.db, nowhere, 'app', (trx) => queries.placeOfLocator(trx, locator))
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
      { config: { access: pupil }, bodyLimit: 1000, schema: { body: progress, response: { 204: z.null() } } },
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
        config: { access: pupil },
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
          quality: qualityOf(context.library, scored, request.body),
        }
        const outcome = await store(countyId, sheet)
        if (outcome.kind === 'refused') throw new Problem(outcome.problem)
        const { submissionId, bodyHash: hash, receivedAt } = outcome.receipt
        return reply.code(201).send({ submissionId, bodyHash: hash, receivedAt: receivedAt.toISOString() })
      },
    )
  }
