/** Compiled columns, single sheets and the slow reference agree on a thousand random sheets of every instrument, missing answers and all. */
import { describe, expect, test, vi } from 'vitest'
import { type Answer, type Answers, checkAnswers, valuesOf } from '../src/answers.ts'
import { type AnswerColumn, compileScorer, missingCode } from '../src/compile-scorer.ts'
import type { Definition } from '../src/definition.ts'
import { loadLibrary } from '../src/library.ts'
import { scoreAnswers } from '../src/score.ts'
import { seededRandom } from '../src/simulate.ts'
import { branching } from './branching.ts'
import { referenceAsks, referenceScores } from './reference-scorer.ts'
import { small } from './small.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

/** From sheets with every answer to sheets with hardly any. */
const randomSheets = (definition: Definition, count: number, random: () => number): readonly Answers[] =>
  Array.from({ length: count }, () => {
    const missing = random() < 0.3 ? 0 : random() * random()
    const answers: Record<string, Answer> = {}
    for (const { id } of definition.items) {
      const values = valuesOf(definition, id)
      if (!referenceAsks(definition, answers, id) && random() < 0.9) answers[id] = 'not_shown'
      else if (random() >= missing) answers[id] = values[Math.floor(random() * values.length)]!
      else if (random() < 0.7) answers[id] = random() < 0.5 ? 'skipped' : 'declined'
    }
    return answers
  })

const filled = (definition: Definition, sheets: readonly Answers[], columns: readonly AnswerColumn[]) => {
  for (const [row, answers] of sheets.entries())
    for (const [position, { id }] of definition.items.entries()) {
      const answer = answers[id]
      columns[position]![row] = typeof answer === 'number' ? answer : missingCode
    }
  return columns
}

const columnScores = (definition: Definition, sheets: readonly Answers[], wide: boolean) => {
  const scorer = compileScorer(definition)
  const own = scorer.answerColumns(sheets.length)
  const columns = filled(definition, sheets, wide ? own.map((column) => new Int16Array(column.length)) : own)
  const scores = scorer.scoreColumns(sheets.length)
  scorer.score(columns, scores, sheets.length)
  return (row: number) =>
    Object.fromEntries(
      definition.scales.map((scale, index) => {
        const { value, answered, band } = scores[index]!
        return [scale.id, { value: value[row]!, answered: answered[row]!, band: scale.bands[band[row]!]?.id ?? null }]
      }),
    )
}

const sheetScores = (definition: Definition, answers: Answers) =>
  Object.fromEntries(
    scoreAnswers(definition, answers).map((score) => [
      score.scale,
      score.kind === 'scored'
        ? { value: score.value, answered: score.answered, band: score.band }
        : { value: Number.NaN, answered: score.answered, band: null },
    ]),
  )

const slowScores = (definition: Definition, answers: Answers) =>
  Object.fromEntries(
    Object.entries(referenceScores(definition, answers)).map(([scale, { value, answered, band }]) => [
      scale,
      { value: value === null ? Number.NaN : expect.closeTo(value, 9), answered, band },
    ]),
  )

const definitions = [...(await loadLibrary()).list().map(({ definition }) => definition), small, branching]

describe.each(definitions)('$id $version', (definition) => {
  const sheets = randomSheets(definition, 1000, seededRandom(2026))

  test('a thousand random sheets are valid, and some of them miss answers', () => {
    for (const answers of sheets) expect(checkAnswers(definition, answers)).toMatchObject({ ok: true })
    expect(sheets.some((answers) => Object.values(answers).includes('skipped'))).toBe(true)
  })

  test('each of them scores the same by column, wide or narrow, by sheet, and by the reference', () => {
    const [narrow, wide] = [columnScores(definition, sheets, false), columnScores(definition, sheets, true)]
    for (const [row, answers] of sheets.entries()) {
      const scores = sheetScores(definition, answers)
      expect(narrow(row)).toEqual(scores)
      expect(wide(row)).toEqual(scores)
      expect(scores).toEqual(slowScores(definition, answers))
    }
  })
})

test('more rows than a block are scored like the same rows one by one', () => {
  const few = randomSheets(branching, 50, seededRandom(5))
  const many = Array.from({ length: 5000 }, (_, row) => few[row % few.length]!)
  const [some, all] = [columnScores(branching, few, false), columnScores(branching, many, false)]
  for (let row = 0; row < many.length; row += 1) expect(all(row)).toEqual(some(row % few.length))
})

test('the reference tells a wrong key: one reversed item more and the scores differ', () => {
  const [first, ...rest] = small.scales
  const wrong = { ...small, scales: [{ ...first!, items: first!.items.map((keyed) => ({ ...keyed, reversed: true })) }, ...rest] }
  const sheets = randomSheets(small, 100, seededRandom(7))
  expect(
    sheets.filter((answers) => referenceScores(wrong, answers).total!.value !== referenceScores(small, answers).total!.value).length,
  ).toBeGreaterThan(50)
})

test('a definition is compiled once', () => {
  expect(compileScorer(small)).toBe(compileScorer(small))
  expect(compileScorer({ ...small })).not.toBe(compileScorer(small))
})
