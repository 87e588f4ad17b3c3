/** FHIRPath into the answers, as far as scores use it: filters on linkId, then weight() or value, then sum(), avg() or count(). */
import type { Expression } from './expression.ts'
import { bareName, refuse, type ScoreNames } from './score-form.ts'

const roots = ['%resource', '%context', '%questionnaire', 'item', 'repeat', 'descendants', '$this', 'QuestionnaireResponse']
const passed = new Set(
  'item repeat descendants answer value valueCoding code answerOption extension valueDecimal valueInteger weight ordinal first single at select ofType toDecimal toInteger'.split(
    ' ',
  ),
)

type Step = { readonly name: string; readonly args: readonly Expression[] }
export type Reached = { readonly items: readonly string[]; readonly end: 'sum' | 'avg' | 'count' | null }

const stepsOf = (expression: Expression): readonly Step[] | null => {
  const steps: Step[] = []
  let rest: Expression | null = expression
  while (rest !== null) {
    if (rest.kind !== 'name' && rest.kind !== 'call' && rest.kind !== 'member') return null
    steps.unshift({ name: rest.name, args: rest.kind === 'call' ? rest.args : [] })
    rest = rest.kind === 'name' ? null : rest.on
  }
  return steps
}

const wantedNames = (expression: Expression): readonly string[] | null => {
  if (expression.kind === 'text') return [expression.value]
  if (expression.kind !== 'operation' || expression.operator !== '|') return null
  const [left, right] = [wantedNames(expression.left), wantedNames(expression.right)]
  return left && right ? [...left, ...right] : null
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
  const wanted = left.kind === 'name' && left.name === 'linkId' ? wantedNames(right) : null
  if (wanted === null) return null
  if (operator === '=' || operator === 'in') return (chain) => chain.some((name) => wanted.includes(name))
  return operator === '!=' ? (chain) => !chain.some((name) => wanted.includes(name)) : null
}

const ending = ({ name, args }: Step): Reached['end'] => {
  if (name === 'sum' || name === 'count' || name === 'avg') return name
  const [sum] = args
  if (name !== 'aggregate' || sum?.kind !== 'operation' || sum.operator !== '+') return null
  const sides = [sum.left, sum.right].map((side) => (side.kind === 'name' ? side.name : ''))
  return sides.includes('$this') && sides.includes('$total') ? 'sum' : null
}

const pathSteps = (expression: Expression): readonly Step[] | null => {
  const steps = stepsOf(expression)
  return steps && steps.length > 1 && roots.includes(steps[0]!.name) ? steps : null
}

/** Which items a path reaches, and whether it adds, averages or counts them; null when the expression is no path into the answers. */
export const reached = (expression: Expression, { chains }: ScoreNames): Reached | null => {
  const steps = pathSteps(expression)
  if (!steps) return null
  let items = [...chains.keys()]
  let end: Reached['end'] = null
  for (const [place, step] of steps.entries()) {
    if (place === 0) continue
    if (step.name === 'where') {
      const keep = keeps(step.args[0])
      if (keep) items = items.filter((item) => keep(chains.get(item)!))
      else if (!['answerOption', 'extension'].includes(steps[place - 1]!.name)) refuse('filters answers by something other than linkId')
    } else if (place === steps.length - 1 && ending(step)) end = ending(step)
    else if (!passed.has(step.name)) refuse(`${step.name} is not understood in a path`)
  }
  return items.length === 0 ? refuse('reaches no item with coded values') : { items, end }
}

/** The computed name that an expression is: a variable, or a path to another score of the file. */
export const computedName = (expression: Expression, names: ScoreNames): string | null => {
  if (expression.kind === 'name') {
    const name = bareName(expression.name)
    return names.kindOf(name) === null && names.computed(name) ? name : null
  }
  const filters = (pathSteps(expression) ?? []).filter(({ name }) => name === 'where').map(({ args }) => args[0])
  const [filter] = filters
  if (filters.length !== 1 || filter?.kind !== 'operation' || filter.operator !== '=' || filter.right.kind !== 'text') return null
  return filter.left.kind === 'name' && filter.left.name === 'linkId' && names.computed(filter.right.value) ? filter.right.value : null
}
