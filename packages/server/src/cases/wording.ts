// Flags and scores in the words of their instruments: a counsellor reads sentences, not rule names.
import type { z } from 'zod'
import type { Context } from '../context.ts'
import type { FlagRow } from '../flags/queries.ts'
import type { StoredScore } from '../sessions/intake.ts'
import type { OtherReview, sheetsOfParticipant } from './queries.ts'
import type { flagShape, scoreShape } from './shapes.ts'

/** A flag that no instrument raised: the pupil herself did. */
const requestWords = { 'zh-CN': '学生主动提出：想找人聊聊', en: 'The pupil says that she would like to talk to someone' }

/** The words of an instrument, in every language it has. */
export const wording = (context: Context, instrument: string, version: string) => {
  const definition = context.library.get(instrument, version)
  const texts = Object.entries(definition?.texts ?? {})
  const say = (pick: (text: (typeof texts)[number][1]) => string | undefined) =>
    Object.fromEntries(texts.flatMap(([language, text]) => (pick(text) === undefined ? [] : [[language, pick(text)!]])))
  return {
    rule: (rule: string) => (instrument === '' ? requestWords : say((text) => text.riskRules[rule])),
    subject: (subject: string) => say((text) => text.items[subject] ?? text.scales[subject]),
    scale: (scale: string) => say((text) => text.scales[scale]),
    direction: (scale: string) => definition?.scales.find(({ id }) => id === scale)?.direction ?? null,
    band: (scale: string, band: string | null) => (band === null ? {} : say((text) => text.bands[scale]?.[band])),
    value: (item: string, value: string) => {
      const set = definition?.items.find((candidate) => candidate.id === item)?.options
      const option = set ? definition?.optionSets[set]?.find((candidate) => String(candidate.value) === value) : undefined
      return set && option ? say((text) => text.options[set]?.[option.id]) : {}
    },
  }
}

/** The last flag before this one of the same rule and seat: the answer was changed, corrected, or read again as another. */
const raisedBefore = (flag: FlagRow, flags: readonly FlagRow[]): FlagRow | undefined =>
  flags
    .slice(0, flags.indexOf(flag))
    .findLast(
      ({ kind, seatId, instrument, rule }) =>
        kind !== 'request' && seatId === flag.seatId && instrument === flag.instrument && rule === flag.rule,
    )

/** The same flag, or the one that was raised again because it was decided in two ways (kits/again.ts). */
const isSameFlag = (flag: FlagRow, other: OtherReview) =>
  flag.flagId === other.flagId ||
  (flag.seatId === other.seatId &&
    flag.instrument === other.instrument &&
    flag.rule === other.rule &&
    flag.value === other.value &&
    flag.answeredAt.getTime() - other.answeredAt.getTime() === 1)

const othersOf = (flag: FlagRow, others: readonly OtherReview[], names: ReadonlyMap<string, string>) =>
  others
    .filter((other) => isSameFlag(flag, other))
    .flatMap(({ flagId, reviews }) =>
      reviews.filter(({ by, at }) => flagId !== flag.flagId || by !== flag.reviewedBy || at.getTime() !== flag.reviewedAt?.getTime()),
    )
    .map((one) => ({ ...one, by: names.get(one.by) ?? '', at: one.at.toISOString() }))

export type Around = {
  /** Those of its case, in the order in which they were raised. */
  readonly flags: readonly FlagRow[]
  readonly others: readonly OtherReview[]
  readonly names: ReadonlyMap<string, string>
}

export const flagOut = (context: Context, flag: FlagRow, { flags, others, names }: Around): z.infer<typeof flagShape> => {
  const words = wording(context, flag.instrument, flag.version)
  const otherReviews = othersOf(flag, others, names)
  const before = otherReviews.length > 0 ? undefined : raisedBefore(flag, flags)
  const { decision: decided, reviewReason, reviewedBy, reviewedAt } = flag
  return {
    flagId: flag.flagId,
    instrument: flag.instrument,
    version: flag.version,
    rule: flag.rule,
    kind: flag.kind,
    urgency: flag.urgency,
    subject: flag.subject,
    subjectText: words.subject(flag.subject),
    value: flag.value,
    valueText: words.value(flag.subject, flag.value),
    reason: words.rule(flag.rule),
    wave: flag.wave,
    answeredAt: flag.answeredAt.toISOString(),
    raisedAt: flag.raisedAt.toISOString(),
    dueAt: flag.dueAt.toISOString(),
    before: before ? { value: before.value, valueText: words.value(before.subject, before.value) } : null,
    unfinished: flag.kind !== 'request' && flag.submissionId === null && !flag.handedIn,
    review:
      decided && reviewedBy && reviewedAt
        ? { decision: decided, reason: reviewReason ?? '', by: names.get(reviewedBy) ?? '', at: reviewedAt.toISOString() }
        : null,
    otherReviews,
  }
}

export const scoresOut = (context: Context, sheets: Awaited<ReturnType<typeof sheetsOfParticipant>>): z.infer<typeof scoreShape>[] =>
  sheets.flatMap((sheet) =>
    // written by sessions/intake.ts
    (sheet.scores as readonly StoredScore[]).map((score) => {
      const words = wording(context, score.instrument, score.version)
      const band = score.kind === 'scored' ? score.band : null
      return {
        instrument: score.instrument,
        scale: score.scale,
        scaleText: words.scale(score.scale),
        value: score.kind === 'scored' ? score.value : null,
        band,
        bandText: words.band(score.scale, band),
        direction: words.direction(score.scale),
        prorated: score.kind === 'scored' && score.prorated,
        unscorableReason: score.kind === 'unscorable' ? score.reason : null,
        answered: score.answered,
        of: score.of,
        wave: sheet.wave,
        at: sheet.finishedAt.toISOString(),
      }
    }),
  )
