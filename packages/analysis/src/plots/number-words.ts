import type { Interval } from '../result.ts'

/** A number with a true minus sign and fixed decimals. */
export const decimal = (value: number, digits = 2): string => {
  const text = value.toFixed(digits)
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−')
}

export const intervalWords = ({ lower, upper }: Pick<Interval, 'lower' | 'upper'>, to: string, digits = 2): string =>
  `${decimal(lower, digits)} ${to} ${decimal(upper, digits)}`
