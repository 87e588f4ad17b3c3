/** Out and in again: what an exporter says it carries comes back from the importer, over the whole library. */
import { describe, expect, test, vi } from 'vitest'
import { type Answers, valuesOf } from '../answers.ts'
import type { Definition } from '../definition.ts'
import { loadLibrary } from '../library.ts'
import { scoreAnswers } from '../score.ts'
import { seededRandom } from '../simulate.ts'
import { exportInstrument } from './export.ts'
import { importFiles } from './import.ts'
import { calculationsOf } from './score-terms.ts'
import { languagesOf, wordsIn } from './words-of.ts'

vi.setConfig({ testTimeout: 120_000 }) // a busy machine is no failure

const definitions = (await loadLibrary()).list().map(({ definition }) => definition)

const form = (definition: Definition, format: string) =>
  definition.items.map(({ id, askedIf, loinc }) => ({
    id,
    values: valuesOf(definition, id),
    ...(askedIf ? { askedIf } : {}),
    ...(format === 'fhir' && loinc ? { loinc } : {}),
  }))

const words = (definition: Definition, languages: readonly string[], scales: readonly string[]) =>
  languages.map((language) => {
    const said = wordsIn(definition, language)
    return {
      language,
      items: definition.items.map(({ id }) => said.item(id)),
      options: definition.items.map(({ options }) => definition.optionSets[options]!.map(({ id }) => said.option(options, id))),
      scales: scales.map((scale) => said.scale(scale)),
    }
  })

const keys = (definition: Definition, carried: readonly string[]) =>
  definition.scales
    .filter(({ id }) => carried.includes(id))
    .map(({ id, method, items, of = [] }) => ({
      id,
      method,
      items: items.map(({ item, reversed = false, weight = 1 }) => ({ item, reversed, weight })),
      of: of.map(({ scale, weight = 1 }) => ({ scale, weight })),
    }))

const missingRules = (definition: Definition, carried: readonly string[]) =>
  definition.scales
    .filter(({ id }) => carried.includes(id))
    .map(({ id, missing: { treatment, minimumAnswered } }) => ({ id, treatment, minimumAnswered }))

/** Complete sheets, each value as likely as another. */
const completeSheets = (definition: Definition, count: number): readonly Answers[] => {
  const random = seededRandom(11)
  const drawn = (values: readonly number[]) => values[Math.floor(random() * values.length)]!
  return Array.from({ length: count }, () => Object.fromEntries(definition.items.map(({ id }) => [id, drawn(valuesOf(definition, id))])))
}

const scores = (definition: Definition, carried: readonly string[], sheets: readonly Answers[]) =>
  sheets.map((sheet) =>
    scoreAnswers(definition, sheet)
      .filter(({ scale }) => carried.includes(scale))
      .map((score) => [score.scale, score.kind === 'scored' ? Math.round(score.value * 1e6) / 1e6 : null]),
  )

const languagesIn = { fhir: languagesOf, xlsform: languagesOf, redcap: (definition: Definition) => languagesOf(definition).slice(0, 1) }

/** Where the licence holder keeps the words, ids travel in their place, the same in every language. */
const spoken = (definition: Definition, languages: readonly string[]) =>
  languages.filter((language) => wordsIn(definition, language).complete)

describe.each(['fhir', 'redcap', 'xlsform'] as const)('%s carries', (format) => {
  test.each(definitions.map((definition) => [`${definition.id}@${definition.version}`, definition] as const))('%s', (_key, definition) => {
    const { definition: draft, findings } = importFiles(format, exportInstrument(format, definition).files)
    const { calculations } = calculationsOf(definition)
    const errors = findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)
    if (!draft) return expect([errors, calculations]).toEqual([['no-questionnaire'], []]) // facts without a total look like any record
    expect(errors).toEqual([])
    const carried = calculations.map(({ scale }) => scale.id)
    const tolerated = calculations.filter((one) => one.tolerates && format !== 'xlsform').map(({ scale }) => scale.id)
    const languages = spoken(definition, languagesIn[format](definition))
    const sheets = completeSheets(definition, 50)
    expect(form(draft, format)).toEqual(form(definition, format))
    expect(words(draft, languages, carried)).toEqual(words(definition, languages, carried))
    expect(keys(draft, carried)).toEqual(keys(definition, carried))
    expect(missingRules(draft, tolerated)).toEqual(missingRules(definition, tolerated))
    expect(scores(draft, carried, sheets)).toEqual(scores(definition, carried, sheets))
  })
})
