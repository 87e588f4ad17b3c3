/** Every foreign file of the corpus: a draft, or a refusal with its reason. */
import { describe, expect, test } from 'vitest'
import { corpusAbsent, corpusFiles } from '../../test/corpus.ts'
import { definitionSchema } from '../definition.ts'
import { loadLibrary } from '../library.ts'
import { importFiles } from './import.ts'
import type { ImportFile } from './imported.ts'

const all = corpusFiles()
const known = (await loadLibrary()).list().map(({ definition: { id, acronym, lookBackDays } }) => ({ id, acronym, lookBackDays }))

const pick = (pattern: RegExp): readonly ImportFile[] => all.filter(({ name }) => pattern.test(name))
const imported = (pattern: RegExp) => importFiles('auto', pick(pattern), { known })

/** Files, then the draft's id, its items and the items of each scale. */
const drafts: readonly (readonly [pattern: RegExp, id: string, items: number, scales: readonly number[]])[] = [
  [/^fhir\/lforms__R4__phq9\.json$/, 'phq-9', 10, [9]],
  [/^fhir\/lforms__R4__calc-weight/, 'phq-9', 10, [9]],
  [/^fhir\/lforms__R4__argonaut/, 'phq-9', 10, []],
  [/^openscales\/PHQ9\.osd$/, 'phq-9', 9, [9]],
  [/^openscales\/PHQ2\.osd$/, 'phq-2', 2, [2]],
  [/^openscales\/PHQ15\.osd$/, 'phq-15', 15, [15]],
  [/^openscales\/GAD7\.osd$/, 'gad-7', 7, [7]],
  [/^openscales\/CESD\.osd$/, 'ces-d', 20, [20]],
  [/^openscales\/(?:DASS21\.osd|LICENSE\.txt)$/, 'dass-21', 21, [7, 7, 7]],
  [/^openscales\/MHI5\.osd$/, 'mhi-5', 5, [5]],
  [/^openscales\/RSES\.osd$/, 'rses', 10, [10]],
  [/^reproschema\/PHQ-9\/|^reproschema\/LICENSE/, 'phq-9', 10, [9]],
  [/^reproschema\/PHQ-9a\//, 'phq-9a', 10, [9]],
  [/^reproschema\/PHQ-4\//, 'phq-4', 4, [4]],
  [/^reproschema\/GAD7\//, 'gad7', 7, [7]],
  [/^reproschema\/PSC-17\//, 'psc-17', 17, [17]],
  [/^redcap\/.*__longitudinal__dictionary\.csv$/, 'visit-observed-behavior', 12, []],
]

const refusals: readonly (readonly [pattern: RegExp, rule: string, why: string])[] = [
  [/^fhir\/lforms__lforms__glasgow/, 'no-definition', 'is in the old LForms format'],
  [/^fhir\/kindlab__/, 'missing-file', 'lists no answers, and its code system is not in the files'],
  [/^openscales\/DASS21\.zh\.json$/, 'format-unknown', 'is in no format'],
  [/^xlsform\/.*\.xlsx$/, 'workbook', 'save its sheets as survey.csv'],
  [/^redcap\/.*__(?:arm-single-longitudinal)__dictionary/, 'no-questionnaire', 'these are records'],
  [/^redcap\/.*__clinical-trial-1__dictionary/, 'no-questionnaire', 'these are records'],
  [/^redcap\/.*__multilevel-model-1__dictionary/, 'no-questionnaire', 'these are records'],
  [/^redcap\/.*__repeating-instruments__dictionary/, 'no-questionnaire', 'these are records'],
  [/^redcap\/.*__validation-types-1__dictionary/, 'no-questionnaire', 'these are records'],
]

describe.skipIf(corpusAbsent !== null)('the corpus', () => {
  test.each(drafts)('%s becomes the draft %s', (pattern, id, items, scales) => {
    const { definition } = imported(pattern)
    expect(definitionSchema.safeParse(definition).success).toBe(true)
    expect(definition).toMatchObject({ id, licence: { wording: { status: 'permission-needed' } } })
    expect(definition!.items).toHaveLength(items)
    expect(definition!.scales.map((scale) => scale.items.length)).toEqual(scales)
  })

  test.each(refusals)('%s is refused: %s, %s', (pattern, rule, why) => {
    const { definition, findings } = imported(pattern)
    expect(definition).toBeNull()
    expect(findings).toContainEqual(expect.objectContaining({ rule, severity: 'error', what: expect.stringContaining(why) }))
  })

  test('an export of records is refused, each one', () => {
    for (const file of pick(/^redcap\/.*__data\.csv$/))
      expect(importFiles('redcap', [file]), file.name).toMatchObject({ definition: null, findings: [{ rule: 'no-definition' }] })
  })

  test('no file is left out', () => {
    const patterns = [...drafts.map(([pattern]) => pattern), ...refusals.map(([pattern]) => pattern), /__data\.csv$/, /README|LICENSE/]
    expect(all.filter(({ name }) => !patterns.some((pattern) => pattern.test(name)))).toEqual([])
  })

  test.each<[string, RegExp, string, string]>([
    ['MHI-5 adds up so that high is worse, and says better', /MHI5/, 'option-order-opposite', 'high scores are said to be better'],
    ['MHI-5 tells a cut-off of another metric', /MHI5/, 'cut-offs-on-another-metric', 'a cut-off of 52, while the score reaches 5 to 30'],
    [
      'DASS-21 tells the bands of the doubled score',
      /DASS21/,
      'cut-offs-on-another-metric',
      'bands up to 28, while the score reaches 0 to 21',
    ],
    ['the zh words of DASS-21 are Traditional', /DASS21/, 'chinese-script', 'written in Traditional characters'],
    ['the words of DASS-21 have a label without evidence', /DASS21\.osd/, 'licence-without-evidence', 'stands there without evidence'],
    [
      'OpenScales names two licences of its encoding',
      /DASS21\.osd|openscales\/LICENSE/,
      'licence-without-evidence',
      'told in different ways: CC BY 4.0, CC BY-NC-SA 4.0',
    ],
    ['the RSES is in no public domain', /RSES/, 'licence-without-evidence', 'is not what its evidence says'],
    ['the zh-cn words of the PHQ-9 hold Traditional characters', /reproschema\/PHQ-9\//, 'chinese-script', 'among Simplified ones: 沒'],
    ['the sum of the PSC-17 is no valid code', /PSC-17/, 'expression-not-valid', 'PSC-17_1 reads as PSC minus 17_1'],
    ['the PHQ-9a asks about one week', /PHQ-9a/, 'other-look-back', 'asks about the last 7 days, while phq-9 asks about 14'],
    ['the total of the PHQ-4 is said to reach 27', /PHQ-4/, 'stated-range', '0 to 27, while its items reach 0 to 12'],
    ['one missing answer turns the PHQ-9 into no number', /reproschema\/PHQ-9\//, 'missing-answers', 'one missing answer leaves no score'],
    ['one missing answer makes the PHQ-9 short', /calc-weight/, 'missing-answers', 'the total is short'],
    ['the bands of the PHQ-9 leave out 0', /R4__phq9/, 'thresholds-do-not-tile', '0 to 0 lies in no band'],
    ['the Argonaut PHQ-9 has its key in a sentence only', /argonaut/, 'no-scoring', 'the key is told in a sentence only'],
  ])('%s', (_what, pattern, rule, says) => {
    expect(imported(pattern).findings).toContainEqual(expect.objectContaining({ rule, what: expect.stringContaining(says) }))
  })
})
