/** Reads an expression tree as what a scale is: a weighted sum of items, and what it does with a missing answer. Nothing is evaluated. */
import type { Expression } from './expression.ts'
import { absent, gateItems, type Present, present } from './score-conditions.ts'
import {
  added,
  bareName,
  isConstant,
  isNothing,
  isZero,
  plain,
  refuse,
  type ScoreContext,
  type ScoreForm,
  type ScoreNames,
  scaled,
} from './score-form.ts'
import { computedName, reached } from './score-paths.ts'

export type ReadScore = { readonly ok: true; readonly form: ScoreForm } | { readonly ok: false; readonly why: string }
type Call = Extract<Expression, { kind: 'call' }>
const mostSteps = 20_000
type Operation = Extract<Expression, { kind: 'operation' }>

const path = (expression: Expression, { names }: ScoreContext): ScoreForm | null => {
  const found = reached(expression, names)
  if (!found) return null
  const { items, end } = found
  if (end === 'count') return refuse('counts answers where a score is expected')
  if (end === null && items.length > 1) return refuse(`reaches ${items.length} items without adding them`)
  const missing = end === null ? 'spoils' : end === 'sum' ? 'zero' : 'prorate'
  return plain({ terms: new Map(items.map((item) => [item, end === 'avg' ? 1 / items.length : 1])), missing })
}

const guarded = (form: ScoreForm, { items, need }: Present): ScoreForm => {
  const all = [...form.terms.keys()]
  if (items.size !== all.length || !all.every((item) => items.has(item))) return refuse('asks for answers that it does not add')
  if (form.missing === 'spoils') return form
  return need >= all.length ? { ...form, missing: 'spoils' } : { ...form, minimum: need }
}

/** `if(shown, answer, 1)`: the number stands for an item that was not shown. */
const shownOrNot = (form: ScoreForm, otherwise: number): ScoreForm => {
  const [item, ...others] = form.terms.keys()
  if (item === undefined || others.length > 0 || form.constant !== 0 || form.terms.get(item) !== 1)
    return refuse('a choice between two scores is not understood')
  return { ...form, otherwise: new Map([[item, otherwise]]) }
}

const choice = ([condition, yes, no]: readonly Expression[], context: ScoreContext): ScoreForm => {
  if (!condition || !yes) return refuse('a choice lacks its parts')
  if (isNothing(no)) return guarded(context.read(yes), present(condition, context))
  if (isNothing(yes)) return guarded(context.read(no!), absent(condition, context))
  if (no?.kind === 'number' && gateItems(condition, context)) return shownOrNot(context.read(yes), no.value)
  const [form, asked] = isZero(no)
    ? [context.read(yes), present(condition, context)]
    : isZero(yes)
      ? [context.read(no!), absent(condition, context)]
      : [null, null]
  if (!form || !asked || asked.items.size !== 1 || form.terms.size !== 1 || !form.terms.has([...asked.items][0]!))
    return refuse('a choice between two scores is not understood')
  return { ...form, missing: 'zero' }
}

const several = (name: string, args: readonly Expression[], { read }: ScoreContext): ScoreForm => {
  const forms = args.map(read)
  if (forms.some((form) => form.terms.size + form.strays.length > 1 || form.missing !== 'spoils'))
    return refuse(`${name} of sums is not understood`)
  const sum = forms.reduce(added, plain({}))
  return name === 'sum' ? { ...sum, missing: 'zero' } : { ...scaled(sum, 1 / forms.length), missing: 'prorate' }
}

const rounded = (form: ScoreForm, digits: Expression | undefined): ScoreForm => {
  if (digits !== undefined && digits.kind !== 'number') return refuse('rounds to something that is not a number')
  return { ...form, decimals: Math.min(form.decimals ?? 6, digits?.value ?? 0) }
}

const call = (expression: Call, context: ScoreContext): ScoreForm => {
  const { on, name, args } = expression
  const { read } = context
  const isFunction = on === null || (on.kind === 'name' && on.name === 'Math')
  if (isFunction && (name === 'if' || name === 'iif')) return choice(args, context)
  if (isFunction && (name === 'sum' || name === 'mean')) return several(name, args, context)
  if (isFunction && name === 'round' && args[0]) return rounded(read(args[0]), args[1])
  if (isFunction && name === 'coalesce' && args[0] && isZero(args[1])) return { ...read(args[0]), missing: 'zero' }
  if (isFunction && ['int', 'number', 'Number', 'parseInt', 'parseFloat'].includes(name) && args[0]) return read(args[0])
  const form = on && name === 'round' ? null : path(expression, context)
  if (form) return form
  if (on && name === 'round') return rounded(read(on), args[0])
  if (on && ['first', 'value', 'toDecimal', 'toInteger', 'single'].includes(name)) return read(on)
  return refuse(`${name}() is not understood`)
}

const operation = ({ operator, left, right }: Operation, { names, read }: ScoreContext): ScoreForm => {
  if (operator === '||' && isZero(right)) return { ...read(left), missing: 'zero' }
  const [one, other] = [read(left), read(right)]
  if (one.decimals !== null || other.decimals !== null) return refuse('rounds before it is done')
  if (operator === '+') return added(one, other)
  if (operator === '-') return added(one, scaled(other, -1))
  if (operator === '*' && isConstant(one)) return scaled(other, one.constant)
  if (operator === '*' && isConstant(other)) return scaled(one, other.constant)
  if (names.divides.includes(operator) && isConstant(other) && other.constant !== 0) return scaled(one, 1 / other.constant)
  return refuse(`${operator} is not understood here`)
}

const nameOf = (name: string, { kindOf }: ScoreNames): ScoreForm => {
  const bare = bareName(name)
  if (kindOf(bare) === 'item') return plain({ terms: new Map([[bare, 1]]) })
  return kindOf(bare) === 'field' ? plain({ strays: [bare] }) : refuse(`knows no item ${bare}`)
}

/** The reader of one file's expressions. Each computed name is read once; a name that needs itself is refused. */
export const scoreReader = (names: ScoreNames): ((expression: Expression) => ReadScore) => {
  const known = new Map<string, ScoreForm>()
  const underWay = new Set<string>()

  const computed = (name: string): ScoreForm => {
    const before = known.get(name)
    if (before) return before
    if (underWay.has(name)) return refuse(`${name} needs itself`)
    underWay.add(name)
    const form = read(names.computed(name)!)
    underWay.delete(name)
    known.set(name, form)
    return form
  }

  let steps = 0
  const spend = () => {
    steps += 1
    if (steps > mostSteps) refuse('is too long to be understood')
  }

  const read = (expression: Expression): ScoreForm => {
    spend()
    const name = expression.kind === 'number' || expression.kind === 'operation' ? null : computedName(expression, names)
    if (name !== null) return computed(name)
    switch (expression.kind) {
      case 'number':
        return plain({ constant: expression.value })
      case 'name':
        return nameOf(expression.name, names)
      case 'call':
        return call(expression, context)
      case 'member':
        return path(expression, context) ?? refuse(`.${expression.name} is not understood`)
      case 'operation':
        return operation(expression, context)
      default:
        return refuse(`${expression.kind === 'text' ? 'a text' : 'nothing'} stands where a number is expected`)
    }
  }
  const context: ScoreContext = { names, read, spend }

  return (expression) => {
    underWay.clear()
    steps = 0
    try {
      const form = read(expression)
      return isConstant(form) ? { ok: false, why: 'adds no item' } : { ok: true, form }
    } catch (error) {
      if (error instanceof RangeError) return { ok: false, why: error.message }
      throw error
    }
  }
}

type Part = { readonly scale: string; readonly weight: number }

const partsOf = (expression: Expression, names: ScoreNames, isScore: (name: string) => boolean): readonly Part[] | null => {
  if (expression.kind === 'call' && expression.on === null && ['if', 'iif'].includes(expression.name)) {
    const [, yes, no] = expression.args
    const [inner] = [yes, no].filter((part) => !isNothing(part))
    return inner && isNothing(yes) !== isNothing(no) ? partsOf(inner, names, isScore) : null
  }
  if (expression.kind === 'operation' && expression.operator === '+') {
    const [left, right] = [partsOf(expression.left, names, isScore), partsOf(expression.right, names, isScore)]
    return left && right ? [...left, ...right] : null
  }
  if (expression.kind === 'operation' && expression.operator === '*' && expression.left.kind === 'number') {
    const weight = expression.left.value
    return partsOf(expression.right, names, isScore)?.map((part) => ({ ...part, weight: part.weight * weight })) ?? null
  }
  const name = computedName(expression, names)
  return name !== null && isScore(name) ? [{ scale: name, weight: 1 }] : null
}

/** The scores that an expression adds up, each once, when it adds up nothing else: a composite. */
export const scoreParts = (expression: Expression, names: ScoreNames, isScore: (name: string) => boolean): readonly Part[] | null => {
  const weights = new Map<string, number>()
  const parts = partsOf(expression, names, isScore)
  for (const { scale, weight } of parts ?? []) weights.set(scale, (weights.get(scale) ?? 0) + weight)
  return parts && [...weights].map(([scale, weight]) => ({ scale, weight }))
}
