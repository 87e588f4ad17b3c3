/** Scores that published keys give, made apart from this code, where the reference lies beside the repository. Arithmetic only. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkAnswers } from '../src/answers.ts'
import type { Definition } from '../src/definition.ts'
import { loadLibrary } from '../src/library.ts'
import { scoreAnswers } from '../src/score.ts'

/** The reference's name for an instrument, and ours. */
const ours: Readonly<Record<string, readonly string[]>> = {
  phq9: ['phq-9'],
  phq2: ['phq-2'],
  gad7: ['gad-7'],
  gad2: ['gad-2'],
  who5: ['who-5'],
  cesd20: ['ces-d'],
  cesd10: ['ces-d-10'],
  cesdc: ['ces-dc'],
  k6: ['k6'],
  k10: ['k10'],
  rses: ['rses'],
  swls: ['swls'],
  mspss: ['psss', 'psss-pupil'],
  brs: ['brs'],
  psc17y: ['psc-17-youth'],
  psc17_grouped: ['psc-17-parent'],
  gse: ['gse'],
  ucla3: ['ucla-3'],
  pss10: ['pss-10'],
  isi: ['isi'],
  scared41: ['scared-41'],
  rcads25: ['rcads-25'],
  rcads47: ['rcads-47'],
  sdq_self: ['sdq-self', 'sdq-parent', 'sdq-teacher'],
  dsrsc: ['dsrsc'],
  rsca27: ['rsca-27'],
  mssmhs60: ['mssmhs-60'],
  mht100: ['mht'],
  cries8: ['cries-8'],
  dass21: ['dass-21'],
}

/** Scales that are not named as the reference names them; the others are its camelCase in snake_case. */
const named: Readonly<Record<string, string>> = { who5_total: 'who5_raw' }

type Vector = { readonly name: string; readonly responses: readonly number[]; readonly expected: Readonly<Record<string, number>> }
type Reference = {
  readonly instruments: Readonly<Record<string, { readonly vectors: readonly Vector[] }>>
  readonly swemwbsRawToMetric: Readonly<Record<string, number>>
}

const file = fileURLToPath(new URL('../../../../shared/reference/scoring-vectors.json', import.meta.url))
const reference = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Reference) : null // every use below is an assertion on it
const library = (await loadLibrary()).list().map(({ definition }) => definition)
const heldAs = (id: string) => library.find((definition) => definition.id === id)!

const scaleOf = ({ id, scales }: Definition, key: string) => {
  const scale = `${id.replaceAll('-', '')}_${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`
  return scales.find((candidate) => candidate.id === (named[scale] ?? scale))
}

const scored = (definition: Definition, responses: readonly number[]) => {
  const checked = checkAnswers(definition, Object.fromEntries(definition.items.map(({ id }, position) => [id, responses[position]])))
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return new Map(scoreAnswers(definition, checked.answers).map((score) => [score.scale, score.kind === 'scored' ? score.value : null]))
}

if (reference === null) test.skip(`no reference at ${file}: the vectors are not checked`, () => {})
else {
  describe.each(Object.entries(reference.instruments))('%s', (name, { vectors }) => {
    for (const id of ours[name] ?? [])
      test.each(vectors)(`$name scores as published by ${id}`, ({ responses, expected }) => {
        const definition = heldAs(id)
        const scores = scored(definition, responses)
        for (const [key, value] of Object.entries(expected)) {
          const scale = scaleOf(definition, key)!
          expect([key, scores.get(scale.id)]).toEqual([key, expect.closeTo(value, 4)]) // the reference has four decimals
        }
      })
  })

  test('every raw score of the SWEMWBS has the metric score of the published table', () => {
    const definition = heldAs('swemwbs')
    for (const [raw, metric] of Object.entries(reference.swemwbsRawToMetric)) {
      const each = definition.items.map((_, position) => Math.max(1, Math.min(5, Number(raw) - 6 - position * 4)))
      expect(each.reduce((sum, value) => sum + value, 0)).toBe(Number(raw))
      expect([raw, scored(definition, each).get('swemwbs_metric')]).toEqual([raw, metric])
    }
  })

  test('the table names every instrument of the reference, and those of ours that it names are held', () => {
    expect(Object.keys(ours).toSorted()).toEqual(Object.keys(reference.instruments).toSorted())
    for (const id of Object.values(ours).flat()) expect(library.map((definition) => definition.id)).toContain(id)
  })
}
