/** What an export gives: files, and what the format cannot carry. Pure; the command line writes the files. */
import type { Definition } from '../definition.ts'
import type { Drawing } from '../permission.ts'

export type Exported = {
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly notCarried: readonly string[]
}
/** `drawing` is what the licence gate is asked for a form that a person reads; educational use without a permission unless it is given. */
export type ExportOptions = { readonly language?: string | undefined; readonly drawing?: Omit<Drawing, 'electronic'> }
export type Exporter = (definition: Definition, options?: ExportOptions) => Exported

type Fact = { readonly says: string; readonly present: (definition: Definition) => boolean }
const someScale = (test: (scale: Definition['scales'][number]) => boolean) => (definition: Definition) => definition.scales.some(test)
const someItem = (test: (item: Definition['items'][number]) => boolean) => (definition: Definition) => definition.items.some(test)

const facts = {
  population: { says: 'whom it is for: respondent, ages, grades, look-back period, minutes', present: () => true },
  optionIds: { says: 'our ids of the options: the coded values stand for them', present: () => true },
  bands: { says: 'bands of scores', present: someScale(({ bands }) => bands.length > 0) },
  cutOffs: { says: 'cut-offs', present: someScale(({ cutOffs }) => cutOffs.length > 0) },
  norms: { says: 'norms', present: ({ norms = [] }) => norms.length > 0 },
  tables: { says: 'scores read from a table', present: someScale(({ transform }) => transform?.kind === 'table') },
  counts: { says: 'scores that count answers in a range', present: someScale(({ method }) => method === 'count') },
  otherwise: { says: 'values that stand for items that were not shown', present: someItem(({ otherwise }) => otherwise !== undefined) },
  directions: { says: 'whether a higher score is better or worse', present: ({ scales }) => scales.length > 0 },
  riskRules: {
    says: 'risk rules: whoever uses the form elsewhere must watch the risk items there',
    present: ({ riskRules }) => riskRules.length > 0,
  },
  loinc: { says: 'LOINC codes', present: someItem(({ loinc }) => loinc !== undefined) },
  provenance: { says: 'evidence of the licence, permitted uses, references, provenance', present: () => true },
  scoring: { says: 'scales, keys and scores', present: ({ scales }) => scales.length > 0 },
} satisfies Record<string, Fact>
export type FactName = keyof typeof facts

/** The sentences for what a definition has and a format leaves behind. */
export const notCarriedFrom = (definition: Definition, left: readonly FactName[]): readonly string[] =>
  left.filter((name) => facts[name].present(definition)).map((name) => facts[name].says)

/** The base of a file's name: id and version. */
/** What a form of items, options and calculations leaves behind, in REDCap as in XLSForm. */
export const lostInForms: readonly FactName[] = [
  'population',
  'optionIds',
  'bands',
  'cutOffs',
  'norms',
  'directions',
  'riskRules',
  'loinc',
  'provenance',
]

export const fileName = ({ id, version }: Definition, rest: string): string => `${id}-${version}${rest}`
