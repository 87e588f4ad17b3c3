/** Conditions inside scores: which answers are there, how many of them, and whether an item was shown at all. */
import type { Expression } from './expression.ts'
import { bareName, isNothing, isZero, refuse, type ScoreContext } from './score-form.ts'
import { reached } from './score-paths.ts'

/** The answers that a condition asks for, and how many of them have to be there. */
export type Present = { readonly items: ReadonlySet<string>; readonly need: number }

const either = ['or', '||']
const both = ['and', '&&']

const oneOf = (expression: Expression, { names, read }: ScoreContext): Present => {
  const found = reached(expression, names)
  const items = new Set(found ? found.items : read(expression).terms.keys())
  return { items, need: found ? 1 : items.size }
}

const joined = (one: Present, other: Present, isEither: boolean): Present => {
  const items = new Set([...one.items, ...other.items])
  if (isEither) return one.need === 1 && other.need === 1 ? { items, need: 1 } : refuse('a condition is not understood')
  const isAll = one.need === one.items.size && other.need === other.items.size
  return isAll ? { items, need: items.size } : refuse('a condition is not understood')
}

/** The items whose answers open another one, `[k10_2] >= 2`; null when a condition is no such gate. */
export const gateItems = (condition: Expression, context: ScoreContext): readonly string[] | null => {
  if (condition.kind !== 'operation') return null
  const { operator, left, right } = condition
  if (either.includes(operator) || both.includes(operator)) {
    const [one, other] = [gateItems(left, context), gateItems(right, context)]
    return one && other ? [...one, ...other] : null
  }
  if (!['>=', '>', '<=', '<', '=', '=='].includes(operator)) return null
  if (right.kind !== 'number' && !(right.kind === 'text' && /^\d+$/.test(right.value))) return null
  if (left.kind === 'name' && context.names.kindOf(bareName(left.name)) === 'item') return [bareName(left.name)]
  const found = left.kind === 'call' || left.kind === 'member' ? reached(left, context.names) : null
  return found && found.end === null && found.items.length === 1 ? found.items : null
}

/** How many are answered: a sum of ones, or a count along a path. */
const counted = (expression: Expression, context: ScoreContext): ReadonlySet<string> => {
  const { names, read, spend } = context
  spend()
  if (expression.kind === 'operation' && expression.operator === '+')
    return new Set([...counted(expression.left, context), ...counted(expression.right, context)])
  if (expression.kind === 'name') {
    const inner = names.computed(bareName(expression.name))
    return inner ? counted(inner, context) : refuse('counts something that is not understood')
  }
  if (expression.kind !== 'call') return refuse('counts something that is not understood')
  const found = expression.on ? reached(expression, names) : null
  if (found?.end === 'count') return new Set(found.items)
  if (expression.name === 'sum') return new Set(expression.args.flatMap((arg) => [...counted(arg, context)]))
  if (expression.name === 'count' && expression.on === null) return new Set(expression.args.flatMap((arg) => [...read(arg).terms.keys()]))
  const [condition, yes, no] = expression.args
  if (!['if', 'iif'].includes(expression.name) || !condition) return refuse('counts something that is not understood')
  if (yes?.kind === 'number' && yes.value === 1 && isZero(no)) return present(condition, context).items
  if (no?.kind === 'number' && no.value === 1 && isZero(yes)) return absent(condition, context).items
  return refuse('counts something that is not understood')
}

/** Which answers a condition asks for, and how many of them; refused when it asks for anything else. */
export const present = (condition: Expression, context: ScoreContext): Present => {
  context.spend()
  if (condition.kind === 'name') {
    const inner = context.names.computed(bareName(condition.name))
    return inner ? present(inner, context) : refuse(`the condition ${condition.name} is not understood`)
  }
  if (condition.kind === 'call') {
    const { name, on, args } = condition
    if (name === 'not') return absent(on ?? args[0] ?? { kind: 'nothing' }, context)
    return name === 'exists' && on ? oneOf(on, context) : refuse(`the condition ${name} is not understood`)
  }
  if (condition.kind !== 'operation') return refuse('a condition is not understood')
  const { operator, left, right } = condition
  if ([...either, ...both].includes(operator)) return joined(present(left, context), present(right, context), either.includes(operator))
  if (['!=', '<>', '!=='].includes(operator) && isNothing(right)) return oneOf(left, context)
  if (['=', '=='].includes(operator) && left.kind === 'call' && isZero(right)) return absent(left, context)
  if ((operator === '>=' || operator === '>') && right.kind === 'number')
    return { items: counted(left, context), need: operator === '>' ? right.value + 1 : right.value }
  return refuse('a condition is not understood')
}

/** The same for a condition that says what is missing: `x = ''`, isblank(x). An item behind a gate is missing only when it was shown. */
export const absent = (condition: Expression, context: ScoreContext): Present => {
  context.spend()
  if (condition.kind === 'call' && ['isblank', 'isblanknan', 'isnan', 'isNaN', 'empty'].includes(condition.name))
    return oneOf(condition.on ?? condition.args[0] ?? { kind: 'nothing' }, context)
  if (condition.kind !== 'operation') return refuse('a condition is not understood')
  const { operator, left, right } = condition
  if (both.includes(operator) && gateItems(left, context)) return absent(right, context)
  if ([...either, ...both].includes(operator)) return joined(absent(left, context), absent(right, context), both.includes(operator))
  if (['=', '==', '==='].includes(operator) && isNothing(right)) return oneOf(left, context)
  if ((operator === '<' || operator === '<=') && right.kind === 'number')
    return { items: counted(left, context), need: operator === '<' ? right.value : right.value + 1 }
  return refuse('a condition is not understood')
}
