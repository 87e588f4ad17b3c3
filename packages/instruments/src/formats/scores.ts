/** Score expressions of one file as scales, and a finding for each that is no valid code or is not understood. */
import { type Expression, parseExpression } from './expression.ts'
import { type Finding, finding } from './finding.ts'
import type { ForeignItem, ForeignScale, Where, Words } from './foreign.ts'
import { scaleKey } from './scale-form.ts'
import { scoreReader } from './score-form.ts'

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
}

const shown = (expression: string) => (expression.length > 120 ? `${expression.slice(0, 120)}…` : expression)

/** Scales of the expressions that can be read; `findings` gets one for each that cannot. */
export const scalesOf = (
  scores: readonly ScoreText[],
  { items, fields = new Set(), groups = new Map(), variables = new Map() }: Names,
  findings: Finding[],
) => {
  const valued = items.filter(({ options }) => options.some(({ value }) => value !== null))
  const names = new Set([...items.map(({ name }) => name), ...fields, ...scores.map(({ name }) => name)])
  const computed = new Map<string, Expression>()
  for (const [name, text] of variables) {
    const parsed = parseExpression(text, names)
    if (parsed.ok) computed.set(name, parsed.expression)
  }
  const parsed = scores.map((score) => ({ score, parsed: parseExpression(score.expression, names) }))
  for (const { score, parsed: one } of parsed) if (one.ok) computed.set(score.name, one.expression)
  const read = scoreReader({
    kindOf: (name) =>
      valued.some((item) => item.name === name) ? 'item' : fields.has(name) || items.some((item) => item.name === name) ? 'field' : null,
    computed: (name) => computed.get(name) ?? null,
    chains: new Map(valued.map(({ name }) => [name, [...(groups.get(name) ?? []), name]])),
  })
  return parsed.flatMap(({ score, parsed: one }): readonly ForeignScale[] => {
    const { name, expression, words, description, statedRange, where } = score
    if (!one.ok) {
      findings.push(
        finding('expression-not-valid', 'error', where, `${name}: ${one.why} at character ${one.at + 1} of ${shown(expression)}`),
      )
      return []
    }
    if (one.repaired.length > 0) {
      const [first] = one.repaired
      const dash = first!.indexOf('-')
      const what = `${name}: ${first} reads as ${first!.slice(0, dash)} minus ${first!.slice(dash + 1)}, which is no valid code; taken as the item that was meant`
      findings.push(finding('expression-not-valid', 'error', where, what, 'names of letters, digits and underscores'))
    }
    const form = read(one.expression)
    if (!form.ok) {
      findings.push(
        finding(
          'score-not-understood',
          'error',
          where,
          `${name}: ${form.why}: ${shown(expression)}`,
          'sums, means, weights and rounding of items',
        ),
      )
      return []
    }
    return [{ name, words, description, thresholds: [], statedRange, where, ...scaleKey(form.form, items) }]
  })
}
