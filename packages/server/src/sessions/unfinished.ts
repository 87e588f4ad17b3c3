// SAF-02: a session is closed and some of its pupils have handed in nothing. A risk question that they passed over on purpose is heard then, as
// it would be on their sheets; one that they never came to says nothing.
import type { AuditEntry } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import { type Hands, type Heard, isFinished } from './intake.ts'
import { lockSeats } from './intake-queries.ts'
import { seatsSoFar, type Unfinished, unfinishedOf } from './so-far-queries.ts'
import { type SubmissionBody, scoreSubmission } from './submission.ts'

const passedOver = ['skipped', 'declined']

const heardIn = (context: Context, { answers, battery, startedAt, answeredAt, ...seat }: Unfinished): Heard => {
  const sheets = answers as SubmissionBody['sheets'] // written by so-far.ts
  const times = { startedAt: startedAt.toISOString(), finishedAt: answeredAt.toISOString() }
  const scored = scoreSubmission(context.library, battery, { language: '', ended: 'stopped', sheets, ...times })
  return {
    ...seat,
    ...{ submissionId: null, idempotencyKey: '', bodyHash: '', language: '', ended: 'stopped', quality: null },
    ...{ startedAt, finishedAt: answeredAt, receivedAt: context.clock() },
    scored: scored.map((one) => ({
      ...one,
      flags: one.flags.filter(({ kind, value }) => kind === 'unanswered' && passedOver.includes(String(value))),
    })),
  }
}

/** Of this session, and of any whose answers so far are about to be forgotten. Returns what to audit. */
export const hearUnfinished = async (
  context: Context,
  trx: Trx,
  { reread }: Hands,
  place: { readonly countyId: string; readonly sessionId: string; readonly forgottenBefore: Date },
): Promise<readonly AuditEntry[]> => {
  const { countyId } = place
  const seats = await lockSeats(trx, countyId, await seatsSoFar(trx, countyId, place))
  const unfinished = [...seats].flatMap(([seatId, seat]) => (isFinished(seat) ? [] : [seatId]))
  const heard = (await unfinishedOf(trx, countyId, unfinished)).map((one) => heardIn(context, one))
  return reread(trx, countyId, heard)
}
