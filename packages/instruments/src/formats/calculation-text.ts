/** A calculation written in the dialect of a format: FHIRPath, REDCap's logic, XPath. */
import type { Calculation, Term } from './score-terms.ts'

export type Dialect = {
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
