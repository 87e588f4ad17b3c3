// SAF-12: what a pupil has answered so far. It is kept for another machine to go on with, and what it says of risk is heard at once: a sheet that
// is never handed in hides no risk answer (law 2).
import type { Answers } from '@tongxing/instruments'
import { z } from 'zod'
import type { PupilActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { inBatches } from '../db/batches.ts'
import { batchInScope } from '../db/scope.ts'
import { type Hands, type Heard, isFinished, type ScoredSheet, type Sheet } from './intake.ts'
import { lockSeats } from './intake-queries.ts'
import { submissionsOfSeats } from './queries.ts'
import { keepSoFar, markHeard, type NewSoFar, withdrawnAmong } from './so-far-queries.ts'
import { scoreSubmission, submissionShape } from './submission.ts'

const last = 1_000_000

export const soFarShape = submissionShape.omit({ ended: true }).extend({
  turn: z.int().min(0).describe('of the sign-in at which the device sat down; 0 for answers that are heard and not gone on with'),
  revision: z.int().min(0).max(last).describe('counts the changes of the sheet on the device'),
})
export type SoFarBody = z.infer<typeof soFarShape>
export type SoFar = { readonly kept: NewSoFar; readonly heard: Heard }

/** A question that is not answered yet says nothing, and a scale speaks only when it is whole: its sum may still change. */
const saysSoFar = ({ flags, scores, ...sheet }: ScoredSheet): ScoredSheet => {
  const isWhole = (scale: string) =>
    scores.some((score) => score.scale === scale && score.kind === 'scored' && !score.prorated && score.answered === score.of)
  return { ...sheet, scores, flags: flags.filter(({ kind, subject }) => kind === 'item' || (kind === 'scale' && isWhole(subject))) }
}

const countsOf = ({ library }: Context, scored: readonly ScoredSheet[]) => {
  const items = scored.reduce((sum, { instrument, version }) => sum + (library.get(instrument, version)?.items.length ?? 0), 0)
  const given = scored.flatMap(({ answers }) => Object.values(answers as Answers)) // scoreSubmission checked them
  return {
    answered: given.filter((answer) => typeof answer === 'number').length,
    asked: items - given.filter((answer) => answer === 'not_shown').length,
  }
}

const answersIn = (scored: readonly ScoredSheet[]) => scored.map(({ instrument, version, answers }) => ({ instrument, version, answers }))

/** The sheet that a machine which the pupil has left hands in unfinished: the last that it says of what she had answered. */
export const lastOf = (context: Context, { seatId, schoolId, turn = 0, scored, startedAt, finishedAt, receivedAt }: Sheet): NewSoFar => ({
  ...{ seatId, schoolId, turn, revision: last, answers: answersIn(scored), ...countsOf(context, scored) },
  ...{ startedAt, answeredAt: finishedAt, receivedAt },
})

export const readSoFar = (context: Context, actor: PupilActor, body: SoFarBody): SoFar => {
  const { turn, revision, ...sheet } = body
  const scored = scoreSubmission(context.library, actor.battery, { ...sheet, ended: 'stopped' })
  const [startedAt, finishedAt, receivedAt] = [new Date(body.startedAt), new Date(body.finishedAt), context.clock()]
  const { seatId, sessionId, schoolId, participantId, studyId, wave } = actor
  return {
    kept: {
      seatId,
      schoolId,
      turn,
      revision,
      answers: answersIn(scored),
      ...countsOf(context, scored),
      startedAt,
      answeredAt: finishedAt,
      receivedAt,
    },
    heard: {
      ...{ submissionId: null, seatId, sessionId, schoolId, participantId, studyId, wave, idempotencyKey: '', bodyHash: '' },
      ...{ language: body.language, ended: 'stopped', startedAt, finishedAt, receivedAt, quality: null },
      scored: scored.map(saysSoFar),
    },
  }
}

const latest = (ones: readonly SoFar[]): readonly NewSoFar[] => {
  const inOrder = ones.map(({ kept }) => kept).toSorted((left, right) => left.turn - right.turn || left.revision - right.revision)
  return [...new Map(inOrder.map((kept) => [kept.seatId, kept])).values()]
}

/** Of a seat that has handed in, or was withdrawn, nothing is kept any more, but it is heard beside the sheet that is stored. Flags stand in the same transaction (SAF-01). */
export const soFarInBatches = (context: Context, { reread }: Hands) =>
  inBatches((countyId: string, ones: readonly SoFar[]) => {
    const scope = { countyId, schoolIds: [...new Set(ones.map(({ kept }) => kept.schoolId))], accountId: null }
    const seatIds = ones.map(({ kept }) => kept.seatId)
    return batchInScope(context.db, scope, async (trx) => {
      const seats = await lockSeats(trx, countyId, seatIds)
      await markHeard(
        trx,
        countyId,
        seatIds.filter((seatId) => seats.get(seatId)?.heard === false),
      )
      const done = seatIds.filter((seatId) => isFinished(seats.get(seatId)))
      const unkept = [...done, ...(await withdrawnAmong(trx, countyId, seatIds))]
      await keepSoFar(trx, countyId, latest(ones.filter(({ kept }) => !unkept.includes(kept.seatId))))
      const speaking = ones.flatMap(({ heard }) => (heard.scored.some(({ flags }) => flags.length > 0) ? [heard] : []))
      if (speaking.length > 0) {
        const stored = done.length > 0 ? await submissionsOfSeats(trx, countyId, done) : new Map<string, string>()
        const linked = speaking.map((one) => ({ ...one, submissionId: stored.get(one.seatId) ?? null }))
        await record(trx, scope, context, await reread(trx, countyId, linked))
      }
      return ones.map(({ kept }) => kept.receivedAt)
    })
  })
