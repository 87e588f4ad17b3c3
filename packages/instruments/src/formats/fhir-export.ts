/** A definition as a FHIR R4 Questionnaire: coded answers with their scores (ordinalValue), LOINC codes, SDC calculated expressions. */
import { shortName } from '../codebook.ts'
import type { Definition } from '../definition.ts'
import { calculationText, type Dialect } from './calculation-text.ts'
import { type Exporter, fileName, notCarriedFrom } from './exported.ts'
import { answerCoding, canonicalUrl, loincSystem, said } from './fhir-coding.ts'
import { type Calculation, calculationsOf, type Gate, gatesOf, incompleteSheets, type Term } from './score-terms.ts'
import { languagesOf, type Words, withheldWords, wordsIn } from './words-of.ts'

const calculatedExpression = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression'

type Item = Definition['items'][number]
type Option = Definition['optionSets'][string][number]

const answerOption = (definition: Definition, set: string, option: Option, words: readonly Words[]) => {
  const { extension, ...valueCoding } = answerCoding(definition, set, option, words)
  return { extension, valueCoding }
}

const opening = (definition: Definition, { item, from, to }: Gate) => {
  const { options } = definition.items.find(({ id }) => id === item)!
  return definition.optionSets[options]!.filter(({ value }) => value >= from && value <= to).map((option) => {
    const { system, code } = answerCoding(definition, options, option, [])
    return { question: item, operator: '=', answerCoding: { system, code } }
  })
}

const enableWhen = (definition: Definition, item: Item) => {
  const conditions = gatesOf(definition, item).flatMap((gate) => opening(definition, gate))
  if (conditions.length === 0) return {}
  return { enableWhen: conditions, ...(conditions.length > 1 ? { enableBehavior: 'any' } : {}) }
}

const question = (definition: Definition, item: Item, position: number, words: readonly Words[]) => ({
  linkId: item.id,
  ...(item.loinc === undefined ? {} : { code: [{ system: loincSystem, code: item.loinc }] }),
  prefix: String(position + 1),
  ...said('text', words, ({ item: word }) => word(item.id)),
  type: 'choice',
  ...enableWhen(definition, item),
  required: false,
  answerOption: definition.optionSets[item.options]!.map((option) => answerOption(definition, item.options, option, words)),
})

const answered = (term: Term) => {
  const answer = `%resource.item.where(linkId = '${term.of}').answer`
  return term.kind === 'item' ? `${answer}.weight()` : `${answer}.value`
}
const shown = ({ item, from, to, isLast }: Gate) => {
  const gate = `%resource.item.where(linkId = '${item}').answer.weight()`
  return `(${gate} >= ${from}${isLast ? '' : ` and ${gate} <= ${to}`})`
}
const answersTo = (items: readonly string[]) => `%resource.item.where(linkId in (${items.map((item) => `'${item}'`).join(' | ')})).answer`

const fhirPath: Dialect = {
  answer: answered,
  choose: (term: Term, given: string, otherwise: string) => `iif(${term.shownIf.map(shown).join(' or ')}, ${given}, ${otherwise})`,
  divide: '/',
  round: (text: string, decimals: number) => `(${text}).round(${decimals})`,
  tolerant: {
    mean: (items: readonly string[]) => `${answersTo(items)}.weight().avg()`,
    sum: (items: readonly string[]) => `${answersTo(items)}.weight().sum()`,
    atLeast: (items: readonly string[], minimum: number, value: string) => `iif(${answersTo(items)}.count() >= ${minimum}, ${value}, {})`,
  },
}

const calculated = (calculation: Calculation, words: readonly Words[]) => ({
  extension: [
    {
      url: calculatedExpression,
      valueExpression: { language: 'text/fhirpath', expression: calculationText(calculation, fhirPath) },
    },
  ],
  linkId: calculation.scale.id,
  ...said('text', words, ({ scale }) => scale(calculation.scale.id)),
  type: 'decimal',
  required: false,
  readOnly: true,
})

const shownText = (linkId: string, words: readonly Words[], pick: (words: Words) => string | undefined) =>
  pick(words[0]!) === undefined ? [] : [{ linkId, ...said('text', words, pick), type: 'display' }]

const questionnaire = (definition: Definition, words: readonly Words[]) => ({
  resourceType: 'Questionnaire',
  id: definition.id,
  language: words[0]!.language,
  url: canonicalUrl(definition),
  version: definition.version,
  name: definition.acronym.replaceAll(/[^A-Za-z0-9]/g, ''),
  ...said('title', words, ({ name }) => name),
  status: 'active',
  ...(definition.validated === false ? { experimental: true } : {}),
  subjectType: ['Patient'],
  copyright: `${definition.licence.wording.attribution} ${definition.licence.wording.terms}`,
  item: [
    ...shownText(`${shortName(definition)}-instructions`, words, ({ instructions }) => instructions),
    ...shownText(`${shortName(definition)}-stem`, words, ({ stem }) => stem),
    ...definition.items.map((item, position) => question(definition, item, position, words)),
    ...calculationsOf(definition).calculations.map((calculation) => calculated(calculation, words)),
  ],
})

/** One Questionnaire. All languages travel in it: the main one as text, the others as translations. */
export const exportFhir: Exporter = (definition, { language } = {}) => {
  const words = languagesOf(definition, language).map((one) => wordsIn(definition, one))
  const coded = Object.values(definition.optionSets).some((options) => options.some(({ loinc }) => loinc !== undefined))
  return {
    files: [{ name: fileName(definition, '.questionnaire.json'), text: `${JSON.stringify(questionnaire(definition, words), null, 2)}\n` }],
    notCarried: [
      ...withheldWords(words[0]!),
      ...calculationsOf(definition).without,
      ...incompleteSheets(definition, true),
      ...notCarriedFrom(definition, ['population', ...(coded ? (['optionIds'] as const) : []), 'bands', 'cutOffs', 'norms']),
      ...notCarriedFrom(definition, ['directions', 'riskRules', 'provenance']),
    ],
  }
}
