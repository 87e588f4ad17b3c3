/**
 * A definition made into a scorer of columns: typed arrays in, typed arrays out, nothing allocated for a row. One sheet is a column of
 * length one, so that a phone and a province are scored by the same code. Free of zod.
 */
import { valuesOf } from './answers.ts'
import type { Definition, Scale } from './definition.ts'
import { counted, reverse } from './scale-value.ts'
import { askedColumns } from './scorer/asked-columns.ts'
import { type AnswerColumn, type Block, blockRows, missingCode, type Program, type ScoreColumn } from './scorer/columns.ts'
import { compositeScale } from './scorer/composite-scale.ts'
import { type Keyed, tabledScale } from './scorer/tabled-scale.ts'
import { weightedScale } from './scorer/weighted-scale.ts'

export type { AnswerColumn, ScoreColumn } from './scorer/columns.ts'
export { missingCode } from './scorer/columns.ts'

export type Scorer = {
  /** One column for each item of the definition, in its order, every answer missing. */
  readonly answerColumns: (rows: number) => readonly AnswerColumn[]
  /** One column of results for each scale of the definition, in its order. */
  readonly scoreColumns: (rows: number) => readonly ScoreColumn[]
  /** Scores `rows` respondents from `columns` into `scores`. Columns of items that no scale adds up are not read. */
  readonly score: (columns: readonly AnswerColumn[], scores: readonly ScoreColumn[], rows: number) => void
}

const keyedItems = (definition: Definition, scale: Scale): readonly Keyed[] =>
  scale.items.map(({ item, reversed, weight = 1 }) => {
    const values = valuesOf(definition, item)
    const keyed = (value: number) => counted(scale, reversed ? reverse(value, values) : value)
    return {
      position: definition.items.findIndex(({ id }) => id === item),
      weight,
      adds: new Map(values.map((value) => [value, keyed(value)])),
    }
  })

const programOf = (definition: Definition, scale: Scale, index: number, asked: ReturnType<typeof askedColumns>): Program => {
  if (scale.of) {
    const before = definition.scales.slice(0, index)
    const components = scale.of.map((part) => ({ place: before.findIndex(({ id }) => id === part.scale), weight: part.weight ?? 1 }))
    return compositeScale(scale, components, index)
  }
  const keyed = keyedItems(definition, scale)
  return tabledScale(scale, keyed, asked, index) ?? weightedScale(scale, keyed, asked, index)
}

const fitsNarrow = (values: readonly number[]) => values.every((value) => value > missingCode && value < 128)

const compiled = (definition: Definition): Scorer => {
  const values = definition.items.map(({ id }) => valuesOf(definition, id))
  const asked = askedColumns(definition.items, (position) => values[position]!)
  const programs = definition.scales.map((scale, index) => programOf(definition, scale, index, asked))
  return {
    answerColumns: (rows) => values.map((codes) => new (fitsNarrow(codes) ? Int8Array : Int16Array)(rows).fill(missingCode)),
    scoreColumns: (rows) =>
      definition.scales.map(() => ({ value: new Float64Array(rows), answered: new Uint16Array(rows), band: new Int8Array(rows) })),
    score: (columns, scores, rows) => {
      for (let start = 0; start < rows; start += blockRows) {
        const block: Block = { columns, start, count: Math.min(blockRows, rows - start) }
        asked.fill(block)
        for (const program of programs) program(block, scores)
      }
    },
  }
}

/** Definitions are frozen by their lock, so each is compiled once. */
const known = new WeakMap<Definition, Scorer>()

/**
 * The scorer of a definition, for as many respondents as there are: fill `answerColumns` with coded values (`missingCode` where there is
 * none), and `score` writes value, answered and band of every scale. Not for unchecked answers: a code that is no value of its item counts
 * as missing. For one sheet with its reasons see scoreAnswers, which runs the same code.
 */
export const compileScorer = (definition: Definition): Scorer => {
  const scorer = known.get(definition) ?? compiled(definition)
  known.set(definition, scorer)
  return scorer
}
