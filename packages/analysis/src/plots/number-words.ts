import type { Interval } from '../result.ts'

/** A number with a true minus sign and fixed decimals. */
export const decimal = (value: number, digits = 2): string => {
  const text = value.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

export const intervalWords = ({ lower, upper }: Pick<Interval, 'lower' | 'upper'>, to: string, digits = 2): string =>
  `${decimal(lower, digits)} ${to} ${decimal(upper, digits)}`

/** A share from 0 to 1 as it is said. */
export const shareWords = (share: number, digits = 0): string => `${decimal(100 * share, digits)}%`

/** Decimals enough to tell these values apart, and no more: two for what scales usually give. */
export const digitsFor = (values: readonly number[]): number => {
  const largest = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs))
  if (largest === 0) return 2
  return Math.min(6, Math.max(0, largest < 0.1 ? 1 - Math.floor(Math.log10(largest)) : largest >= 1000 ? 0 : largest >= 100 ? 1 : 2))
}
