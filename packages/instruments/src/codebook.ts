/** The codebook of a dataset: every column with its labels and codes, and every instrument's keys and rules, from the definitions alone. */
import { z } from 'zod'
import { type Definition, definitionSchema } from './definition.ts'
import { bilingualSchema } from './protocol.ts'
import { qualityColumns } from './quality-columns.ts'
import { scaleRange } from './scale-range.ts'

const column = z.strictObject({
  name: z.string(),
  kind: z.enum(['id', 'design', 'item', 'scale', 'unanswered', 'quality']),
  label: bilingualSchema,
  type: z.enum(['integer', 'number', 'string']),
  values: z.array(z.strictObject({ value: z.union([z.number(), z.string()]), label: bilingualSchema })).optional(),
  range: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  instrument: z.string().optional(),
  missing: z.string().optional(),
})

const instrument = z.strictObject({
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  items: definitionSchema.shape.items,
  optionSets: definitionSchema.shape.optionSets,
  scales: definitionSchema.shape.scales,
  riskRules: definitionSchema.shape.riskRules,
})

export const codebookSchema = z.strictObject({ columns: z.array(column), instruments: z.array(instrument) })
export type Codebook = z.infer<typeof codebookSchema>
export type CodebookColumn = z.infer<typeof column>

export type ReleasedDefinition = { readonly definition: Definition; readonly hash: string }

/** The prefix of an instrument's columns: the part of its item ids before the underscore. */
export const shortName = (definition: Pick<Definition, 'items'>): string => definition.items[0]!.id.split('_')[0]!

const inBoth = (definition: Definition, pick: (texts: Definition['texts'][string]) => string | undefined, fallback: string) => {
  const said = (language: string) => (definition.texts[language] ? pick(definition.texts[language]) : undefined)
  const any = Object.values(definition.texts)
    .map(pick)
    .find((text) => text !== undefined)
  return { 'zh-CN': said('zh-CN') ?? any ?? fallback, en: said('en') ?? any ?? fallback }
}

const itemColumn = (definition: Definition, item: Definition['items'][number]): CodebookColumn => ({
  name: item.id,
  kind: 'item',
  label: inBoth(definition, (texts) => texts.items[item.id], item.id),
  type: 'integer',
  values: (definition.optionSets[item.options] ?? []).map((option) => ({
    value: option.value,
    label: inBoth(definition, (texts) => texts.options[item.options]?.[option.id], option.id),
  })),
  instrument: definition.id,
  missing: `empty; the reason stands in ${shortName(definition)}_unanswered`,
})

const scaleColumn = (definition: Definition, scale: Definition['scales'][number]): CodebookColumn => ({
  name: scale.id,
  kind: 'scale',
  label: inBoth(definition, (texts) => texts.scales[scale.id], scale.id),
  type: 'number',
  range: scaleRange(definition, scale.id),
  instrument: definition.id,
  missing: 'empty when too few items were answered',
})

const unansweredColumn = (definition: Definition): CodebookColumn => ({
  name: `${shortName(definition)}_unanswered`,
  kind: 'unanswered',
  label: { 'zh-CN': `${definition.acronym} 未作答的题目及原因`, en: `${definition.acronym} items without an answer, and why` },
  type: 'string',
  instrument: definition.id,
  missing:
    'empty when every item was answered; otherwise item:reason pairs separated by spaces; reasons are skipped, declined, not_shown, not_reached',
})

/** Columns of one instrument in the order of data.csv: items, reasons, scales and, where wished, how it was answered. */
export const instrumentColumns = (definition: Definition, withQuality = false): readonly CodebookColumn[] => [
  ...definition.items.map((item) => itemColumn(definition, item)),
  unansweredColumn(definition),
  ...definition.scales.map((scale) => scaleColumn(definition, scale)),
  ...(withQuality ? qualityColumns(definition, shortName(definition)) : []),
]

/** The codebook of a dataset with these design columns and instruments. */
export const codebookFor = (
  released: readonly ReleasedDefinition[],
  designColumns: readonly CodebookColumn[],
  withQuality = false,
): Codebook => ({
  columns: [...designColumns, ...released.flatMap(({ definition }) => instrumentColumns(definition, withQuality))],
  instruments: released.map(({ definition, hash }) => ({
    id: definition.id,
    version: definition.version,
    hash,
    items: definition.items,
    optionSets: definition.optionSets,
    scales: definition.scales,
    riskRules: definition.riskRules,
  })),
})
