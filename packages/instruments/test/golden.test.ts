import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Answer, checkAnswers } from '../src/answers.ts'
import type { Definition, Scale } from '../src/definition.ts'
import { loadLibrary } from '../src/library.ts'
import { evaluateRisk } from '../src/risk.ts'
import { type ScaleScore, scoreAnswers } from '../src/score.ts'
import { reachableScores } from './reachable.ts'

/** Answers in the order of the items; null is not reached. */
type Sheet = readonly (Answer | null)[]
type Golden = {
  readonly instrument: string
  readonly sources: Readonly<Record<string, string>>
  readonly refused?: readonly { readonly name: string; readonly answers: Sheet; readonly problem: string }[]
  readonly cases: readonly {
    readonly name: string
    readonly from: string
    readonly answers: Sheet
    readonly scores: readonly object[]
    readonly flags: readonly string[]
  }[]
}

const goldenIn = (path: string) => JSON.parse(readFileSync(join(path, 'golden.json'), 'utf8')) as Golden // checked case by case below
const answersOf = ({ items }: Definition, sheet: Sheet) =>
  Object.fromEntries(items.flatMap(({ id }, position) => (sheet[position] === null ? [] : [[id, sheet[position]]])))
const said = (score: ScaleScore) =>
  score.kind === 'scored'
    ? { scale: score.scale, value: score.value, band: score.band, prorated: score.prorated }
    : { scale: score.scale, unscorable: true, answered: score.answered }

/** The lowest and the highest score that sheets can reach in each band. */
const bandEnds = (definition: Definition, { id, bands }: Scale) => {
  const scores = reachableScores(definition, id)
  return bands.flatMap((band) => {
    const within = scores.filter((score) => score >= band.from && score <= band.to)
    return [within[0], within.at(-1)].map((end) => ({ band: band.id, end }))
  })
}

for (const { definition, path } of (await loadLibrary()).list())
  describe(`golden cases of ${definition.id} ${definition.version}`, () => {
    const golden = goldenIn(path)

    test.each(golden.cases)('$name', ({ answers, scores, flags, from }) => {
      expect(golden.sources).toHaveProperty(from)
      expect(answers).toHaveLength(definition.items.length)
      const checked = checkAnswers(definition, answersOf(definition, answers))
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
      const got = scoreAnswers(definition, checked.answers)
      expect(got.map(said)).toEqual(scores)
      expect(evaluateRisk(definition, checked.answers, got).map(({ rule }) => rule)).toEqual(flags)
    })

    for (const { name, answers, problem } of golden.refused ?? [])
      test(`refused: ${name}`, () => {
        const checked = checkAnswers(definition, answersOf(definition, answers))
        expect(checked.ok ? [] : checked.problems.map((one) => `${one.item}: ${one.problem}`)).toEqual([problem])
      })

    test('the cases meet every band, both ends of each, an unscorable sheet and every risk rule', () => {
      expect(golden.instrument).toBe(`${definition.id}@${definition.version}`)
      const scored = golden.cases.flatMap(({ scores }) => scores) as { scale: string; value?: number; unscorable?: true }[]
      for (const scale of definition.scales)
        for (const { band, end } of bandEnds(definition, scale))
          expect(
            scored.some((score) => score.scale === scale.id && score.value === end),
            `${scale.id} ${band} ${end}`,
          ).toBe(true)
      expect(scored.some(({ unscorable }) => unscorable)).toBe(definition.scales.length > 0)
      const raised = new Set(golden.cases.flatMap(({ flags }) => flags))
      expect([...raised].toSorted()).toEqual(definition.riskRules.map(({ id }) => id).toSorted())
    })
  })

for (const { definition, path } of (await loadLibrary()).list())
  test(`the README of ${definition.id} names it and says where its numbers come from and what is doubtful`, () => {
    const readme = readFileSync(join(path, '..', 'README.md'), 'utf8')
    const { acronym, texts, references } = definition
    const name = (texts['zh-CN'] ?? Object.values(texts)[0]!).name
    expect(readme.split('\n')[0]).toBe(`# ${acronym} · ${name}`)
    for (const { doi } of references) if (doi) expect(readme).toContain(doi)
    for (const part of [
      /^- \*\*licence\*\*: /m,
      /^- \*\*population\*\*: /m,
      /^## Where the numbers come from$/m,
      /^## From memory or doubtful/m,
    ])
      expect(readme).toMatch(part)
  })
