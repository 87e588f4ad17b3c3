/** diff: what changed between two versions, whether results change, and for how many of a simulated population. */
import type { Answers } from '../answers.ts'
import { valuesOf } from '../answers.ts'
import type { Definition } from '../definition.ts'
import { evaluateRisk } from '../risk.ts'
import { scoreAnswers } from '../score.ts'
import { chosen, keyOf } from './chosen.ts'
import type { Command } from './command.ts'
import { type Change, changesBetween } from './compare.ts'
import { simulatedSheets } from './simulate.ts'

const short = (value: unknown) => {
  if (value === undefined) return 'absent'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}
const lineOf = ({ kind, place, before, after }: Change) => `${kind.padEnd(7)}  ${place}: ${short(before)} -> ${short(after)}`

/** Whether the answers of one version are answers of the other, so that both can score them. */
const shareAnswers = (before: Definition, after: Definition) =>
  before.items.length === after.items.length &&
  before.items.every(({ id }) => String(valuesOf(before, id).toSorted()) === String(valuesOf(after, id).toSorted()))

const outcome = (definition: Definition, answers: Answers) => {
  const scores = scoreAnswers(definition, answers)
  return {
    scores: JSON.stringify(scores.map((score) => [score.scale, score.kind === 'scored' ? score.value : null])),
    bands: JSON.stringify(scores.map((score) => [score.scale, score.kind === 'scored' ? score.band : null])),
    flags: JSON.stringify(evaluateRisk(definition, answers, scores).map(({ rule, urgency }) => [rule, urgency])),
  }
}

/** Of 1,000 simulated sheets, one item in thirty skipped: how many get other scores, bands, flags. Null where the answers differ. */
const effectOf = (before: Definition, after: Definition) => {
  if (!shareAnswers(before, after)) return null
  const sheets = simulatedSheets(before, { n: 1000, seed: 1, latent: 0.5, sd: 1, skipRate: 1 / 30 })
  const pairs = sheets.map((answers) => [outcome(before, answers), outcome(after, answers)] as const)
  const differing = (what: 'scores' | 'bands' | 'flags') => pairs.filter(([old, young]) => old[what] !== young[what]).length
  return { simulatedSheets: sheets.length, scores: differing('scores'), bands: differing('bands'), flags: differing('flags') }
}

const verdicts = {
  same: 'nothing changed',
  results: 'results change: the same answers can get another score, band or flag',
  form: 'the form changes: scores of the same answers stay, but another question or another group may be asked',
  words: 'only words change: scores, bands and flags of the same answers stay',
  record: 'only sources, licence or references change',
} as const

const verdictOf = (changes: readonly Change[]): keyof typeof verdicts =>
  (['results', 'form', 'words', 'record'] as const).find((kind) => changes.some((change) => change.kind === kind)) ?? 'same'

export const diff: Command = {
  usage: 'diff <id>@<version> <id>@<version>',
  summary: 'what changed between two versions, and whether results change or only words',
  details: [
    'Each line is a change: results (keys, values, bands, cut-offs, norms, missing and risk rules), form (whom it is for, the order of',
    'items), words (texts) or record (sources, licence, references). When the same answers fit both, 1,000 simulated sheets are',
    'scored by both and the number of those that get other scores, bands or flags is said.',
  ],
  examples: ['diff phq-9@1.0.0 phq-9@1.1.0', 'diff rses rses-zh-item8-positive --json'],
  takes: ['library', 'json'],
  run: async (asked) => {
    const [from, to] = asked.args
    if (from === undefined || to === undefined) throw new Error('diff needs two versions, such as phq-9@1.0.0 phq-9@1.1.0')
    const [{ definition: before }, { definition: after }] = [await chosen(asked, from), await chosen(asked, to)]
    const changes = changesBetween(before, after)
    const verdict = verdictOf(changes)
    const effect = verdict === 'results' ? effectOf(before, after) : null
    const told =
      effect === null
        ? []
        : [
            `of ${effect.simulatedSheets} simulated sheets ${effect.scores} get other scores, ${effect.bands} other bands, ${effect.flags} other flags`,
          ]
    return {
      lines: [`${keyOf(before)} -> ${keyOf(after)}: ${verdicts[verdict]}`, ...told, ...changes.map(lineOf)],
      data: {
        from: keyOf(before),
        to: keyOf(after),
        resultsChange: verdict === 'results',
        verdict,
        says: verdicts[verdict],
        effect,
        changes: changes.map(({ kind, place, before: old = null, after: young = null }) => ({ kind, place, before: old, after: young })),
      },
    }
  },
}
