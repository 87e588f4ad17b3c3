/** The words of a draft in one language. */
import type { Definition, Texts } from '../definition.ts'
import type { OptionSet } from './draft-ids.ts'
import type { Foreign, ForeignItem, ForeignScale, Words } from './foreign.ts'
import { anyWords } from './words.ts'

export type Keyed = { readonly source: ForeignItem; readonly id: string; readonly set: string }
export type Parts = {
  readonly items: readonly Keyed[]
  readonly sets: readonly OptionSet[]
  readonly scales: readonly (readonly [ForeignScale, Definition['scales'][number]])[]
}

const inLanguage = <Key extends string>(pairs: readonly (readonly [Key, Words])[], language: string): Record<string, string> =>
  Object.fromEntries(pairs.flatMap(([key, words]) => (words[language] === undefined ? [] : [[key, words[language]] as const])))

export const textsOf = (foreign: Foreign, { items, sets, scales }: Parts, language: string, script: 'Hans' | 'Hant' | 'Latn'): Texts => {
  const [stem, instructions] = [foreign.stems[language], foreign.instructions?.[language]]
  return {
    language,
    script,
    edition: 'imported',
    status: 'found',
    source: `imported file ${foreign.file}`,
    name: foreign.titles[language] ?? anyWords(foreign.titles) ?? foreign.name,
    ...(instructions === undefined ? {} : { instructions }),
    ...(stem === undefined ? {} : { stem }),
    items: inLanguage(
      items.map(({ id, source }) => [id, source.words] as const),
      language,
    ),
    options: Object.fromEntries(
      sets.map(({ id, options, ids }) => [
        id,
        inLanguage(
          options.map(({ words }, position) => [ids[position]!, words] as const),
          language,
        ),
      ]),
    ),
    scales: Object.fromEntries(scales.map(([scale, { id }]) => [id, scale.words[language] ?? anyWords(scale.words) ?? scale.name])),
    bands: Object.fromEntries(
      scales
        .filter(([, { bands }]) => bands.length > 0)
        .map(([_scale, { id, bands }]) => [
          id,
          Object.fromEntries(
            bands.map((band) => [band.id, band.source.slice(band.source.indexOf(foreign.file) + foreign.file.length + 2)]),
          ),
        ]),
    ),
    riskRules: {},
  }
}
