/** Reads an expression tree as what a scale is: a weighted sum of items, and what it does with a missing answer. Nothing is evaluated. */
import type { Expression } from './expression.ts'

/** `spoils`: one missing answer, no score. `zero`: it adds nothing. `prorate`: the mean of the answered stands in. */
type Missing = 'spoils' | 'zero' | 'prorate'
export type ScoreForm = {
  readonly constant: number
  readonly terms: ReadonlyMap<string, number>
  readonly missing: Missing
  readonly minimum: number | null
  readonly decimals: number | null
  readonly strays: readonly string[]
}
export type ReadScore = { readonly ok: true; readonly form: ScoreForm } | { readonly ok: false; readonly why: string }

export type ScoreNames = {
  /** An item with coded values, a field without, or null when the file has no such name. */
  readonly kindOf: (name: string) => 'item' | 'field' | null
  /** A name that the file computes. */
  readonly computed: (name: string) => Expression | null
  /** Every item that has coded values, each with the names of the groups around it and its own. */
  readonly chains: ReadonlyMap<string, readonly string[]>
}

const plain = (form: Partial<ScoreForm>): ScoreForm => ({
  constant: 0,
  terms: new Map(),
  missing: 'spoils',
  minimum: null,
  decimals: null,
  strays: [],
  ...form,
})

const refuse = (why: string): never => {
  throw new RangeError(why)
}

const isNothing = (expression: Expression | undefined): boolean => {
  if (expression === undefined || expression.kind === 'nothing') return true
  if (expression.kind === 'text') return expression.value === '' || expression.value === 'NaN'
  return expression.kind === 'name' && ['null', 'NaN', 'undefined'].includes(expression.name)
}
const isZero = (expression: Expression | undefined) => expression?.kind === 'number' && expression.value === 0

const scaled = (form: ScoreForm, by: number): ScoreForm => ({
  ...form,
  constant: form.constant * by,
  terms: new Map([...form.terms].map(([item, weight]) => [item, weight * by])),
})

const alone = (form: ScoreForm) => form.terms.size === 0 && form.strays.length === 0

const added = (left: ScoreForm, right: ScoreForm): ScoreForm => {
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
    strays: [...left.strays, ...right.strays],
  })
}

type Present = { readonly items: ReadonlySet<string>; readonly need: number }

/** The reader of one file's expressions. Each computed name is read once; a name that needs itself is refused. */
export const scoreReader = (names: ScoreNames): ((expression: Expression) => ReadScore) => {
  const known = new Map<string, ScoreForm>()
  const underWay = new Set<string>()

  const named = (name: string): ScoreForm => {
    const bare = name.replace(/^%/, '')
    const kind = names.kindOf(bare)
    if (kind === 'item') return plain({ terms: new Map([[bare, 1]]) })
    const before = known.get(bare)
    if (before) return before
    const expression = names.computed(bare)
    if (expression) {
      if (underWay.has(bare)) return refuse(`${bare} needs itself`)
      underWay.add(bare)
      const form = read(expression)
      underWay.delete(bare)
      known.set(bare, form)
      return form
    }
    return kind === 'field' ? plain({ strays: [bare] }) : refuse(`knows no item ${bare}`)
  }

  /** `linkId = 'a'` and its company: which items a filter keeps; null when the filter is about something else. */
  const keeps = (filter: Expression | undefined): ((chain: readonly string[]) => boolean) | null => {
    if (filter?.kind !== 'operation') return null
    const { operator, left, right } = filter
    if (operator === 'or' || operator === 'and') {
      const [one, other] = [keeps(left), keeps(right)]
      if (!one || !other) return null
      return operator === 'or' ? (chain) => one(chain) || other(chain) : (chain) => one(chain) && other(chain)
    }
    if (left.kind !== 'name' || left.name !== 'linkId') return null
    const wanted = wantedNames(right)
    if (wanted === null) return null
    if (operator === '=' || operator === 'in') return (chain) => chain.some((name) => wanted.includes(name))
    return operator === '!=' ? (chain) => !chain.some((name) => wanted.includes(name)) : null
  }
  const wantedNames = (expression: Expression): readonly string[] | null => {
    if (expression.kind === 'text') return [expression.value]
    if (expression.kind !== 'operation' || expression.operator !== '|') return null
    const [left, right] = [wantedNames(expression.left), wantedNames(expression.right)]
    return left && right ? [...left, ...right] : null
  }

  const roots = ['%resource', '%context', '%questionnaire', 'item', 'repeat', 'descendants', '$this', 'QuestionnaireResponse']
  const through = ['item', 'repeat', 'descendants', 'answer', 'value', 'valueCoding', 'code', 'answerOption', 'extension', 'valueDecimal']
  const passed = [...through, 'valueInteger', 'weight', 'ordinal', 'first', 'single', 'at', 'select', 'ofType', 'toDecimal', 'toInteger']

  type Step = { readonly name: string; readonly args: readonly Expression[] }
  const stepsOf = (expression: Expression): readonly Step[] | null => {
    if (expression.kind === 'name') return [{ name: expression.name, args: [] }]
    if (expression.kind !== 'call' && expression.kind !== 'member') return null
    const step = { name: expression.name, args: expression.kind === 'call' ? expression.args : [] }
    if (expression.on === null) return [step]
    const before = stepsOf(expression.on)
    return before && [...before, step]
  }

  const sums = (step: Step) => {
    if (step.name === 'sum' || step.name === 'count' || step.name === 'avg') return step.name
    const [sum] = step.args
    if (step.name !== 'aggregate' || sum?.kind !== 'operation' || sum.operator !== '+') return null
    const sides = [sum.left, sum.right].map((side) => (side.kind === 'name' ? side.name : ''))
    return sides.includes('$this') && sides.includes('$total') ? 'sum' : null
  }

  /** A FHIRPath into the answers: which items it reaches, and whether it adds, averages or counts them. */
  const reached = (expression: Expression): { readonly items: readonly string[]; readonly end: 'sum' | 'avg' | 'count' | null } | null => {
    const steps = stepsOf(expression)
    if (!steps || steps.length < 2 || !roots.includes(steps[0]!.name)) return null
    let items = [...names.chains.keys()]
    let end: 'sum' | 'avg' | 'count' | null = null
    for (const [place, step] of steps.entries()) {
      if (place === 0) continue
      if (step.name === 'where') {
        const keep = keeps(step.args[0])
        const after = steps[place - 1]!.name
        if (keep) items = items.filter((item) => keep(names.chains.get(item)!))
        else if (!['answerOption', 'extension'].includes(after)) return refuse('filters answers by something other than linkId')
      } else if (place === steps.length - 1 && sums(step)) end = sums(step)
      else if (!passed.includes(step.name)) return refuse(`${step.name} is not understood in a path`)
    }
    return items.length === 0 ? refuse('reaches no item with coded values') : { items, end }
  }

  const path = (expression: Expression): ScoreForm | null => {
    const found = reached(expression)
    if (!found) return null
    const { items, end } = found
    if (end === 'count') return refuse('counts answers where a score is expected')
    if (end === null && items.length > 1) return refuse(`reaches ${items.length} items without adding them`)
    const weight = end === 'avg' ? 1 / items.length : 1
    const missing = end === null ? 'spoils' : end === 'sum' ? 'zero' : 'prorate'
    return plain({ terms: new Map(items.map((item) => [item, weight])), missing })
  }

  /** Which answers a condition asks for, and how many of them; refused when it asks for anything else. */
  const present = (condition: Expression): Present => {
    if (condition.kind === 'name') {
      const inner = names.computed(condition.name.replace(/^%/, ''))
      return inner ? present(inner) : refuse(`the condition ${condition.name} is not understood`)
    }
    if (condition.kind === 'call') {
      if (condition.name === 'not' && condition.args[0]) return without(condition.args[0])
      if (condition.name === 'not' && condition.on) return without(condition.on)
      if (condition.name === 'exists' && condition.on) return oneOf(condition.on)
      return refuse(`the condition ${condition.name} is not understood`)
    }
    if (condition.kind !== 'operation') return refuse('a condition is not understood')
    const { operator, left, right } = condition
    if (['or', '||', 'and', '&&'].includes(operator)) return joined(present(left), present(right), ['or', '||'].includes(operator))
    if (['!=', '<>', '!=='].includes(operator) && isNothing(right)) return oneOf(left)
    if (['=', '=='].includes(operator) && left.kind === 'call' && isZero(right)) return without(left)
    if ((operator === '>=' || operator === '>') && right.kind === 'number')
      return { items: counted(left), need: operator === '>' ? right.value + 1 : right.value }
    return refuse('a condition is not understood')
  }
  const without = (condition: Expression): Present => {
    if (condition.kind === 'call' && ['isblank', 'isblanknan', 'isnan', 'isNaN', 'empty'].includes(condition.name))
      return oneOf(condition.on ?? condition.args[0] ?? { kind: 'nothing' })
    if (condition.kind !== 'operation') return refuse('a condition is not understood')
    const { operator, left, right } = condition
    if (['or', '||', 'and', '&&'].includes(operator)) return joined(without(left), without(right), ['and', '&&'].includes(operator))
    if (['=', '==', '==='].includes(operator) && isNothing(right)) return oneOf(left)
    if ((operator === '<' || operator === '<=') && right.kind === 'number')
      return { items: counted(left), need: operator === '<' ? right.value : right.value + 1 }
    return refuse('a condition is not understood')
  }
  const joined = (one: Present, other: Present, either: boolean): Present => {
    const items = new Set([...one.items, ...other.items])
    if (either) return one.need === 1 && other.need === 1 ? { items, need: 1 } : refuse('a condition is not understood')
    return one.need === one.items.size && other.need === other.items.size
      ? { items, need: items.size }
      : refuse('a condition is not understood')
  }
  const oneOf = (expression: Expression): Present => {
    const found = reached(expression)
    const items = new Set(found ? found.items : read(expression).terms.keys())
    return { items, need: found ? 1 : items.size }
  }

  /** How many are answered: a sum of ones, or a count along a path. */
  const counted = (expression: Expression): ReadonlySet<string> => {
    const found = expression.kind === 'call' && expression.on ? reached(expression) : null
    if (found?.end === 'count') return new Set(found.items)
    if (expression.kind === 'operation' && expression.operator === '+')
      return new Set([...counted(expression.left), ...counted(expression.right)])
    if (expression.kind === 'name') {
      const inner = names.computed(expression.name.replace(/^%/, ''))
      if (inner) return counted(inner)
    }
    if (expression.kind !== 'call') return refuse('counts something that is not understood')
    if (expression.name === 'sum' && expression.on === null) return new Set(expression.args.flatMap((arg) => [...counted(arg)]))
    if (expression.name === 'count-non-empty' || expression.name === 'count') {
      return new Set(expression.args.flatMap((arg) => [...read(arg).terms.keys()]))
    }
    const [condition, yes, no] = expression.args
    if (!['if', 'iif'].includes(expression.name) || !condition) return refuse('counts something that is not understood')
    if (yes?.kind === 'number' && yes.value === 1 && isZero(no)) return present(condition).items
    if (no?.kind === 'number' && no.value === 1 && isZero(yes)) return without(condition).items
    return refuse('counts something that is not understood')
  }

  const guarded = (form: ScoreForm, { items, need }: Present): ScoreForm => {
    const all = [...form.terms.keys()]
    if (items.size !== all.length || !all.every((item) => items.has(item))) return refuse('asks for answers that it does not add')
    if (form.missing === 'spoils') return form
    return need >= all.length ? { ...form, missing: 'spoils' } : { ...form, minimum: need }
  }

  const choice = ([condition, yes, no]: readonly Expression[]): ScoreForm => {
    if (!condition || !yes) return refuse('a choice lacks its parts')
    if (isNothing(no)) return guarded(read(yes), present(condition))
    if (isNothing(yes)) return guarded(read(no!), without(condition))
    const [form, asked] = isZero(no) ? [read(yes), present(condition)] : isZero(yes) ? [read(no!), without(condition)] : [null, null]
    if (!form || !asked || asked.items.size !== 1 || form.terms.size !== 1 || !form.terms.has([...asked.items][0]!))
      return refuse('a choice between two scores is not understood')
    return { ...form, missing: 'zero' }
  }

  const several = (name: string, args: readonly Expression[]): ScoreForm => {
    const forms = args.map(read)
    if (forms.some((form) => form.terms.size + form.strays.length > 1 || form.missing !== 'spoils'))
      return refuse(`${name} of sums is not understood`)
    const sum = forms.reduce(added, plain({}))
    if (name === 'sum') return { ...sum, missing: 'zero' }
    return { ...scaled(sum, 1 / forms.length), missing: 'prorate' }
  }

  const rounded = (form: ScoreForm, digits: Expression | undefined): ScoreForm => {
    const decimals = digits === undefined ? 0 : digits.kind === 'number' ? digits.value : refuse('rounds to something that is not a number')
    return form.decimals === null || form.decimals >= decimals ? { ...form, decimals } : form
  }

  const call = (expression: Extract<Expression, { kind: 'call' }>): ScoreForm => {
    const { on, name, args } = expression
    const math = on === null || (on.kind === 'name' && on.name === 'Math')
    if (math && (name === 'if' || name === 'iif')) return choice(args)
    if (math && (name === 'sum' || name === 'mean')) return several(name, args)
    if (math && name === 'round' && args[0]) return rounded(read(args[0]), args[1])
    if (math && name === 'coalesce' && args[0] && isZero(args[1])) return { ...read(args[0]), missing: 'zero' }
    if (math && ['int', 'number', 'Number', 'parseInt', 'parseFloat'].includes(name) && args[0]) return read(args[0])
    const form = path(expression)
    if (form) return form
    if (on && name === 'round') return rounded(read(on), args[0])
    if (on && ['first', 'value', 'toDecimal', 'toInteger', 'single'].includes(name)) return read(on)
    return refuse(`${name}() is not understood`)
  }

  const operation = ({ operator, left, right }: Extract<Expression, { kind: 'operation' }>): ScoreForm => {
    if (operator === '+') return added(read(left), read(right))
    if (operator === '-') return added(read(left), scaled(read(right), -1))
    if (operator === '||' && isZero(right)) return { ...read(left), missing: 'zero' }
    const [one, other] = [read(left), read(right)]
    if (operator === '*' && alone(one)) return scaled(other, one.constant)
    if (operator === '*' && alone(other)) return scaled(one, other.constant)
    if ((operator === '/' || operator === 'div') && alone(other) && other.constant !== 0 && operator === '/')
      return scaled(one, 1 / other.constant)
    return refuse(`${operator} is not understood here`)
  }

  const read = (expression: Expression): ScoreForm => {
    switch (expression.kind) {
      case 'number':
        return plain({ constant: expression.value })
      case 'name':
        return named(expression.name)
      case 'call':
        return call(expression)
      case 'member':
        return path(expression) ?? refuse(`.${expression.name} is not understood`)
      case 'operation':
        return operation(expression)
      default:
        return refuse(`${expression.kind === 'text' ? 'a text' : 'nothing'} stands where a number is expected`)
    }
  }

  return (expression) => {
    underWay.clear()
    try {
      const form = read(expression)
      return form.terms.size === 0 && form.strays.length === 0 ? { ok: false, why: 'adds no item' } : { ok: true, form }
    } catch (error) {
      if (error instanceof RangeError) return { ok: false, why: error.message }
      throw error
    }
  }
}
