/** FHIR's parts that a questionnaire and a response share: texts with translations, the coding of an answer, the canonical address. */
import { valuesOf } from '../answers.ts'
import type { Definition } from '../definition.ts'
import type { Words } from './words-of.ts'

const structure = (name: string) => `http://hl7.org/fhir/StructureDefinition/${name}`
export const loincSystem = 'http://loinc.org'

type Option = Definition['optionSets'][string][number]

/** The canonical address of an instrument: a name, not a place on the network. */
export const canonicalUrl = ({ id }: Definition): string => `urn:tongxing:questionnaire:${id}`

const translations = (text: string, others: readonly (readonly [language: string, text: string])[]) => {
  const different = others.filter(([, said]) => said !== text)
  if (different.length === 0) return undefined
  return {
    extension: different.map(([language, content]) => ({
      url: structure('translation'),
      extension: [
        { url: 'lang', valueCode: language },
        { url: 'content', valueString: content },
      ],
    })),
  }
}

/** A text in the main language with its translations beside it, as FHIR writes them: `text` and `_text`. */
export const said = (
  name: string,
  [main, ...others]: readonly Words[],
  pick: (words: Words) => string | undefined,
): Record<string, unknown> => {
  const text = pick(main!) ?? ''
  const beside = translations(
    text,
    others.flatMap((words) => {
      const other = pick(words)
      return other === undefined ? [] : [[words.language, other] as const]
    }),
  )
  return { [name]: text, ...(beside ? { [`_${name}`]: beside } : {}) }
}

/** The coding of one answer. Its score travels as ordinalValue, on the coding and, as R4 has it, on the option. */
export const answerCoding = (definition: Definition, set: string, option: Option, words: readonly Words[]): Record<string, unknown> => ({
  extension: [{ url: structure('ordinalValue'), valueDecimal: option.value }],
  system: option.loinc === undefined ? `urn:tongxing:options:${definition.id}:${set}` : loincSystem,
  code: option.loinc ?? option.id,
  ...(words.length === 0 ? {} : said('display', words, ({ option: word }) => word(set, option.id))),
})

/** The coding of a value that an item was answered with. */
export const codingOf = (
  definition: Definition,
  item: Definition['items'][number],
  value: number,
  words: Words,
): Record<string, unknown> => {
  const position = valuesOf(definition, item.id).indexOf(value)
  return answerCoding(definition, item.options, definition.optionSets[item.options]![position]!, [words])
}
