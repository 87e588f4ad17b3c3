/** A score as a weighted sum of items, and the arithmetic of such sums. */
import type { Expression } from './expression.ts'

/** `spoils`: one missing answer, no score. `zero`: it adds nothing. `prorate`: the mean of the answered stands in. */
type Missing = 'spoils' | 'zero' | 'prorate'
export type ScoreForm = {
  readonly constant: number
  readonly terms: ReadonlyMap<string, number>
  readonly missing: Missing
  readonly minimum: number | null
  readonly decimals: number | null
  /** What stands for an item that was not shown. */
  readonly otherwise: ReadonlyMap<string, number>
  /** Names that are added and are no items. */
  readonly strays: readonly string[]
}

export type ScoreNames = {
  /** An item with coded values, a field without, or null when the file has no such name. */
  readonly kindOf: (name: string) => 'item' | 'field' | null
  /** A name that the file computes. */
  readonly computed: (name: string) => Expression | null
  /** Every item that has coded values, each with the names of the groups around it and its own. */
  readonly chains: ReadonlyMap<string, readonly string[]>
  /** XPath divides with `div`, FHIRPath means the whole part by it. */
  readonly divides: readonly string[]
}
export type ScoreContext = {
  readonly names: ScoreNames
  readonly read: (expression: Expression) => ScoreForm
  /** Counts a step; refuses when variables that name variables unfold without end. */
  readonly spend: () => void
}

export const plain = (form: Partial<ScoreForm>): ScoreForm => ({
  constant: 0,
  terms: new Map(),
  missing: 'spoils',
  minimum: null,
  decimals: null,
  otherwise: new Map(),
  strays: [],
  ...form,
})

/** Leaves the reading of an expression; `scoreReader` turns it into a reason. */
export const refuse = (why: string): never => {
  throw new RangeError(why)
}

export const isNothing = (expression: Expression | undefined): boolean => {
  if (expression === undefined || expression.kind === 'nothing') return true
  if (expression.kind === 'text') return expression.value === '' || expression.value === 'NaN'
  return expression.kind === 'name' && ['null', 'NaN', 'undefined'].includes(expression.name)
}
export const isZero = (expression: Expression | undefined): boolean => expression?.kind === 'number' && expression.value === 0
export const bareName = (name: string) => name.replace(/^%/, '')

export const scaled = (form: ScoreForm, by: number): ScoreForm => ({
  ...form,
  constant: form.constant * by,
  terms: new Map([...form.terms].map(([item, weight]) => [item, weight * by])),
})

export const isConstant = ({ terms, strays }: ScoreForm) => terms.size === 0 && strays.length === 0

export const added = (left: ScoreForm, right: ScoreForm): ScoreForm => {
  const [loose, other] = left.terms.size === 0 ? [left, right] : [right, left]
  if (loose.terms.size > 0 && left.missing !== right.missing) refuse('treats missing answers in two ways')
  if (left.minimum !== null && right.minimum !== null) refuse('asks twice how many answers there are')
  const terms = new Map(left.terms)
  for (const [item, weight] of right.terms) terms.set(item, (terms.get(item) ?? 0) + weight)
  return plain({
    constant: left.constant + right.constant,
    terms,
    missing: other.missing,
    minimum: left.minimum ?? right.minimum,
    decimals: left.decimals ?? right.decimals,
    otherwise: new Map([...left.otherwise, ...right.otherwise]),
    strays: [...left.strays, ...right.strays],
  })
}
