/** The complete rows of a CSV for a formula: outcome, design columns and clusters, with bad cells named by file, row and column. */
import { type DesignColumn, designColumns, type VariableData } from '../formula/design.ts'
import { factorOf } from '../formula/factor.ts'
import { type Formula, type MixedFormula, parseFormula, parseMixedFormula, type Variable } from '../formula/parse-formula.ts'
import { transformed } from '../formula/transform.ts'
import { BadInput } from './command.ts'
import { type DataTable, numberColumn, readDataTable, textColumn } from './data-table.ts'

export type ModelFrame = {
  readonly formula: Formula
  readonly n: number
  /** rows left out because a value of the model is missing in them */
  readonly incomplete: number
  readonly outcome: Float64Array
  readonly columns: readonly DesignColumn[]
  readonly clusters: readonly string[]
  readonly references: Readonly<Record<string, string>>
}

/** The same, with what varies between the groups of every level: their names by column, and their slopes. */
export type MixedFrame = Omit<ModelFrame, 'formula' | 'clusters'> & {
  readonly formula: MixedFormula
  readonly levels: readonly {
    readonly name: string
    readonly columns: readonly string[]
    readonly groups: readonly (readonly string[])[]
    readonly slopes: readonly DesignColumn[]
  }[]
}

type Asked = { readonly data: string; readonly formula: string; readonly reference: string | undefined; readonly cluster?: string }

const orSentence = <T>(read: (text: string) => T, text: string): T => {
  try {
    return read(text)
  } catch (error) {
    throw new BadInput((error as Error).message) // the parsers throw only Errors
  }
}
export const readFormula = (text: string): Formula => orSentence(parseFormula, text)
export const readMixedFormula = (text: string): MixedFormula => orSentence(parseMixedFormula, text)

export const referencesIn = (text: string | undefined, variables: readonly Variable[]): ReadonlyMap<string, string> => {
  const references = new Map<string, string>()
  for (const pair of text === undefined ? [] : text.split(',')) {
    const [name, level, ...more] = pair.split('=').map((word) => word.trim())
    if (!name || !level || more.length > 0) throw new BadInput(`--reference takes column=level pairs with commas between, got ${pair}`)
    if (!variables.some(({ column }) => column === name)) throw new BadInput(`--reference names ${name}, which is not in the formula`)
    references.set(name, level)
  }
  return references
}

/** A column is a factor when the formula or --reference says so, or when none of its cells is a number. */
const isFactor = (table: DataTable, { column, asFactor }: Variable, references: ReadonlyMap<string, string>): boolean =>
  asFactor || references.has(column) || !textColumn(table, column).some((cell) => cell !== null && Number.isFinite(Number(cell)))

const numbersOrSentence = (table: DataTable, column: string): readonly (number | null)[] => {
  try {
    return numberColumn(table, column)
  } catch (error) {
    throw error instanceof BadInput ? new BadInput(`${error.message}; write factor(${column}) if it names groups`) : error
  }
}

const factorData = (table: DataTable, column: string, rows: readonly number[], reference: string | null): VariableData => {
  const cells = textColumn(table, column)
  const values = rows.map((row) => cells[row]!)
  const made = factorOf(values, null)
  if (made.levels.length < 2)
    throw new BadInput(`${table.file}, column ${column}: has one level, ${made.levels[0]}, in the complete rows; a factor needs two`)
  if (made.levels.length > 200)
    throw new BadInput(`${table.file}, column ${column}: has ${made.levels.length} levels, a factor takes at most 200`)
  if (reference !== null && !made.levels.includes(reference))
    throw new BadInput(`${table.file}, column ${column}: has no level ${reference}, its levels are ${made.levels.join(', ')}`)
  return factorOf(values, reference)
}

const transformedColumn = (file: string, { label, column, transform }: Variable, values: readonly (number | null)[]) =>
  transform === undefined
    ? values
    : values.map((value, row) => {
        if (value === null) return null
        const made = transformed(transform, value)
        if (!Number.isFinite(made)) throw new BadInput(`${file} row ${row + 2}, column ${column}: ${label} has no value at ${value}`)
        return made
      })

/** The complete rows of outcome, variables and groups, and the data of each variable in them. */
const completeRows = async (asked: Asked, outcomeName: string, variables: readonly Variable[], groups: readonly string[]) => {
  const references = referencesIn(asked.reference, variables)
  const wanted = [outcomeName, ...variables.map(({ column }) => column), ...groups]
  const table = await readDataTable(asked.data, wanted)
  const factors = new Set(variables.filter((variable) => isFactor(table, variable, references)).map(({ label }) => label))
  const outcome = numberColumn(table, outcomeName)
  const numbers = new Map(
    variables
      .filter(({ label }) => !factors.has(label))
      .map((variable) => [variable.label, transformedColumn(table.file, variable, numbersOrSentence(table, variable.column))]),
  )
  const needed = wanted.map((name) => textColumn(table, name))
  const rows = outcome.flatMap((_, row) => (needed.every((cells) => cells[row] !== null) ? [row] : []))
  if (rows.length === 0) throw new BadInput(`${table.file} has no row in which ${[...new Set(wanted)].join(', ')} are all present`)
  const dataOf = ({ label, column }: Variable): VariableData => {
    const values = numbers.get(label)
    return values
      ? { kind: 'numbers', values: Float64Array.from(rows, (row) => values[row]!) }
      : factorData(table, column, rows, references.get(column) ?? null)
  }
  const made = new Map(variables.map((variable) => [variable.label, dataOf(variable)]))
  const textOf = (name: string) => {
    const cells = textColumn(table, name)
    return rows.map((row) => cells[row]!)
  }
  const common = {
    n: rows.length,
    incomplete: table.rows - rows.length,
    outcome: Float64Array.from(rows, (row) => outcome[row]!),
    references: Object.fromEntries([...made].flatMap(([label, one]) => (one.kind === 'factor' ? [[label, one.levels[0]!] as const] : []))),
  }
  return { made, textOf, common }
}

const variablesOf = (...terms: Formula['terms']): readonly Variable[] => [
  ...new Map(terms.flat().map((variable) => [variable.label, variable])).values(),
]

/** Reads what a formula needs, keeps the complete rows, and makes the design. Throws BadInput. */
export const readModelFrame = async (asked: Asked): Promise<ModelFrame> => {
  const formula = readFormula(asked.formula)
  const group = asked.cluster ?? formula.group
  const { made, textOf, common } = await completeRows(asked, formula.outcome, variablesOf(...formula.terms), group === null ? [] : [group])
  return { ...common, formula, columns: designColumns(formula, made), clusters: group === null ? [] : textOf(group) }
}

/** The same for a formula with any levels of groups. */
export const readMixedFrame = async (asked: Asked): Promise<MixedFrame> => {
  const formula = readMixedFormula(asked.formula)
  const variables = variablesOf(...formula.terms, ...formula.levels.flatMap(({ slopes }) => slopes))
  const groups = formula.levels.flatMap(({ columns }) => columns)
  const { made, textOf, common } = await completeRows(asked, formula.outcome, variables, groups)
  return {
    ...common,
    formula,
    columns: designColumns(formula, made),
    levels: formula.levels.map(({ name, columns, slopes }) => ({
      name,
      columns,
      groups: columns.map(textOf),
      slopes: designColumns({ terms: slopes }, made),
    })),
  }
}
