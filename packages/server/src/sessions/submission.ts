// A handed-in sheet: its shape on the wire, its check against the definitions, its scores and flags. Pure but for the hash.
import { hash } from 'node:crypto'
import { canonicalJson, checkAnswers, evaluateRisk, scoreAnswers } from '@tongxing/instruments'
import type { Library } from '@tongxing/instruments/library'
import { z } from 'zod'
import { requireInstrument } from '../library/rules.ts'
import { Problem } from '../problem.ts'
import { at } from '../shapes.ts'
import type { ScoredSheet } from './intake.ts'
import type { BatteryEntry } from './queries.ts'
import { aidsShape, timesShape } from './sitting.ts'

export const answersShape = z.strictObject({
  instrument: z.string().max(60),
  version: z.string().max(20),
  answers: z
    .record(z.string(), z.unknown())
    .describe('item id to coded value, or "skipped", "declined", "not_shown"; an item that was not reached is absent'),
})

export const submissionShape = z.strictObject({
  language: z.string().min(2).max(20),
  startedAt: at,
  finishedAt: at,
  ended: z.enum(['finished', 'stopped']),
  aids: aidsShape.optional(),
  sheets: z.array(answersShape.extend({ times: timesShape.optional() })).max(20),
})
export type SubmissionBody = z.infer<typeof submissionShape>

export const bodyHash = (body: SubmissionBody) => hash('sha256', canonicalJson(body))

const keyOf = ({ instrument, version }: BatteryEntry) => `${instrument}@${version}`

const requireBattery = (battery: readonly BatteryEntry[], body: SubmissionBody) => {
  const wanted = new Set(battery.map(keyOf))
  const given = body.sheets.map(keyOf)
  const strange = given.some((key) => !wanted.has(key)) || new Set(given).size < given.length
  const short = body.ended === 'finished' && given.length < wanted.size
  if (strange || short) throw new Problem('submission.instruments-wrong', { allowed: [...wanted].join(', ') })
}

/**
 * Scores every instrument of the battery. One that a pupil never came to is a sheet without answers, so its risk items still speak.
 * The times are what the device believes: a clock that was set back during the sitting must not keep an answer from arriving.
 */
export const scoreSubmission = (library: Library, battery: readonly BatteryEntry[], body: SubmissionBody): readonly ScoredSheet[] => {
  requireBattery(battery, body)
  const given = new Map(body.sheets.map((sheet) => [keyOf(sheet), sheet.answers]))
  return battery.map((entry) => {
    const definition = requireInstrument(library, entry.instrument, entry.version)
    const checked = checkAnswers(definition, given.get(keyOf(entry)) ?? {})
    if (!checked.ok) {
      const what = checked.problems.slice(0, 5).map((problem) => `${problem.item}: ${problem.problem} (${problem.allowed})`)
      throw new Problem('submission.answers-wrong', { what: what.join('; ') })
    }
    const scores = scoreAnswers(definition, checked.answers)
    return { ...entry, answers: checked.answers, scores, flags: evaluateRisk(definition, checked.answers, scores) }
  })
}
