/** What a model could not answer, or answers with a doubt, for the reader of a terminal. */
import type { Reason, Warning } from '../result.ts'

const reasons: Partial<Record<Reason, string>> = {
  'too-few-values': 'there are no more complete rows than coefficients',
  'no-variation': 'the outcome is the same in every complete row',
  'too-few-schools': 'there are too few clusters, or too few with two rows, for the coefficients asked for',
  collinear: 'a column is a combination of others',
  'no-variation-within-schools': 'the outcome does not vary within clusters beyond the covariates',
}

const warnings: Partial<Record<Warning, string>> = {
  'singular-fit':
    'The cluster variance is estimated as zero (a singular fit). That is no proof that clusters are alike; Satterthwaite counts too many degrees of freedom here, Kenward-Roger stays cautious.',
  'few-schools': 'There are fewer than 20 clusters: the result rests on a few of them.',
}

export const unanswered = (reason: Reason): string => `the model cannot be estimated: ${reasons[reason] ?? reason}`

export const modelNotes = (found: readonly Warning[], incomplete: number | null): readonly string[] => [
  ...(incomplete ? [`${incomplete} rows with a missing value were left out.`] : []),
  ...found.map((warning) => warnings[warning] ?? warning),
]
