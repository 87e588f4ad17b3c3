/** Arbitrary sheets and rows for the property tests, and a reader of the CSV that a bundle holds. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { type Answer, type Answers, valuesOf } from '../src/answers.ts'
import type { DatasetRow, DatasetSheet } from '../src/dataset.ts'
import type { Definition } from '../src/definition.ts'
import type { Protocol } from '../src/protocol.ts'
import { scoreAnswers } from '../src/score.ts'
import { isAsked } from '../src/skip-logic.ts'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Any valid sheet: each item coded, skipped, declined, not reached, or not shown where skip logic does not ask it. */
export const anySheet = (definition: Definition): fc.Arbitrary<Answers> =>
  fc
    .record(
      Object.fromEntries(
        definition.items.map(({ id }) => [
          id,
          fc.oneof(
            { weight: 6, arbitrary: fc.constantFrom(...valuesOf(definition, id)) },
            { weight: 1, arbitrary: fc.constantFrom('skipped', 'declined', 'not_shown') },
          ),
        ]),
      ),
      { requiredKeys: [] },
    )
    .map((sheet) => {
      const answers: Record<string, Answer> = { ...(sheet as Answers) } // keys without an answer are left out, never undefined
      for (const { id } of definition.items) if (answers[id] === 'not_shown' && isAsked(definition, answers, id)) answers[id] = 'skipped'
      return answers
    })

export const protocolOf = (definitions: readonly Definition[]): Protocol => ({
  schemaVersion: 1,
  id: 'laws',
  title: { 'zh-CN': '演示', en: 'Laws' },
  simulated: true,
  notice: { 'zh-CN': '模拟数据', en: 'simulated data' },
  arms: [
    { id: 'control', label: { 'zh-CN': '对照', en: 'control' }, control: true },
    { id: 'groups', label: { 'zh-CN': '小组', en: 'groups' }, control: false },
  ],
  waves: [
    {
      id: 'baseline',
      label: { 'zh-CN': '基线', en: 'baseline' },
      battery: definitions.map(({ id, version }) => ({ instrument: id, version })),
    },
  ],
  allocation: { unit: 'school' },
  primary: { scale: 'phq9_total', wave: 'baseline', baselineWave: 'baseline' },
  secondary: [],
  languages: ['zh-CN', 'en'],
})

export const sheetOf = (definition: Definition, id: string, answers: Answers): DatasetSheet => ({
  id,
  school: 's1',
  class: 'c1',
  arm: 'control',
  wave: 'baseline',
  week: 0,
  age: 12,
  sex: 'female',
  leftBehind: true,
  instruments: [{ instrument: definition.id, version: definition.version, answers, scores: scoreAnswers(definition, answers) }],
})

const cellPattern = /("(?:[^"]|"")*"|[^,\n]*)(,|\n)/g

/** The cells of a CSV text, quotes taken off. */
export const readCells = (csv: string): readonly (readonly string[])[] => {
  const lines: string[][] = [[]]
  for (const [, cell, end] of csv.matchAll(cellPattern)) {
    lines.at(-1)!.push(cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!)
    if (end === '\n') lines.push([])
  }
  return lines.slice(0, -1)
}

export const readRows = (csv: string): readonly DatasetRow[] => {
  const [header, ...lines] = readCells(csv)
  return lines.map((cells) => Object.fromEntries(header!.map((name, position) => [name, cells[position]!])))
}
