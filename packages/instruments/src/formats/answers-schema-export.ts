/** The JSON Schema of a sheet of answers: what a foreign program must send so that it can be scored here. */
import type { Definition } from '../definition.ts'
import { type Exporter, fileName, notCarriedFrom } from './exported.ts'
import { languagesOf, type Words, withheldWords, wordsIn } from './words-of.ts'

const reasons = { skipped: 'seen and left empty', declined: 'the person said that she will not answer' }
const notShown = { not_shown: 'not asked, because of an earlier answer' }

const property = (definition: Definition, item: Definition['items'][number], words: Words) => ({
  description: words.item(item.id),
  oneOf: [
    ...definition.optionSets[item.options]!.map(({ id, value }) => ({ const: value, title: words.option(item.options, id) })),
    ...Object.entries({ ...reasons, ...(item.askedIf ? notShown : {}) }).map(([reason, title]) => ({ const: reason, title })),
  ],
})

/** JSON Schema 2020-12. An item that was not reached is left out, so no property is required; an unknown property is refused. */
export const answersSchema = (definition: Definition, language?: string): Record<string, unknown> => {
  const words = wordsIn(definition, languagesOf(definition, language)[0]!)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:tongxing:answers:${definition.id}:${definition.version}`,
    title: `${definition.acronym} ${words.name}`,
    type: 'object',
    properties: Object.fromEntries(definition.items.map((item) => [item.id, property(definition, item, words)])),
    additionalProperties: false,
  }
}

export const exportAnswersSchema: Exporter = (definition, { language } = {}) => {
  const [main, ...others] = languagesOf(definition, language)
  return {
    files: [{ name: fileName(definition, '.answers.schema.json'), text: `${JSON.stringify(answersSchema(definition, main), null, 2)}\n` }],
    notCarried: [
      ...withheldWords(wordsIn(definition, main!)),
      ...others.map((other) => `the words in ${other}`),
      ...notCarriedFrom(definition, ['scoring', 'population', 'optionIds', 'norms', 'riskRules', 'loinc', 'provenance']),
      ...(definition.items.some(({ askedIf }) => askedIf)
        ? ['when an item is asked: not_shown passes for an item that the sheet asks, and is refused when it is scored']
        : []),
    ],
  }
}
