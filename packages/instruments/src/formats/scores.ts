/** Score expressions of one file as scales, and a finding for each that is no valid code or is not understood. */
import { type Expression, parseExpression } from './expression.ts'
import { type Finding, finding } from './finding.ts'
import type { ForeignItem, ForeignScale, Where, Words } from './foreign.ts'
import { limits } from './limits.ts'
import { compositeKey, scaleKey } from './scale-form.ts'
import type { ScoreNames } from './score-form.ts'
import { computedName } from './score-paths.ts'
import { scoreParts, scoreReader } from './score-reader.ts'

export type ScoreText = {
  readonly name: string
  readonly expression: string
  readonly words: Words
  readonly description: string
  readonly statedRange?: ForeignScale['statedRange']
  readonly where: Where
}

type Names = {
  readonly items: readonly ForeignItem[]
  /** Fields without coded answers. */
  readonly fields?: ReadonlySet<string>
  /** Groups around an item, outermost first. */
  readonly groups?: ReadonlyMap<string, readonly string[]>
  /** Named expressions that are no score of their own. */
  readonly variables?: ReadonlyMap<string, string>
  readonly divides?: readonly string[]
}

const shown = (expression: string) => (expression.length > 120 ? `${expression.slice(0, 120)}…` : expression)

const leaves = (expression: Expression): readonly Expression[] =>
  expression.kind === 'operation' && expression.operator === '+' ? [...leaves(expression.left), ...leaves(expression.right)] : [expression]

/** Other totals that a score adds beside items: they count those items twice. */
const totalsBesideItems = (expression: Expression, names: ScoreNames, isScore: (name: string) => boolean): readonly string[] => {
  const parts = leaves(expression)
  const totals = parts.flatMap((part) => computedName(part, names) ?? []).filter(isScore)
  return totals.length < parts.length ? totals : []
}

const repairFinding = ({ name, where }: ScoreText, [first]: readonly string[]): readonly Finding[] => {
  if (first === undefined) return []
  const dash = first.indexOf('-')
  const what = `${name}: ${first} reads as ${first.slice(0, dash)} minus ${first.slice(dash + 1)}, which is no valid code; taken as the item that was meant`
  return [finding('expression-not-valid', 'error', where, what, 'names of letters, digits and underscores')]
}

const understood = 'sums, means, weights and rounding of items'

/** Scales of the expressions that can be read; `findings` gets one for each that cannot. */
export const scalesOf = (given: readonly ScoreText[], known: Names, findings: Finding[]): readonly ForeignScale[] => {
  const scores = given.slice(0, limits.scores + 1) // one more than allowed is refused when the import is finished
  const { items, fields = new Set(), groups = new Map(), variables = new Map(), divides = ['/'] } = known
  const valued = new Map(items.filter(({ options }) => options.some(({ value }) => value !== null)).map((item) => [item.name, item]))
  const itemNames = new Set(items.map(({ name }) => name))
  const all = new Set([...itemNames, ...fields, ...scores.map(({ name }) => name)])
  const parsed = scores.map((score) => ({ score, parsed: parseExpression(score.expression, all) }))
  const computed = new Map<string, Expression>()
  for (const [name, text] of variables) {
    const variable = parseExpression(text, all)
    if (variable.ok) computed.set(name, variable.expression)
  }
  for (const { score, parsed: one } of parsed) if (one.ok) computed.set(score.name, one.expression)
  const names: ScoreNames = {
    kindOf: (name) => (valued.has(name) ? 'item' : (fields.has(name) && !computed.has(name)) || itemNames.has(name) ? 'field' : null),
    computed: (name) => computed.get(name) ?? null,
    chains: new Map([...valued.keys()].map((name) => [name, [...(groups.get(name) ?? []), name]])),
    divides,
  }
  const read = scoreReader(names)
  const scoreNames = new Set(scores.map(({ name }) => name))
  const isScore = (name: string) => scoreNames.has(name)
  return parsed.flatMap(({ score, parsed: one }): readonly ForeignScale[] => {
    const { name, expression, words, description, statedRange, where } = score
    const reject = (rule: string, why: string, allowed?: string) => {
      findings.push(finding(rule, 'error', where, `${name}: ${why}: ${shown(expression)}`, allowed))
      return []
    }
    if (!one.ok) return reject('expression-not-valid', `${one.why} at character ${one.at + 1}`)
    findings.push(...repairFinding(score, one.repaired))
    const of = scoreParts(one.expression, names, isScore)
    if (of && of.length > 1) return [{ name, words, description, thresholds: [], statedRange, where, ...compositeKey, of }]
    const form = read(one.expression)
    if (!form.ok) return reject('score-not-understood', form.why, understood)
    const key = scaleKey(form.form, items)
    const strays = [...key.strays, ...totalsBesideItems(one.expression, names, isScore)]
    return [{ name, words, description, thresholds: [], statedRange, where, ...key, strays }]
  })
}
