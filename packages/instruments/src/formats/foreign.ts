/** What every foreign format comes down to before it is linted and becomes a draft: words by language, items with options, scales. */
import type { Finding } from './finding.ts'

export type Words = Readonly<Record<string, string>>
export type Where = { readonly file: string; readonly line?: number | undefined; readonly place?: string | undefined }

export type ForeignOption = { readonly value: number | null; readonly words: Words; readonly code?: string | undefined }
export type ForeignItem = {
  readonly name: string
  readonly words: Words
  readonly options: readonly ForeignOption[]
  readonly optionSet?: string | undefined
  readonly loinc?: string | undefined
  /** The file's own condition for showing it, and the same as a range of answers to earlier items where it can be read so. */
  readonly shownIf?: string | undefined
  readonly asked?: { readonly items: readonly string[]; readonly from: number; readonly to: number } | undefined
  readonly where: Where
}

export type Threshold = { readonly from: number; readonly to: number; readonly label: string }
export type ForeignTerm = { readonly item: string; readonly reversed: boolean; readonly weight: number }
export type ForeignScale = {
  readonly name: string
  readonly words: Words
  readonly description: string
  readonly method: 'sum' | 'mean'
  readonly terms: readonly ForeignTerm[]
  readonly of?: readonly { readonly scale: string; readonly weight: number }[] | undefined
  readonly transform: { readonly multiply: number; readonly add: number } | null
  readonly missing: 'null' | 'zero' | 'prorate'
  readonly minimumAnswered: number | null
  /** What the file does when an answer is missing, in its own terms; null when it says nothing. */
  readonly missingSaid: string | null
  readonly decimals: number | null
  readonly thresholds: readonly Threshold[]
  readonly statedRange?: { readonly from: number; readonly to: number } | undefined
  /** What stands for an item that was not shown. */
  readonly otherwise?: ReadonlyMap<string, number> | undefined
  /** Names that the score adds and that are no items with coded answers. */
  readonly strays: readonly string[]
  readonly where: Where
}

export type Foreign = {
  readonly format: string
  readonly file: string
  readonly name: string
  readonly titles: Words
  readonly stems: Words
  readonly instructions?: Words | undefined
  readonly version?: string | null | undefined
  readonly description: string
  readonly citation: string | null
  readonly licence: { readonly label: string | null; readonly evidence: string | null; readonly encoding: readonly string[] }
  readonly attribution: string | null
  readonly items: readonly ForeignItem[]
  readonly scales: readonly ForeignScale[]
  readonly findings: readonly Finding[]
  readonly notCarried: readonly string[]
}

/** What a format that says nothing of it has. */
export const unsaid = {
  description: '',
  citation: null,
  licence: { label: null, evidence: null, encoding: [] },
  attribution: null,
} as const

const keys = new WeakMap<readonly ForeignOption[], string>()

/** The same text for lists of answers with the same codes, values and words. Made once for each list: many items share one. */
export const answersKey = (options: readonly ForeignOption[]): string => {
  const key = keys.get(options) ?? JSON.stringify(options)
  keys.set(options, key)
  return key
}

/** Items by their names. */
export const itemsByName = ({ items }: Pick<Foreign, 'items'>): ReadonlyMap<string, ForeignItem> =>
  new Map(items.map((item) => [item.name, item]))

/** Lowest and highest coded value of an item; null when it has none. */
export const valueRange = ({ options }: ForeignItem): { readonly from: number; readonly to: number } | null => {
  const values = options.flatMap(({ value }) => (value === null ? [] : [value]))
  return values.length === 0 ? null : { from: Math.min(...values), to: Math.max(...values) }
}

const transformed = (value: number, { transform }: ForeignScale) => (transform ? value * transform.multiply + transform.add : value)

/** What a scale can reach over complete sheets, on the metric that the file reports; null when an item's values are unknown. */
export const reachable = (foreign: Foreign, scale: ForeignScale, depth = 0): { readonly from: number; readonly to: number } | null => {
  if (depth > 8) return null
  const items = itemsByName(foreign)
  const parts = scale.of
    ? scale.of.map(({ scale: name, weight }) => {
        const part = foreign.scales.find((candidate) => candidate.name === name)
        return { range: part ? reachable(foreign, part, depth + 1) : null, weight }
      })
    : scale.terms.map(({ item, weight }) => {
        const found = items.get(item)
        return { range: found ? valueRange(found) : null, weight }
      })
  let [from, to, weights] = [0, 0, 0]
  for (const { range, weight } of parts) {
    if (!range) return null
    from += weight * range.from
    to += weight * range.to
    weights += weight
  }
  if (parts.length === 0) return null
  const divisor = scale.method === 'mean' ? weights : 1
  const [one, other] = [transformed(from / divisor, scale), transformed(to / divisor, scale)]
  return { from: Math.min(one, other), to: Math.max(one, other) }
}
