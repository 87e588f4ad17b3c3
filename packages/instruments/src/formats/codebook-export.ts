/** The codebook of one instrument for people: a CSV of its columns, and a Markdown page in Chinese and one in English. */
import { instrumentColumns } from '../codebook.ts'
import { type CsvCell, csvText } from '../csv.ts'
import type { Definition } from '../definition.ts'
import { codebookPage } from './codebook-page.ts'
import { type Exporter, fileName } from './exported.ts'
import { keyOf } from './scale-key.ts'
import { languagesOf, withheldWords, wordsIn } from './words-of.ts'

const header = ['name', 'kind', 'label_zh', 'label_en', 'type', 'values_zh', 'values_en', 'from', 'to', 'key', 'missing', 'loinc'] as const

const rowsOf = (definition: Definition): readonly (readonly CsvCell[])[] =>
  instrumentColumns(definition).map(({ name, kind, label, type, values = [], range, missing = '' }) => {
    const scale = definition.scales.find(({ id }) => id === name)
    const coded = (language: 'zh-CN' | 'en') => values.map((one) => `${one.value} = ${one.label[language]}`).join(' | ')
    return [
      name,
      kind,
      label['zh-CN'],
      label.en,
      type,
      coded('zh-CN'),
      coded('en'),
      range?.from ?? Math.min(...values.map(({ value }) => Number(value))),
      range?.to ?? Math.max(...values.map(({ value }) => Number(value))),
      scale ? keyOf(scale) : '',
      missing,
      definition.items.find(({ id }) => id === name)?.loinc ?? '',
    ].map((cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? null : cell))
  })

const pageLanguages = { 'zh-CN': 'zh', en: 'en' } as const

/** Three files. The CSV begins with a byte order mark, so that spreadsheets read its Chinese. */
export const exportCodebook: Exporter = (definition) => ({
  files: [
    { name: fileName(definition, '.codebook.csv'), text: `\uFEFF${csvText([header, ...rowsOf(definition)])}` },
    ...(['zh-CN', 'en'] as const).map((language) => ({
      name: fileName(definition, `.codebook.${pageLanguages[language]}.md`),
      text: codebookPage(definition, language),
    })),
  ],
  notCarried: [
    ...withheldWords(wordsIn(definition, languagesOf(definition)[0]!)),
    ...(['zh-CN', 'en'] as const)
      .filter((language) => !Object.hasOwn(definition.texts, language))
      .map((language) => `the words in ${language}: there are none, another language stands in their place`),
    'instructions and stem, evidence of the licence, provenance of each fact',
  ],
})
