/** One language's words of a definition for an export; where the licence holder's words are withheld, ids stand in their place. */
import type { Definition, Texts } from '../definition.ts'

export type Words = {
  readonly language: string
  readonly complete: boolean
  readonly name: string
  readonly instructions: string | undefined
  readonly stem: string | undefined
  readonly item: (item: string) => string
  readonly option: (set: string, option: string) => string
  readonly scale: (scale: string) => string
}

const isComplete = ({ items }: Definition, texts: Texts) =>
  texts.status !== 'withheld' && items.every(({ id }) => texts.items[id] !== undefined)

/** The words in one language. Throws, naming the languages there are, when it has no such texts. */
export const wordsIn = (definition: Definition, language: string): Words => {
  const texts = Object.hasOwn(definition.texts, language) ? definition.texts[language] : undefined
  if (!texts) throw new Error(`${definition.id} has no texts in ${language}, it has ${Object.keys(definition.texts).join(', ')}`)
  return {
    language,
    complete: isComplete(definition, texts),
    name: texts.name,
    instructions: texts.instructions,
    stem: texts.stem,
    item: (item) => texts.items[item] ?? item,
    option: (set, option) => texts.options[set]?.[option] ?? option,
    scale: (scale) => texts.scales[scale] ?? scale,
  }
}

/** The languages of an export, the main one first: the one that was asked for, otherwise Chinese before the others. */
export const languagesOf = ({ texts }: Definition, asked?: string): readonly string[] => {
  const main = asked ?? (Object.hasOwn(texts, 'zh-CN') ? 'zh-CN' : Object.keys(texts)[0]!)
  return [main, ...Object.keys(texts).filter((language) => language !== main)]
}

/** What an export says when it has ids in the place of words. */
export const withheldWords = (words: Words): readonly string[] =>
  words.complete
    ? []
    : [`the words of items and options (${words.language}): the licence holder keeps them, item ids and option ids stand in their place`]
