// A paper sheet into the database: the first reading is a stored submission at once (SAF-01), the second is blind and by somebody else.
import type { StaffActor } from '../access.ts'
import { type AuditEntry, record } from '../audit/record.ts'
import { consentedFor } from '../consents/queries.ts'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import { Problem } from '../problem.ts'
import { type Hands, type ScoredSheet, type Sheet, storeSheets } from './intake.ts'
import { differences, isSameReading, type Keyed, notEntered, settled } from './paper.ts'
import * as paper from './paper-queries.ts'
import { type Session, sessionById } from './queries.ts'
import { bodyHash, type SubmissionBody, scoreSubmission } from './submission.ts'

/** What follows from a reading: `store` with a new submission, `reread` when one that is stored is read again (SAF-14). */
export type Desk = {
  readonly context: Context
  readonly trx: Trx
  readonly actor: StaffActor
  readonly hands: Hands
  readonly session: Session
  readonly seat: Awaited<ReturnType<typeof paper.lockSeat>>
}
export type Reading = { readonly answeredOn: string; readonly language: string; readonly sheets: SubmissionBody['sheets'] }

export const openDesk = async (
  context: Context,
  trx: Trx,
  actor: StaffActor,
  hands: Hands,
  place: { readonly sessionId: string; readonly seatId: string },
): Promise<Desk> => {
  const session = await sessionById(trx, actor.countyId, place.sessionId)
  if (session.state === 'planned') throw new Problem('paper.not-yet')
  return { context, trx, actor, hands, session, seat: await paper.lockSeat(trx, actor.countyId, place.sessionId, place.seatId) }
}

export const keyed = (scored: readonly ScoredSheet[]): readonly Keyed[] =>
  scored.map(({ instrument, version, answers }) => ({ instrument, version, answers: answers as Keyed['answers'] })) // scoreSubmission checked them

const local = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10) // China has one time zone and no summer time

/** The body as a device would send it, from the noon of the day on which the pupil wrote. */
const bodyOf = ({ context, session }: Desk, { answeredOn, language, sheets }: Reading): SubmissionBody => {
  const now = context.clock()
  if (answeredOn > local(now) || answeredOn < local(session.createdAt)) throw new Problem('paper.day-impossible')
  const noon = new Date(`${answeredOn}T12:00:00+08:00`)
  const at = (noon < now ? noon : now).toISOString()
  return { language, startedAt: at, finishedAt: at, ended: 'finished', sheets: [...sheets] }
}

const scoredOf = ({ context, session }: Desk, body: SubmissionBody): readonly ScoredSheet[] => {
  const given = keyed(scoreSubmission(context.library, session.battery, body))
  const missing = notEntered(context.library, given)
  if (missing.length > 0) throw new Problem('paper.incomplete', { what: missing.slice(0, 5).join(', ') })
  const sheets = settled(context.library, given).map((sheet) => ({ ...sheet }))
  return scoreSubmission(context.library, session.battery, { ...body, sheets })
}

/** No device has this key: theirs are letters, digits, hyphens and underscores. */
const paperKey = 'paper:first-reading'

type Facts = Pick<Sheet, 'submissionId' | 'bodyHash' | 'language' | 'startedAt' | 'finishedAt' | 'scored'>
export const sheetOf = ({ context, session, seat }: Desk, facts: Facts): Sheet => ({
  seatId: seat.id,
  sessionId: session.id,
  schoolId: seat.schoolId,
  participantId: seat.participantId,
  studyId: session.studyId,
  wave: session.wave,
  idempotencyKey: paperKey,
  ended: 'finished',
  receivedAt: context.clock(),
  quality: null,
  tokenHash: null,
  ...facts,
})

const keep = async (desk: Desk, submissionId: string, turn: 1 | 2, sheets: readonly Keyed[]) => {
  const { context, trx, actor, session, seat } = desk
  const entry = { seatId: seat.id, submissionId, turn, sheets, enteredBy: actor.accountId }
  const { schoolId } = seat
  await paper.insertEntry(trx, actor.countyId, { ...entry, id: context.ids(), schoolId, sessionId: session.id, now: context.clock() })
  return { action: 'paper.entered', subject: 'submission', subjectIds: [submissionId], schoolId, details: { turn } } satisfies AuditEntry
}

const first = async (desk: Desk, reading: Reading) => {
  const { context, trx, actor, hands } = desk
  const { countyId, scope } = actor
  const body = bodyOf(desk, reading)
  const sheet = sheetOf(desk, {
    submissionId: context.ids(),
    bodyHash: bodyHash(body),
    language: body.language,
    startedAt: new Date(body.startedAt),
    finishedAt: new Date(body.finishedAt),
    scored: scoredOf(desk, body),
  })
  const {
    outcomes: [outcome],
    followed,
  } = await storeSheets(trx, countyId, [sheet], hands)
  if (outcome?.kind === 'refused') throw new Problem(outcome.problem)
  const { submissionId, schoolId } = sheet
  const stored: AuditEntry = { action: 'submission.stored', subject: 'submission', subjectIds: [submissionId], schoolId }
  await record(trx, scope, context, [stored, await keep(desk, submissionId, 1, keyed(sheet.scored)), ...followed])
  return submissionId
}

/** A risk that only the second reading sees is shown to a person at once, before anybody has decided who read well. */
const second = async (desk: Desk, earlier: paper.Entry, reading: Reading) => {
  const { context, trx, actor, hands, seat } = desk
  const { submissionId } = earlier
  const stored = await paper.submissionById(trx, actor.countyId, submissionId)
  const body: SubmissionBody = { ...bodyOf(desk, reading), language: stored.language }
  const scored = scoredOf(desk, body)
  const entered = await keep(desk, submissionId, 2, keyed(scored))
  const found = differences(context.library, earlier.sheets, keyed(scored)).map((one) => ({ ...one, id: context.ids() }))
  await paper.insertConflicts(trx, actor.countyId, { submissionId, schoolId: seat.schoolId }, found)
  const { startedAt, finishedAt } = stored
  const again = sheetOf(desk, { submissionId, bodyHash: bodyHash(body), language: stored.language, startedAt, finishedAt, scored })
  await record(trx, actor.scope, context, [entered, ...(await hands.reread(trx, actor.countyId, [again]))])
  return submissionId
}

/** The reading of this person that is stored already, when the answer to it was lost on the way. */
const repeated = (desk: Desk, entries: readonly paper.Entry[], reading: Reading): paper.Entry | null => {
  const own = entries.find(({ enteredBy }) => enteredBy === desk.actor.accountId)
  if (!own) return null
  return isSameReading(own.sheets, keyed(scoredOf(desk, bodyOf(desk, reading)))) ? own : null
}

export type Entered = { readonly submissionId: string; readonly turn: 1 | 2 }

export const enterSheet = async (desk: Desk, reading: Reading): Promise<Entered> => {
  const { trx, actor, seat } = desk
  if (!(await consentedFor(trx, actor.countyId, 'screening', [seat.participantId])).has(seat.participantId))
    throw new Problem('session.seat-withdrawn')
  const entries = await paper.entriesOfSeat(trx, actor.countyId, seat.id)
  const earlier = entries[0]
  if (!earlier) return { submissionId: await first(desk, reading), turn: 1 }
  const same = repeated(desk, entries, reading)
  if (same) return { submissionId: same.submissionId, turn: same.turn }
  if (entries.length > 1) throw new Problem('paper.entered-twice')
  if (earlier.enteredBy === actor.accountId) throw new Problem('paper.same-person')
  return { submissionId: await second(desk, earlier, reading), turn: 2 }
}
