import { zeros } from '../linear-algebra.ts'

/** All that a random-intercept model needs of one school: the size, the column means, and the cross products about those means. */
export type SchoolSums = {
  readonly school: string
  readonly n: number
  readonly means: readonly number[]
  readonly centred: readonly (readonly number[])[]
}

export type ModelRow = { readonly school: string; readonly values: readonly number[] }

/**
 * Rows to per-school sums: one pass for the means, one for the centred products, so that a large offset costs no digits.
 * `values` holds the covariates, then the outcome. The sums of a very small school disclose its pupils: mind the minimum cell size before sharing them.
 * Throws when rows differ in length. Example: schoolSums([{ school: 'S1', values: [1, 4] }, { school: 'S1', values: [3, 8] }])[0].means is [2, 6].
 */
export const schoolSums = (rows: readonly ModelRow[]): readonly SchoolSums[] => {
  const columns = rows[0]?.values.length ?? 0
  if (rows.some((row) => row.values.length !== columns)) throw new Error(`schoolSums requires ${columns} values in every row`)
  return [...Map.groupBy(rows, (row) => row.school)].map(([school, members]) => sumsOf(school, members, columns))
}

const sumsOf = (school: string, members: readonly ModelRow[], columns: number): SchoolSums => {
  const n = members.length
  const first = members[0]!.values
  const means = first.map((offset, k) => offset + members.reduce((sum, { values }) => sum + (values[k]! - offset), 0) / n)
  const centred = zeros(columns)
  for (const { values } of members)
    for (let i = 0; i < columns; i += 1)
      for (let j = 0; j < columns; j += 1) centred[i]![j] = centred[i]![j]! + (values[i]! - means[i]!) * (values[j]! - means[j]!)
  return { school, n, means, centred }
}
