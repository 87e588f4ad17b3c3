import { studentEstimate } from '../effects/student-estimate.ts'
import type { Formula } from '../formula/parse-formula.ts'
import { transformed } from '../formula/transform.ts'
import { completeCases } from '../missing/complete-cases.ts'
import { completedModel } from '../missing/completed-model.ts'
import { type DeltaSeries, deltaSeries } from '../missing/delta.ts'
import { type Imputed, multipleImputation } from '../missing/multiple-imputation.ts'
import { missingPatterns } from '../missing/patterns.ts'
import { pooledModel } from '../missing/pooled-model.ts'
import { programmesOf } from './arms.ts'
import { columnNames } from './column-names.ts'
import { BadInput, type Command, namesIn, needed, numberIn, parseOptions } from './command.ts'
import { type DataTable, readDataTable, textColumn } from './data-table.ts'
import { imputeNotes, imputeTables } from './impute-tables.ts'
import { checkOutFolder, writeImputed } from './imputed-folder.ts'
import { type IncompleteTable, incompleteTable, type Named } from './incomplete-table.ts'
import { readFormula, referencesIn } from './model-frame.ts'
import { print } from './print.ts'
import { progress } from './progress.ts'
import { unanswered } from './sentences.ts'

const text = { type: 'string' } as const
const taken = {
  ...{ data: text, cluster: text, columns: text, factors: text, formula: text, reference: text, out: text },
  ...{
    m: { ...text, default: '20' },
    iterations: { ...text, default: '10' },
    seed: { ...text, default: '1' },
    donors: { ...text, default: '5' },
  },
  ...{ delta: text, arm: text, control: text, programme: text },
} as const
type Options = ReturnType<typeof parseOptions<typeof taken>>

const whole = (option: string, given: string, from: number, to: number): number => {
  const value = numberIn(option, given)
  if (!Number.isInteger(value) || value < from || value > to)
    throw new BadInput(`--${option} takes a whole number from ${from} to ${to}, got ${given}`)
  return value
}

const planOf = ({ m, iterations, seed, donors }: Options) => ({
  imputations: whole('m', m, 2, 1000),
  iterations: whole('iterations', iterations, 1, 1000),
  seed: whole('seed', seed, 0, 4_294_967_295),
  donors: whole('donors', donors, 1, 100),
})

const deltasOf = ({ delta, arm, control, programme, formula }: Options): readonly number[] | null => {
  if (delta === undefined) {
    const alone = Object.entries({ arm, control, programme }).find(([, given]) => given !== undefined)
    if (alone) throw new BadInput(`--${alone[0]} goes with --delta`)
    return null
  }
  if (formula === undefined || arm === undefined || control === undefined)
    throw new BadInput('--delta needs --formula, --arm and --control beside it')
  const deltas = delta.split(',').map((word) => numberIn('delta', word))
  if (deltas.length > 200) throw new BadInput(`--delta takes at most 200 shifts, got ${deltas.length}`)
  return deltas
}

const clusterOf = ({ cluster }: Options, formula: Formula | null): string | null => {
  const group = formula?.group ?? null
  if (group !== null && cluster !== undefined && cluster !== group)
    throw new BadInput(`--cluster ${cluster} is not the ${group} of the formula's random intercept`)
  return group ?? cluster ?? null
}

/** The columns that take part: those named and those of the formula, otherwise all of the file. */
const wantedColumns = async (data: string, options: Options, ofFormula: readonly string[], cluster: string | null) => {
  const asked = options.columns === undefined ? [] : namesIn('columns', options.columns)
  const all = options.columns === undefined ? ((await columnNames(data)) ?? []) : asked
  if (all.length === 0 && ofFormula.length === 0 && options.columns === undefined && (await columnNames(data)) === null) {
    await readDataTable(data, []) // says what is wrong with the file, if that is it
    throw new BadInput('impute needs --columns, or --formula, for a file that is no CSV')
  }
  const names = [...new Set([...all, ...ofFormula])].filter((name) => name !== cluster)
  const order = cluster === null || all.includes(cluster) ? [...new Set([...all, ...ofFormula])] : [...all, ...ofFormula, cluster]
  return { names, order, asked: new Set([...asked, ...ofFormula]) }
}

const namedOf = (options: Options, formula: Formula | null, cluster: string | null, asked: ReadonlySet<string>): Named => {
  const variables = formula?.terms.flat() ?? []
  if (options.reference !== undefined && !formula) throw new BadInput('--reference goes with --formula')
  const references = new Map(referencesIn(options.reference, variables))
  if (options.arm !== undefined) {
    if (!variables.some(({ column }) => column === options.arm)) throw new BadInput(`--arm ${options.arm} is not in the formula`)
    if ((references.get(options.arm) ?? options.control) !== options.control)
      throw new BadInput(`--reference ${options.arm}=${references.get(options.arm)} and --control ${options.control} name different levels`)
    references.set(options.arm, options.control!) // deltasOf has seen that it is there
  }
  const factors = new Set([
    ...(options.factors === undefined ? [] : namesIn('factors', options.factors)),
    ...variables.filter(({ asFactor }) => asFactor).map(({ column }) => column),
  ])
  return { cluster, asked, factors, references }
}

/** A function in the formula must have a value at every number that is there: holes are filled from these. */
const checkTransforms = (file: string, { columns }: IncompleteTable, formula: Formula): void => {
  for (const { label, column, transform } of formula.terms.flat()) {
    const found = columns.find(({ name }) => name === column)
    if (!transform || found?.data.kind !== 'numbers') continue
    const wrong = found.data.values.find((value, row) => !found.missing[row] && !Number.isFinite(transformed(transform, value)))
    if (wrong !== undefined) throw new BadInput(`${file}, column ${column}: ${label} has no value at ${wrong}`)
  }
}

const deltasAsked = (
  table: DataTable,
  found: IncompleteTable,
  imputed: Imputed,
  formula: Formula,
  options: Options,
  deltas: readonly number[],
): DeltaSeries => {
  const { arm, control } = { arm: options.arm!, control: options.control! } // deltasOf has seen them
  const [programme, ...more] = programmesOf(table, arm, control, options.programme)
  if (more.length > 0)
    throw new BadInput(`${table.file}, column ${arm}: has several arms besides ${control}, --programme names one of them`)
  const cells = textColumn(table, arm)
  const variable = formula.terms.flat().find(({ column }) => column === arm)!
  const inProgramme = found.rows.map((row) => (cells[row] === programme ? true : cells[row] === control ? false : null))
  const series = deltaSeries(imputed, { formula, clusters: found.clusters, term: `${variable.label}${programme}`, inProgramme, deltas })
  if (series.kind === 'not-estimable') throw new BadInput(`${table.file}: ${unanswered(series.reason)}`)
  return series
}

const modelled = (file: string, found: IncompleteTable, imputed: Imputed, formula: Formula) => {
  const used = new Set([formula.outcome, ...formula.terms.flat().map(({ column }) => column)])
  const complete = completeCases(found.columns.filter(({ name }) => used.has(name)))
  const alone =
    complete.rows.length > 0
      ? completedModel(complete.columns, formula, found.clusters && complete.rows.map((row) => found.clusters![row]!))
      : null
  const pooled = pooledModel(imputed.tables, formula, found.clusters)
  if (pooled.kind === 'not-estimable') throw new BadInput(`${file}: ${unanswered(pooled.reason)}`)
  const completeCase =
    alone?.kind === 'estimated'
      ? {
          ...alone,
          terms: alone.terms.map(({ name, estimate, standardError, df }) => ({
            name,
            ...studentEstimate(estimate, standardError, df, 0.95),
          })),
        }
      : null
  return { pooled, completeCase }
}
export type Modelled = ReturnType<typeof modelled>

const run = async (args: readonly string[]): Promise<void> => {
  const options = parseOptions('impute', args, taken)
  const data = needed('impute', 'data', options.data)
  if (options.out === undefined && options.formula === undefined)
    throw new BadInput('impute needs --out for the completed tables or --formula for a pooled model')
  const [plan, deltas] = [planOf(options), deltasOf(options)]
  const formula = options.formula === undefined ? null : readFormula(options.formula)
  const cluster = clusterOf(options, formula)
  const ofFormula = formula ? [formula.outcome, ...formula.terms.flat().map(({ column }) => column)] : []
  const { names, order, asked } = await wantedColumns(data, options, ofFormula, cluster)
  if (options.out !== undefined) await checkOutFolder(options.out)
  const named = namedOf(options, formula, cluster, asked)
  const table = await readDataTable(data, order)
  const found = incompleteTable(table, names, named)
  if (formula && found.columns.some(({ name, data: own }) => name === formula.outcome && own.kind === 'factor'))
    throw new BadInput(`${table.file}, column ${formula.outcome}: the outcome of the formula must be numbers`)
  if (formula) checkTransforms(table.file, found, formula)
  const imputed = multipleImputation(found.columns, found.clusters, plan, progress('imputing'))
  if (imputed.kind === 'not-estimable')
    throw new BadInput(`${table.file}, column ${imputed.column}: fewer than three of its values are there, too few to impute from`)
  const model = formula ? modelled(table.file, found, imputed, formula) : null
  const delta = formula && deltas ? deltasAsked(table, found, imputed, formula, options, deltas) : null
  const files = options.out === undefined ? [] : await writeImputed(options.out, table, found, imputed)
  const { tables: _, missing: __, ...how } = imputed
  const patterns = missingPatterns(found.columns)
  const record = {
    ...{
      file: table.file,
      formula: options.formula ?? null,
      cluster,
      rowsWithoutCluster: table.rows - found.rows.length,
      carried: found.carried,
    },
    ...how,
    ...{ patterns, pooled: model?.pooled ?? null, completeCase: model?.completeCase ?? null, delta, out: options.out ?? null, files },
  }
  print(options.json, record, imputeTables(record), imputeNotes(record))
}

const usage = `impute --data f.csv [--cluster school] [--m 20] [--iterations 10] [--seed 1] --out folder | --formula "y ~ x + arm + (1 | school)" [--json]
  completes missing values several times by chained equations, and pools a model over the completed tables by Rubin's rules
  --data <file>             a CSV with a header row; empty cells and NA are missing
  --cluster <column>        the schools: the regressions have a random intercept and the schools' means in them
  --columns <a,b,…>         the columns to complete and to predict from, otherwise all but identifiers
  --factors <a,b,…>         columns of numbers that name groups
  --m <n>                   how many tables, 20 unless named; --iterations 10; --seed 1; --donors 5
  --out <folder>            writes the completed tables there, one CSV each
  --formula <formula>       fits it in every table: with (1 | school) a mixed model (Kenward-Roger), with --cluster least squares and CR2,
                            with neither least squares; --reference arm=control,…
  --delta <0,0.5,1>         moves the imputed outcomes of an arm by so many points, and says where the result tips;
                            with --arm <column>, --control <level> and --programme <level>
  --json                    every number with every digit, and the trace of the chains`

export const impute: Command = { name: 'impute', usage, run }
