/** Scored sheets as data and as a table. */
import type { Answers } from '../answers.ts'
import { csvText } from '../csv.ts'
import type { Definition, Texts } from '../definition.ts'
import type { LibraryEntry } from '../library.ts'
import { evaluateRisk, type RaisedFlag } from '../risk.ts'
import { type ScaleScore, scoreAnswers } from '../score.ts'

export const notice =
  'A score screens and never diagnoses; a sheet without flags says nothing about safety. 得分仅作筛查提示，不作诊断；没有预警不等于安全。'

type Scored = {
  readonly row: number
  readonly kept: readonly string[]
  readonly scores: readonly ScaleScore[]
  readonly flags: readonly RaisedFlag[]
}

export const scored = (definition: Definition, answers: Answers, row = 1, kept: readonly string[] = []): Scored => {
  const scores = scoreAnswers(definition, answers)
  return { row, kept, scores, flags: evaluateRisk(definition, answers, scores) }
}

const scoreData = (texts: Texts, score: ScaleScore) => {
  const { scale, answered, of } = score
  if (score.kind === 'unscorable')
    return { scale, score: null, answered, of, band: null, bandSays: null, prorated: false, reason: score.reason, missing: score.missing }
  const { value, band, prorated } = score
  return { scale, score: value, answered, of, band, bandSays: band === null ? null : (texts.bands[scale]?.[band] ?? band), prorated }
}

export const dataOf = ({ definition, hash }: LibraryEntry, texts: Texts, kept: readonly string[], rows: readonly Scored[]) => ({
  instrument: definition.id,
  version: definition.version,
  hash,
  notice,
  sheets: rows.map((one) => ({
    row: one.row,
    ...(kept.length === 0 ? {} : { kept: Object.fromEntries(kept.map((name, position) => [name, one.kept[position]])) }),
    scores: one.scores.map((score) => scoreData(texts, score)),
    flags: one.flags.map((flag) => ({ ...flag, says: texts.riskRules[flag.rule] ?? flag.rule })),
  })),
})

/** A row a sheet: kept columns, row, score, answered, band and prorated of each scale, flags. */
export const csvOf = ({ scales }: Definition, kept: readonly string[], rows: readonly Scored[]) =>
  csvText([
    [...kept, 'row', ...scales.flatMap(({ id }) => [id, `${id}_answered`, `${id}_band`, `${id}_prorated`]), 'flags'],
    ...rows.map((one) => [
      ...one.kept,
      one.row,
      ...one.scores.flatMap((score) =>
        score.kind === 'scored' ? [score.value, score.answered, score.band, Number(score.prorated)] : [null, score.answered, null, null],
      ),
      one.flags.map(({ rule, urgency }) => `${rule}:${urgency}`).join(' '),
    ]),
  ])
