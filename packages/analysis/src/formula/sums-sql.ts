import { type Multiplied, plannedColumns } from './design.ts'
import type { Formula } from './parse-formula.ts'
import { transformSql } from './transform.ts'

export type SumsQuestion = {
  readonly formula: Formula
  readonly cluster: string
  /** a table or schema.table */
  readonly table: string
  /** of the formula's factors, the reference first; a variable without levels is a number */
  readonly levels: ReadonlyMap<string, readonly string[]>
}

const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** A level the question does not name stops the query with its own words as the error, rather than pass as the reference. */
const indicator = (column: string, level: string, levels: readonly string[]): string => {
  const cell = `CAST(${identifier(column)} AS varchar)`
  const others = levels.filter((other) => other !== level).map(literal)
  return `CASE WHEN ${cell} = ${literal(level)} THEN 1e0 WHEN ${cell} IN (${others.join(', ')}) THEN 0e0 ELSE CAST('unknown level ' || ${cell} AS float8) END`
}

const expression = ({ label, column, level, transform }: Multiplied, levels: SumsQuestion['levels']): string => {
  if (level !== null) return indicator(column, level, levels.get(label)!)
  const number = `CAST(${identifier(column)} AS float8)`
  return transform ? transformSql(transform, number) : number
}

/** The names of the sums of so many columns: cluster, n, the means, and the cross products about the means. */
export const sumsHeader = (columns: number): readonly string[] => {
  const places = Array.from({ length: columns }, (_, place) => place + 1)
  return ['cluster', 'n', ...places.map((i) => `mean_${i}`), ...places.flatMap((i) => places.slice(0, i).map((j) => `product_${i}_${j}`))]
}

/**
 * The one SELECT … GROUP BY that reduces a table to the per-cluster sums of a model, the same in PostgreSQL (12 and later) and DuckDB.
 * Both sum the cross products about the running means, so a large offset costs no digits. Rows with a missing value are left out.
 * Columns are those of sumsHeader: covariates in the order of the formula, then the outcome. The sums of a very small cluster disclose its members.
 * Example: sumsSql({ formula: parseFormula('post ~ pre'), cluster: 'school', table: 'pupil', levels: new Map() })
 */
export const sumsSql = ({ formula, cluster, table, levels }: SumsQuestion): string => {
  const planned = plannedColumns(formula, levels).map(({ name, parts }) => ({
    name,
    sql: parts.map((part) => expression(part, levels)).join(' * '),
  }))
  const columns = [...planned, { name: formula.outcome, sql: `CAST(${identifier(formula.outcome)} AS float8)` }]
  const used = [...new Set([cluster, ...formula.terms.flat().map(({ column }) => column), formula.outcome])]
  const design = columns.map(({ name, sql }, i) => {
    const comma = i < columns.length - 1 ? ',' : ''
    return `    ${sql} AS x${i + 1}${comma} -- ${name.replace(/[\r\n]+/g, ' ')}`
  })
  const means = columns.map((_, i) => `  avg(x${i + 1}) AS mean_${i + 1}`)
  const products = columns.flatMap((_, i) =>
    columns.slice(0, i + 1).map((_other, j) => `  regr_sxy(x${i + 1}, x${j + 1}) AS product_${i + 1}_${j + 1}`),
  )
  return `WITH design AS (
  SELECT
    ${identifier(cluster)} AS cluster,
${design.join('\n')}
  FROM ${table.split('.').map(identifier).join('.')}
  WHERE ${used.map((name) => `${identifier(name)} IS NOT NULL`).join('\n    AND ')}
)
SELECT
  cluster,
  count(*) AS n,
${[...means, ...products].join(',\n')}
FROM design
GROUP BY cluster
ORDER BY cluster`
}
