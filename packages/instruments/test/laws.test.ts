/** The table of laws that every instrument of the library obeys. A new instrument is in it without a line here. */
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { checkAnswers, unansweredReason, valuesOf } from '../src/answers.ts'
import { instrumentColumns, type ReleasedDefinition } from '../src/codebook.ts'
import { bundleDataset, flagsFromDataset } from '../src/dataset.ts'
import type { Definition } from '../src/definition.ts'
import { expectedPopulationScore, expectedScaleScore } from '../src/expected-score.ts'
import { lawBreaches } from '../src/laws.ts'
import { loadLibrary } from '../src/library.ts'
import { evaluateRisk } from '../src/risk.ts'
import { scaleRange } from '../src/scale-range.ts'
import { bandOf, reverse, scoreAnswers } from '../src/score.ts'
import { seededRandom, simulateAnswers } from '../src/simulate.ts'
import { isAsked } from '../src/skip-logic.ts'
import { reachableScores } from './reachable.ts'
import { anySheet, protocolOf, readCells, readRows, sha256, sheetOf } from './sheets.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const released = (await loadLibrary()).list()
const latents = [-1.5, 0, 0.8, 2]

const simulated = (definition: Definition, seed: number, count: number, latent: number, skipRate = 0) => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => simulateAnswers(definition, { latent, random, skipRate }))
}
const bundleOf = (one: ReleasedDefinition, sheets: Parameters<typeof bundleDataset>[0]['sheets']) =>
  bundleDataset({
    id: 'laws',
    protocol: protocolOf([one.definition]),
    released: [one],
    sheets,
    createdOn: '2026-09-01',
    codeVersion: 'test',
    deidentification: [],
    sha256,
  })

type Law = readonly [sentence: string, hold: (released: ReleasedDefinition) => void]

const laws: readonly Law[] = [
  ['no law of the library is broken', ({ definition }) => expect(lawBreaches(definition)).toEqual([])],
  [
    'scoring never throws on valid answers, and a score lies within its range and in a band',
    ({ definition }) =>
      fc.assert(
        fc.property(anySheet(definition), (answers) => {
          for (const score of scoreAnswers(definition, answers)) {
            if (score.kind === 'unscorable') {
              expect(score.missing).toHaveLength(score.of - score.answered)
              continue
            }
            const { from, to } = scaleRange(definition, score.scale)
            expect(score.value).toBeGreaterThanOrEqual(from)
            expect(score.value).toBeLessThanOrEqual(to)
            expect(score.band === null).toBe(definition.scales.find(({ id }) => id === score.scale)!.bands.length === 0)
          }
        }),
      ),
  ],
  [
    'a complete sheet is always scored, and is not prorated',
    ({ definition }) => {
      for (const latent of latents)
        for (const answers of simulated(definition, 3, 50, latent))
          for (const score of scoreAnswers(definition, answers)) expect(score).toMatchObject({ kind: 'scored', prorated: false })
    },
  ],
  [
    'reversing twice is the identity, and reversing a reversed item once stays among its answers',
    ({ definition }) => {
      const reversed = new Set(definition.scales.flatMap(({ items }) => items.filter((keyed) => keyed.reversed).map(({ item }) => item)))
      for (const { id } of definition.items) {
        const values = valuesOf(definition, id)
        for (const value of values) {
          if (reversed.has(id)) expect(values).toContain(reverse(value, values))
          expect(reverse(reverse(value, values), values)).toBe(value)
        }
      }
    },
  ],
  [
    'bands tile what sheets can reach: every score lies in exactly one, the one that scoring names',
    ({ definition }) => {
      for (const scale of definition.scales.filter(({ bands }) => bands.length > 0))
        for (const score of reachableScores(definition, scale.id)) {
          const holding = scale.bands.filter(
            ({ from }, position) => score >= from && score < (scale.bands[position + 1]?.from ?? Number.POSITIVE_INFINITY),
          )
          expect(holding.map(({ id }) => id)).toEqual([bandOf(scale, score)])
        }
    },
  ],
  [
    'every score that sheets can reach lies in the range, and its two ends are reached',
    ({ definition }) => {
      for (const { id } of definition.scales) {
        const scores = reachableScores(definition, id)
        expect(scaleRange(definition, id)).toEqual({ from: scores[0], to: scores.at(-1) })
      }
    },
  ],
  [
    'SAF-02: a risk item endorsed, skipped, declined or not reached raises a flag, whatever else the sheet holds',
    ({ definition }) =>
      fc.assert(
        fc.property(anySheet(definition), (answers) => {
          const flags = evaluateRisk(definition, answers, scoreAnswers(definition, answers))
          for (const { id } of definition.items.filter(({ sensitive }) => sensitive)) {
            const reason = unansweredReason(answers, id)
            const expected =
              reason === null
                ? Number(answers[id]) > Math.min(...valuesOf(definition, id))
                  ? 'item'
                  : null
                : isAsked(definition, answers, id)
                  ? 'unanswered'
                  : null
            const raised = flags.filter(({ subject, kind }) => subject === id && kind !== 'scale').map(({ kind }) => kind)
            expect(new Set(raised)).toEqual(new Set(expected === null ? [] : [expected]))
          }
        }),
      ),
  ],
  [
    'a licence has evidence',
    ({ definition }) => {
      expect(definition.licence.wording.evidence.join('').length).toBeGreaterThan(40)
      expect(definition.licence.wording.attribution).not.toBe('')
    },
  ],
  [
    'the check of answers never throws, whatever it is given',
    ({ definition }) => {
      const ids = definition.items.map(({ id }) => id)
      const hostile = fc.dictionary(fc.oneof(fc.constantFrom(...ids, '__proto__', 'constructor'), fc.string()), fc.anything())
      fc.assert(
        fc.property(
          fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }), hostile),
          (input) => {
            const checked = checkAnswers(definition, input)
            if (!checked.ok) expect(checked.problems.length).toBeGreaterThan(0)
            else {
              scoreAnswers(definition, checked.answers)
              expect(Object.keys(checked.answers).every((id) => ids.includes(id))).toBe(true)
            }
          },
        ),
        { numRuns: 300 },
      )
    },
  ],
  [
    'every valid sheet passes the check unchanged',
    ({ definition }) =>
      fc.assert(
        fc.property(anySheet(definition), (answers) => {
          expect(checkAnswers(definition, answers)).toEqual({ ok: true, answers: { ...answers } })
        }),
      ),
  ],
  [
    'the simulator gives the same answers for the same seed, others for another, and only valid ones',
    ({ definition }) => {
      const first = simulated(definition, 7, 40, 0.3, 0.05)
      expect(simulated(definition, 7, 40, 0.3, 0.05)).toEqual(first)
      expect(simulated(definition, 8, 40, 0.3, 0.05)).not.toEqual(first)
      for (const answers of first) expect(checkAnswers(definition, answers).ok).toBe(true)
    },
  ],
  [
    'the expected score is the mean of simulated scores, within five Monte Carlo standard errors',
    ({ definition }) => {
      for (const latent of [-0.5, 1.2]) {
        const scored = simulated(definition, 11, 2000, latent).map((answers) => scoreAnswers(definition, answers))
        for (const [index, { id }] of definition.scales.entries()) {
          const values = scored.map((scores) => {
            const score = scores[index]!
            return score.kind === 'scored' ? score.value : Number.NaN
          })
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length
          const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
          const error = Math.abs(mean - expectedScaleScore(definition, id, latent))
          expect(error, id).toBeLessThan(5 * Math.sqrt(variance / values.length) + 1e-9)
        }
      }
    },
  ],
  [
    'more distress is a worse expected score, and a population without spread is one pupil',
    ({ definition }) => {
      for (const { id, direction } of definition.scales) {
        const worse = expectedScaleScore(definition, id, 1) - expectedScaleScore(definition, id, 0)
        expect(Math.sign(worse)).toBe(direction === 'higher-is-worse' ? 1 : -1)
        const point = expectedPopulationScore(definition, id, { mean: 0.4, standardDeviation: 0 })
        expect(point).toBeCloseTo(expectedScaleScore(definition, id, 0.4), 10)
      }
    },
  ],
  [
    'the codebook covers every column of the data, each once and with words in both languages',
    (one) => {
      const { files } = bundleOf(one, [sheetOf(one.definition, 'p1', {})])
      const { columns } = JSON.parse(files['codebook.json']) as { columns: { name: string; label: Record<string, string> }[] }
      expect(columns.map(({ name }) => name)).toEqual(readCells(files['data.csv'])[0])
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length)
      for (const { label } of columns) expect(Object.values(label).every((text) => text.length > 0)).toBe(true)
      for (const column of instrumentColumns(one.definition).filter(({ kind }) => kind === 'item'))
        expect(column.values!.map(({ value }) => value)).toEqual(valuesOf(one.definition, column.name))
    },
  ],
  [
    'flags computed again from the dataset and its codebook equal those of the live rules on the same answers',
    (one) =>
      fc.assert(
        fc.property(fc.array(anySheet(one.definition), { minLength: 1, maxLength: 6 }), (sheets) => {
          const { files } = bundleOf(
            one,
            sheets.map((answers, position) => sheetOf(one.definition, `p${position}`, answers)),
          )
          const again = flagsFromDataset(readRows(files['data.csv']), JSON.parse(files['codebook.json']))
          const live = sheets.flatMap((answers, position) =>
            evaluateRisk(one.definition, answers, scoreAnswers(one.definition, answers)).map((flag) => ({
              ...flag,
              id: `p${position}`,
              wave: 'baseline',
              instrument: one.definition.id,
            })),
          )
          expect(again).toEqual(live)
        }),
        { numRuns: 60 },
      ),
  ],
]

describe.each(released)('$definition.id $definition.version', (one) => {
  test.each(laws)('%s', (_sentence, hold) => hold(one))
})

test('the library holds the four instruments of the first release', () => {
  expect(released.map(({ definition }) => definition.id)).toEqual(expect.arrayContaining(['gad-7', 'k6', 'phq-9', 'rses']))
})
