/** The columns of a model: what R's model.matrix makes of a formula with treatment contrasts, the intercept left out. */
import { type Formula, type Term, termName } from './parse-formula.ts'

/** The data of one variable, complete: numbers, or for each row the place of its level; the first level is the reference. */
export type VariableData =
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'factor'; readonly levels: readonly string[]; readonly codes: Int32Array }

export type DesignColumn = { readonly name: string; readonly term: string; readonly values: Float64Array }
type Part = { readonly name: string; readonly values: Float64Array }

/** A factor stands with all its levels where the term without it is not in the model, otherwise without its reference. */
const isContrast = (terms: ReadonlySet<string>, term: Term, label: string): boolean => {
  const rest = term.filter((variable) => variable.label !== label)
  return rest.length === 0 || terms.has(termName(rest))
}

const parts = (label: string, data: VariableData, contrast: boolean): readonly Part[] =>
  data.kind === 'numbers'
    ? [{ name: label, values: data.values }]
    : data.levels
        .map((level, code) => ({ name: `${label}${level}`, values: Float64Array.from(data.codes, (own) => Number(own === code)) }))
        .slice(contrast ? 1 : 0)

const product = (a: Part, b: Part): Part => ({ name: `${a.name}:${b.name}`, values: a.values.map((value, row) => value * b.values[row]!) })

/**
 * Design columns in R's order and under R's names (`armprogramme`, `age:SexFemale`). Example: designColumns(parseFormula('y ~ arm'), data)[0].name.
 * Throws when a variable of the formula has no data.
 */
export const designColumns = ({ terms }: Formula, data: ReadonlyMap<string, VariableData>): readonly DesignColumn[] => {
  const names = new Set(terms.map(termName))
  return terms.flatMap((term) => {
    const columns = term.map(({ label }) => {
      const found = data.get(label)
      if (!found) throw new Error(`designColumns requires the data of ${label}`)
      return parts(label, found, isContrast(names, term, label))
    })
    const multiplied = columns.reduce((made, next) => next.flatMap((right) => made.map((left) => product(left, right))))
    return multiplied.map(({ name, values }) => ({ name, term: termName(term), values }))
  })
}
