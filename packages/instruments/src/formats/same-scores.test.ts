/** The PHQ-9 out of other people's files scores as ours does. */
import { describe, expect, test, vi } from 'vitest'
import { corpusAbsent, corpusFiles } from '../../test/corpus.ts'
import type { Answers } from '../answers.ts'
import type { Definition } from '../definition.ts'
import { loadLibrary } from '../library.ts'
import { scoreAnswers } from '../score.ts'
import { seededRandom, simulateAnswers } from '../simulate.ts'
import { exportFhir } from './fhir-export.ts'
import { importFiles } from './import.ts'
import type { ImportFile } from './imported.ts'
import { exportRedcap } from './redcap-export.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const phq9 = (await loadLibrary()).get('phq-9', '1.0.0')!
const corpus = corpusFiles()
const beside = (pattern: RegExp) => corpus.filter(({ name }) => pattern.test(name))

const sheets = (skipRate: number): readonly Answers[] => {
  const random = seededRandom(20_260_901)
  return Array.from({ length: 1000 }, (_, position) => simulateAnswers(phq9, { latent: ((position % 9) - 3) / 2, random, skipRate }))
}

/** The first nine items in their order are the PHQ-9's, whatever a file calls them. */
const renamed = (draft: Definition, sheet: Answers): Answers =>
  Object.fromEntries(phq9.items.map(({ id }, position) => [draft.items[position]!.id, sheet[id]!]))

const totalOf = (definition: Definition, sheet: Answers): number | null => {
  const [score] = scoreAnswers(definition, sheet)
  return score?.kind === 'scored' ? score.value : null
}

const draftOf = (files: readonly ImportFile[]): Definition => {
  const { definition } = importFiles('auto', files)
  return definition ?? expect.unreachable('no draft')
}

const header = 'Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"Choices, Calculations, OR Slider Labels"'
const choices = '"0, Not at all | 1, Several days | 2, More than half the days | 3, Nearly every day"'
const names = phq9.items.map((_, position) => `mood${position + 1}`)
const handWritten = {
  name: 'phq9.csv',
  text: [
    header,
    ...names.map((name) => `${name},phq,,radio,${phq9.texts.en!.items[`phq9_${name.slice(4)}`]!.replaceAll(',', ';')},${choices}`),
    `phq_total,phq,,calc,Total,"${names.map((name) => `[${name}]`).join(' + ')}"`,
  ].join('\n'),
}

const complete = sheets(0)

test('a REDCap dictionary written by hand scores 1,000 complete sheets as we do', () => {
  const draft = draftOf([handWritten])
  for (const sheet of complete) expect(totalOf(draft, renamed(draft, sheet))).toBe(totalOf(phq9, sheet))
})

test.each([
  ['REDCap', exportRedcap],
  ['FHIR', exportFhir],
])('our own %s export, imported again, scores 1,000 sheets with skipped items as we do', (_format, exporter) => {
  const draft = draftOf(exporter(phq9).files)
  const incomplete = sheets(0.15)
  for (const sheet of incomplete) expect(totalOf(draft, renamed(draft, sheet))).toBe(totalOf(phq9, sheet))
  expect(incomplete.filter((sheet) => totalOf(phq9, sheet) === null).length).toBeGreaterThan(20)
})

describe.skipIf(corpusAbsent !== null)('foreign files', () => {
  test.each<[string, RegExp]>([
    ['FHIR with variables', /^fhir\/lforms__R4__phq9\.json$/],
    ['FHIR with weight()', /^fhir\/lforms__R4__calc-weight/],
    ['OpenScales', /^openscales\/PHQ9\.osd$/],
    ['ReproSchema', /^reproschema\/PHQ-9\//],
  ])('the PHQ-9 from %s scores 1,000 complete sheets as we do', (_format, pattern) => {
    const draft = draftOf(beside(pattern))
    for (const sheet of complete) expect(totalOf(draft, renamed(draft, sheet))).toBe(totalOf(phq9, sheet))
    expect(new Set(complete.map((sheet) => totalOf(phq9, sheet))).size).toBeGreaterThan(20)
  })
})
