/** Skip logic of foreign files as a definition has it: shown after an answer in a range to an earlier item, or to any of several. */
import { type Expression, parseExpression } from './expression.ts'
import { type ForeignItem, valueRange } from './foreign.ts'
import { bareName } from './score-form.ts'

export type Asked = { readonly items: readonly string[]; readonly from: number; readonly to: number }
type Range = { readonly from: number; readonly to: number }

const numeric = (expression: Expression): number | null => {
  if (expression.kind === 'number') return expression.value
  return expression.kind === 'text' && /^\d{1,6}$/.test(expression.value) ? Number(expression.value) : null
}

const compared = (operator: string, limit: number, { from, to }: Range): Range | null => {
  if (operator === '>=') return { from: limit, to }
  if (operator === '>') return { from: limit + 1, to }
  if (operator === '<=') return { from, to: limit }
  if (operator === '<') return { from, to: limit - 1 }
  return operator === '=' || operator === '==' || operator === '===' ? { from: limit, to: limit } : null
}

/** Same items, both conditions: the common range. Other items, either condition: the same range. Anything else is not carried. */
const joined = (one: Asked, other: Asked, isEither: boolean): Asked | null => {
  if (isEither) return one.from === other.from && one.to === other.to ? { ...one, items: [...one.items, ...other.items] } : null
  if (one.items.join() !== other.items.join() || one.items.length > 1) return null
  return { items: one.items, from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }
}

const askedBy = (expression: Expression, items: readonly ForeignItem[]): Asked | null => {
  if (expression.kind !== 'operation') return null
  const { operator, left, right } = expression
  if (['or', '||', 'and', '&&'].includes(operator)) {
    const [one, other] = [askedBy(left, items), askedBy(right, items)]
    return one && other ? joined(one, other, operator === 'or' || operator === '||') : null
  }
  const item = left.kind === 'name' ? items.find(({ name }) => name === bareName(left.name)) : undefined
  const [range, limit] = [item ? valueRange(item) : null, numeric(right)]
  const asked = range === null || limit === null ? null : compared(operator, limit, range)
  return asked && item ? { items: [item.name], ...asked } : null
}

/** The skip logic of a condition such as `[k10_2] >= 2` or `a > 0 || b > 0`; null when it is something else. */
export const askedIf = (condition: string | undefined, items: readonly ForeignItem[]): Asked | null => {
  const parsed = condition === undefined ? null : parseExpression(condition, new Set(items.map(({ name }) => name)))
  return parsed?.ok ? askedBy(parsed.expression, items) : null
}
