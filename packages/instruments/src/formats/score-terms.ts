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

/** What an export says of the scales whose incomplete sheets get a score here and none there. */
export const incompleteSheets = (definition: Definition, isTolerant: boolean): readonly string[] => {
  const left = calculationsOf(definition).calculations.filter(
    ({ scale, tolerates }) => scale.missing.treatment !== 'null' && !(isTolerant && tolerates),
  )
  const names = left.map(({ scale }) => scale.id).join(', ')
  return left.length === 0 ? [] : [`scores of incomplete sheets (${names}): the calculated score appears on complete sheets only`]
}
