import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Answer, checkAnswers } from '../src/answers.ts'
import type { Definition } from '../src/definition.ts'
import { libraryFolder, loadLibrary } from '../src/library.ts'
import { evaluateRisk } from '../src/risk.ts'
import { type ScaleScore, scoreAnswers } from '../src/score.ts'

type Golden = {
  readonly instrument: string
  readonly sources: Readonly<Record<string, string>>
  readonly cases: readonly {
    readonly name: string
    readonly from: string
    readonly answers: readonly (Answer | null)[]
    readonly scores: readonly object[]
    readonly flags: readonly string[]
  }[]
}

const goldenOf = ({ id, version }: Definition) =>
  JSON.parse(readFileSync(join(libraryFolder, id, version, 'golden.json'), 'utf8')) as Golden // checked case by case below
const said = (score: ScaleScore) =>
  score.kind === 'scored'
    ? { scale: score.scale, value: score.value, band: score.band, prorated: score.prorated }
    : { scale: score.scale, unscorable: true, answered: score.answered }

for (const { definition } of (await loadLibrary()).list())
  describe(`golden cases of ${definition.id} ${definition.version}`, () => {
    const golden = goldenOf(definition)

    test.each(golden.cases)('$name', ({ answers, scores, flags, from }) => {
      expect(golden.sources).toHaveProperty(from)
      expect(answers).toHaveLength(definition.items.length)
      const given = definition.items.flatMap(({ id }, position) => (answers[position] === null ? [] : [[id, answers[position]]]))
      const checked = checkAnswers(definition, Object.fromEntries(given))
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
      const got = scoreAnswers(definition, checked.answers)
      expect(got.map(said)).toEqual(scores)
      expect(evaluateRisk(definition, checked.answers, got).map(({ rule }) => rule)).toEqual(flags)
    })

    test('the cases meet every band, both ends of each, an unscorable sheet and every risk rule', () => {
      expect(golden.instrument).toBe(`${definition.id}@${definition.version}`)
      const scored = golden.cases.flatMap(({ scores }) => scores) as { scale: string; value?: number; unscorable?: true }[]
      for (const { id, bands } of definition.scales)
        for (const band of bands)
          for (const end of [band.from, band.to])
            expect(
              scored.some((score) => score.scale === id && score.value === end),
              `${id} ${band.id} ${end}`,
            ).toBe(true)
      expect(scored.some(({ unscorable }) => unscorable)).toBe(true)
      const raised = new Set(golden.cases.flatMap(({ flags }) => flags))
      expect([...raised].toSorted()).toEqual(definition.riskRules.map(({ id }) => id).toSorted())
    })
  })

test('the cases marked as the key are those of the reference, where it lies beside the repository', (context) => {
  const file = join(libraryFolder, '../../../../shared/reference/scoring-vectors.json')
  if (!existsSync(file)) return context.skip(`no reference at ${file}`)
  const reference = JSON.parse(readFileSync(file, 'utf8')).instruments as Record<
    string,
    { reversed: number[]; responseValues: number[]; vectors: { responses: number[]; expected: { total: number } }[] }
  >
  for (const id of ['phq-9', 'gad-7', 'k6', 'rses']) {
    const { vectors, responseValues } = reference[id.replace('-', '')]!
    const least = Math.min(...responseValues)
    const golden = JSON.parse(readFileSync(join(libraryFolder, id, '1.0.0', 'golden.json'), 'utf8')) as Golden
    const keyed = golden.cases.filter(({ from }) => from === 'key')
    expect(keyed.map(({ answers, scores }) => [answers, (scores[0] as { value: number }).value])).toEqual(
      vectors.map(({ responses, expected }) => [responses.map((value) => value - least), expected.total - least * responses.length]),
    )
  }
})

test.each(['phq-9', 'gad-7', 'k6', 'rses'])('the README of %s names it in Chinese and says what is doubtful', async (id) => {
  const readme = readFileSync(join(libraryFolder, id, 'README.md'), 'utf8')
  const { acronym, texts, references } = (await loadLibrary()).get(id, '1.0.0')!
  expect(readme.split('\n')[0]).toBe(`# ${acronym} · ${texts['zh-CN']!.name}`)
  for (const { doi } of references) if (doi) expect(readme).toContain(doi)
  for (const part of [
    /^- \*\*licence\*\*: /m,
    /^- \*\*population\*\*: /m,
    /^## Where the numbers come from$/m,
    /^## From memory or doubtful/m,
  ])
    expect(readme).toMatch(part)
})
