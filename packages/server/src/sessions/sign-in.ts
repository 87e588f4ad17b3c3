// How a pupil comes to her seat: by the code of her card at first, by the token she got for it in every later call.
import { z } from 'zod'
import type { Memory, PupilActor } from '../access.ts'
import { hashToken } from '../accounts/credentials.ts'
import { record } from '../audit/record.ts'
import { consentedFor } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../db/batches.ts'
import type { Database } from '../db/connect.ts'
import { batchInScope, inScope, type Scope, type Trx } from '../db/scope.ts'
import type { SecondFactor } from '../db/tables.ts'
import { formOf, requireInstrument } from '../library/rules.ts'
import { Problem } from '../problem.ts'
import { at } from '../shapes.ts'
import { studyById } from '../studies/queries.ts'
import { hashCode, hashFactor, readSeatToken, readTyped, sameToken, seatToken } from './codes.ts'
import * as queries from './queries.ts'
import { resumeHours, tokenDays, wrongCodeCap, wrongFactorCap } from './rules.ts'
import { sealingKeys } from './sealing.ts'
import { typedFactor } from './second-factor.ts'
import * as signIn from './sign-in-queries.ts'
import { soFarOf } from './so-far-queries.ts'
import { answersShape } from './submission.ts'

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
export const seated = z.strictObject({
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
const distinct = (ids: readonly string[]) => [...new Set(ids)]

type Bearer = { readonly schoolId: string; readonly seatId: string; readonly tokenHash: string }

/** The longest remembered goes when there are too many. */
const remember = (known: Map<string, PupilActor>, actor: PupilActor, most: number) => {
  const [oldest] = known.size >= most ? known.keys() : []
  if (oldest !== undefined) known.delete(oldest)
  known.set(actor.tokenHash, actor)
}

/**
 * From a bearer token to the seat it speaks for, or null. Pupils who come at once are looked up at once. What is remembered of one cannot change:
 * the database lets nobody write another pupil, session or battery to a seat.
 */
export const findPupil = (db: Database, clock: () => Date, mostRemembered = 20_000) => {
  const look = inBatches(async (countyId: string, bearers: readonly Bearer[]) => {
    const scope = { countyId, schoolIds: distinct(bearers.map(({ schoolId }) => schoolId)), accountId: null }
    const seats = await batchInScope(db, scope, (trx) => signIn.seatsOfTokens(trx, countyId, bearers, clock()))
    const seated = new Map(seats.map((seat) => [`${seat.seatId} ${seat.tokenHash}`, seat]))
    return bearers.map(({ seatId, tokenHash }) => seated.get(`${seatId} ${tokenHash}`) ?? null)
  })
  const known = new Map<string, PupilActor>()
  return async (token: string, memory: Memory): Promise<PupilActor | null> => {
    const key = readSeatToken(token)
    if (!key) return null
    const { countyId, schoolId, seatId } = key
    const tokenHash = hashToken(token)
    const remembered = known.get(tokenHash)
    known.delete(tokenHash)
    if (memory === 'used' && remembered) return remembered
    const seat = await look(countyId, { schoolId, seatId, tokenHash })
    if (!seat) return null
    const actor: PupilActor = { kind: 'pupil', ...seat, scope: { countyId, schoolIds: [schoolId], accountId: null } }
    if (memory === 'kept') remember(known, actor, mostRemembered)
    return actor
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

/** With the code of her card, and what else is asked, a pupil sits down at her seat. Wrong ones are counted, and told by their problem. */
export const sitDown = async (context: Context, place: Place, typed: Typed): Promise<z.infer<typeof seated> | Wrong> => {
  const { countyId, schoolId, sessionId } = place
  const scope: Scope = { countyId, schoolIds: [schoolId], accountId: null }
  return inScope(context.db, scope, 'app', async (trx) => {
    const session = await queries.sessionById(trx, countyId, sessionId)
    const seats = await queries.everySeatOf(trx, countyId, [sessionId]).execute()
    if (session.wrongCodes >= wrongCodeCap(seats.length)) throw new Problem('session.too-many-wrong-codes', {}, 60)
    const codeHash = hashCode(context.secrets.codePepper, sessionId, readTyped(typed.code))
    const seat = seats.find((candidate) => candidate.codeHash !== null && sameToken(candidate.codeHash, codeHash))
    if (!seat) {
      await signIn.countWrongCode(trx, countyId, sessionId)
      return 'session.code-wrong'
    }
    if (session.state !== 'open') throw new Problem('session.not-open')
    if (seat.state === 'submitted' || seat.state === 'stopped') throw new Problem('session.already-submitted')
    if (!(await consentedFor(trx, countyId, 'screening', [seat.participantId])).has(seat.participantId))
      throw new Problem('session.seat-withdrawn')
    if (seat.wrongFactors >= wrongFactorCap) throw new Problem('session.second-factor-spent', {}, 60)
    if (!isHerself(context, session.secondFactor, seat, typed.factor)) {
      await signIn.countWrongFactor(trx, countyId, seat.id)
      return 'session.second-factor-wrong'
    }
    const token = seatToken(context.secrets.codePepper, { countyId, schoolId, seatId: seat.id }, codeHash)
    const now = context.clock()
    const expiresAt = new Date(now.getTime() + tokenDays * 86_400_000)
    const turn = await signIn.startSeat(trx, countyId, { id: seat.id, codeHash }, { hash: hashToken(token), expiresAt }, now)
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
