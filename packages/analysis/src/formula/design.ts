/** The columns of a model: what R's model.matrix makes of a formula with treatment contrasts, the intercept left out. */
import { type Formula, type Term, termName } from './parse-formula.ts'
import type { Transform } from './transform.ts'

/** The data of one variable, complete: numbers, or for each row the place of its level; the first level is the reference. */
export type VariableData =
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'factor'; readonly levels: readonly string[]; readonly codes: Int32Array }

/** One of the variables a column multiplies: its numbers, or 1 where it has this level and 0 elsewhere. */
export type Multiplied = {
  readonly label: string
  readonly column: string
  readonly level: string | null
  readonly transform?: Transform
}
/** A column before there are data: its name is R's. */
export type ColumnPlan = { readonly name: string; readonly term: string; readonly parts: readonly Multiplied[] }
export type DesignColumn = { readonly name: string; readonly term: string; readonly values: Float64Array }

/** A factor stands with all its levels where the term without it is not in the model, otherwise without its reference. */
const isContrast = (terms: ReadonlySet<string>, term: Term, label: string): boolean => {
  const rest = term.filter((variable) => variable.label !== label)
  return rest.length === 0 || terms.has(termName(rest))
}

/**
 * The columns of a formula in R's order and under R's names (`armprogramme`, `age:SexFemale`), given the levels of its factors, the reference first.
 * A variable without levels is a number. Example: plannedColumns(parseFormula('y ~ arm'), new Map([['arm', ['control', 'programme']]]))[0].name.
 */
export const plannedColumns = (
  { terms }: Pick<Formula, 'terms'>,
  levels: ReadonlyMap<string, readonly string[]>,
): readonly ColumnPlan[] => {
  const names = new Set(terms.map(termName))
  return terms.flatMap((term) => {
    const choices = term.map(({ label, column, transform }): readonly Multiplied[] => {
      const own = levels.get(label)
      return own
        ? own.slice(isContrast(names, term, label) ? 1 : 0).map((level) => ({ label, column, level }))
        : [{ label, column, level: null, ...(transform ? { transform } : {}) }]
    })
    const products = choices.reduce<readonly (readonly Multiplied[])[]>(
      (made, next) => next.flatMap((right) => made.map((left) => left.concat(right))),
      [[]],
    )
    return products.map((parts) => ({
      name: parts.map(({ label, level }) => `${label}${level ?? ''}`).join(':'),
      term: termName(term),
      parts,
    }))
  })
}

const valuesOf = ({ label, level }: Multiplied, data: VariableData): Float64Array => {
  if (data.kind === 'numbers') return data.values
  const code = data.levels.indexOf(level ?? '')
  if (code < 0) throw new Error(`designColumns requires a level of ${label}, got ${level}`)
  return Float64Array.from(data.codes, (own) => Number(own === code))
}

/** The columns of a formula with their values. Throws when a variable of the formula has no data. */
export const designColumns = (formula: Pick<Formula, 'terms'>, data: ReadonlyMap<string, VariableData>): readonly DesignColumn[] => {
  const levels = new Map([...data].flatMap(([label, one]) => (one.kind === 'factor' ? [[label, one.levels] as const] : [])))
  return plannedColumns(formula, levels).map(({ name, term, parts }) => {
    const multiplied = parts.map((part) => {
      const found = data.get(part.label)
      if (!found) throw new Error(`designColumns requires the data of ${part.label}`)
      return valuesOf(part, found)
    })
    return { name, term, values: multiplied.reduce((left, right) => left.map((value, row) => value * right[row]!)) }
  })
}
