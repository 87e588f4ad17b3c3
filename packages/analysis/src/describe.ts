import { mean as compensatedMean, sampleStandardDeviation } from 'simple-statistics'

export type Description = { readonly n: number; readonly mean: number | null; readonly standardDeviation: number | null }

/**
 * Count, mean and sample standard deviation (n − 1) of some scores, in their own unit. Not for inference.
 * The mean is null without values, the standard deviation with fewer than two. Values are shifted by the first, so a large offset costs no digits.
 * Example: describe([1, 2, 3]) is { n: 3, mean: 2, standardDeviation: 1 }.
 */
export const describe = (values: readonly number[]): Description => {
  const offset = values[0] ?? 0
  const shifted = values.map((value) => value - offset)
  return {
    n: values.length,
    mean: values.length === 0 ? null : offset + compensatedMean(shifted),
    standardDeviation: values.length < 2 ? null : sampleStandardDeviation(shifted),
  }
}

/** Mean and variance of at least two values, for the tests built on them; null when there are fewer or all are equal. */
export const spread = (values: readonly number[]): { readonly n: number; readonly mean: number; readonly variance: number } | null => {
  const { n, mean, standardDeviation } = describe(values)
  return mean === null || standardDeviation === null ? null : { n, mean, variance: standardDeviation ** 2 }
}
