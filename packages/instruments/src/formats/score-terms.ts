/** A scale as a plain calculation that other formats can carry: a sum of terms over a complete sheet. */
import { valuesOf } from '../answers.ts'
import type { Definition, Scale } from '../definition.ts'

/** An earlier item and the answers to it that open a later one; `isLast` when no higher answer exists. Any one gate is enough. */
export type Gate = { readonly item: string; readonly from: number; readonly to: number; readonly isLast: boolean }

export const gatesOf = (definition: Definition, { askedIf }: Definition['items'][number]): readonly Gate[] => {
  if (!askedIf) return []
  const { from, to } = askedIf
  return [askedIf.item, ...(askedIf.orItems ?? [])].map((item) => ({
    item,
    from,
    to,
    isLast: to >= Math.max(...valuesOf(definition, item)),
  }))
}

/** `mirrored` is what the answer is subtracted from when the item is reversed; `shownIf` and `otherwise` come from skip logic. */
export type Term = {
  readonly of: string
  readonly kind: 'item' | 'scale'
  readonly weight: number
  readonly mirrored: number | null
  readonly shownIf: readonly Gate[]
  readonly otherwise: number | null
}
export type Calculation = {
  readonly scale: Scale
  readonly terms: readonly Term[]
  readonly divide: number
  readonly multiply: number
  readonly add: number
  /** Decimals to which the result is rounded; null where rounding changes nothing or is not wanted. */
  readonly round: number | null
  /** What happens on an incomplete sheet, for a scale plain enough to say so elsewhere: its items neither weighted, reversed nor gated. */
  readonly tolerates: { readonly treatment: 'prorate' | 'zero'; readonly minimum: number } | null
}

const itemTerm = (definition: Definition, { item, reversed, weight = 1 }: Scale['items'][number]): Term => {
  const values = valuesOf(definition, item)
  const asked = definition.items.find(({ id }) => id === item)!
  const gates = asked.otherwise === undefined ? [] : gatesOf(definition, asked)
  return {
    of: item,
    kind: 'item',
    weight,
    mirrored: reversed ? Math.min(...values) + Math.max(...values) : null,
    shownIf: gates,
    otherwise: gates.length > 0 ? (asked.otherwise ?? null) : null,
  }
}

const termsOf = (definition: Definition, scale: Scale): readonly Term[] =>
  scale.of
    ? scale.of.map(({ scale: of, weight = 1 }) => ({ of, kind: 'scale', weight, mirrored: null, shownIf: [], otherwise: null }))
    : scale.items.map((keyed) => itemTerm(definition, keyed))

const staysWhole = ({ method, transform }: Scale, terms: readonly Term[]) =>
  method === 'sum' && terms.every(({ weight }) => Number.isInteger(weight)) && (!transform || transform.kind === 'linear')

const toleranceOf = (definition: Definition, { of, items, missing }: Scale): Calculation['tolerates'] => {
  const { treatment, minimumAnswered: minimum, cap } = missing
  const gated = items.some(({ item }) => definition.items.some(({ id, askedIf }) => id === item && askedIf))
  const plain = !of && !gated && items.every(({ reversed = false, weight = 1 }) => !reversed && weight === 1)
  return treatment !== 'null' && plain && cap === undefined ? { treatment, minimum } : null
}

/** The calculation of a scale, or null for a score that counts answers or is read from a table, or that adds up such scores. */
export const calculationOf = (definition: Definition, scale: Scale): Calculation | null => {
  const { method, transform, of, rounding } = scale
  if (method === 'count' || transform?.kind === 'table') return null
  const parts = (of ?? []).map((part) => definition.scales.find(({ id }) => id === part.scale))
  if (parts.some((part) => !part || calculationOf(definition, part) === null)) return null
  const terms = termsOf(definition, scale)
  const linear = transform?.kind === 'linear' ? transform : { multiply: 1, add: 0 }
  const whole = staysWhole(scale, terms) && Number.isInteger(linear.multiply) && Number.isInteger(linear.add)
  return {
    scale,
    terms,
    divide: method === 'mean' ? terms.reduce((sum, { weight }) => sum + weight, 0) : 1,
    multiply: linear.multiply,
    add: linear.add,
    round: rounding.mode === 'none' || whole ? null : rounding.decimals,
    tolerates: toleranceOf(definition, scale),
  }
}

/** The calculations that can be written down, and a sentence for each scale that has none. */
export const calculationsOf = (
  definition: Definition,
): { readonly calculations: readonly Calculation[]; readonly without: readonly string[] } => {
  const all = definition.scales.map((scale) => [scale.id, calculationOf(definition, scale)] as const)
  return {
    calculations: all.flatMap(([, calculation]) => calculation ?? []),
    without: all.filter(([, calculation]) => calculation === null).map(([id]) => `how ${id} is calculated`),
  }
}

type Dialect = {
  readonly answer: (term: Term) => string
  readonly choose: (term: Term, shown: string, otherwise: string) => string
  readonly divide: string
  readonly round: (text: string, decimals: number) => string
  /** For formats that can average or add what was answered, and count it. */
  readonly tolerant?: {
    readonly mean: (items: readonly string[]) => string
    readonly sum: (items: readonly string[]) => string
    readonly atLeast: (items: readonly string[], minimum: number, value: string) => string
  }
}

const termText = (term: Term, dialect: Dialect) => {
  const given = dialect.answer(term)
  const shown = term.otherwise === null ? given : dialect.choose(term, given, String(term.otherwise))
  const keyed = term.mirrored === null ? shown : `(${term.mirrored} - ${shown})`
  return term.weight === 1 ? keyed : `${term.weight} * ${keyed}`
}

/** Mapped as the scale says, and rounded to `decimals` unless that is null. */
const mapped = (raw: string, { multiply, add }: Calculation, decimals: number | null, dialect: Dialect) => {
  const scaled = multiply === 1 ? raw : `(${raw}) * ${multiply}`
  const moved = add === 0 ? scaled : `${scaled} ${add < 0 ? '-' : '+'} ${Math.abs(add)}`
  return decimals === null ? moved : dialect.round(moved, decimals)
}

const tolerantText = (calculation: Calculation, dialect: Dialect): string | null => {
  const { tolerates, terms, divide, scale } = calculation
  if (!tolerates || !dialect.tolerant) return null
  const { mean, sum, atLeast } = dialect.tolerant
  const items = terms.map(({ of }) => of)
  const prorated = divide === 1 ? `${mean(items)} * ${items.length}` : mean(items)
  const zeroed = divide === 1 ? sum(items) : `${sum(items)} ${dialect.divide} ${divide}`
  const decimals = scale.rounding.mode === 'none' ? null : scale.rounding.decimals
  const value = mapped(tolerates.treatment === 'prorate' ? prorated : zeroed, calculation, decimals, dialect)
  return atLeast(items, tolerates.minimum, value)
}

/** A calculation in the dialect of a format: terms joined by plus signs, then divided, mapped and rounded where the scale asks for it. */
export const calculationText = (calculation: Calculation, dialect: Dialect): string => {
  const { terms, divide, round } = calculation
  const sum = terms.map((term) => termText(term, dialect)).join(' + ')
  const mean = divide === 1 ? sum : `(${sum}) ${dialect.divide} ${divide}`
  return tolerantText(calculation, dialect) ?? mapped(mean, calculation, round, dialect)
}

/** What an export says of the scales whose incomplete sheets get a score here and none there. */
export const incompleteSheets = (definition: Definition, isTolerant: boolean): readonly string[] => {
  const left = calculationsOf(definition).calculations.filter(
    ({ scale, tolerates }) => scale.missing.treatment !== 'null' && !(isTolerant && tolerates),
  )
  const names = left.map(({ scale }) => scale.id).join(', ')
  return left.length === 0 ? [] : [`scores of incomplete sheets (${names}): the calculated score appears on complete sheets only`]
}
