import type { Codebook, DatasetRow } from '@tongxing/instruments'
import { numberIn } from '../dataset/read-dataset.ts'

/** One column of the model beside arm and baseline. A fact with words for values gives a column for each value but the first. */
export type Covariate = { readonly name: string; readonly column: string; readonly valueIn: (row: DatasetRow) => number | null }

/** The columns that the plan's covariates become, as they stand at baseline. */
export const covariatesOf = ({ columns }: Codebook, names: readonly string[]): readonly Covariate[] =>
  names.flatMap((name): readonly Covariate[] => {
    const column = columns.find((candidate) => candidate.name === name)
    if (column?.type !== 'string') return [{ name, column: name, valueIn: (row) => numberIn(row, name) }]
    return (column.values ?? []).slice(1).map(({ value }) => ({
      name: `${name}:${value}`,
      column: name,
      valueIn: (row) => (row[name] ? Number(row[name] === String(value)) : null),
    }))
  })
