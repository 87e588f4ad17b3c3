import { findRoot } from './find-root.ts'
import type { Tail, Tails } from './tails.ts'

/** Refuses what is no probability of a quantile: strictly between 0 and 1. */
export const checkProbability = (p: number, name: string): void => {
  if (!(p > 0 && p < 1)) throw new Error(`${name} requires a probability between 0 and 1, both excluded, got ${p}`)
}

/** The value of a positive random variable whose given tail is p, from its tails alone: solved on the smaller tail, in logarithms. */
export const positiveQuantile = (tails: (x: number) => Tails, p: number, tail: Tail): number => {
  if (p > 0.5) return positiveQuantile(tails, 1 - p, tail === 'lower' ? 'upper' : 'lower')
  const sign = tail === 'lower' ? 1 : -1
  const gap = (logarithm: number) => sign * Math.log(tails(Math.exp(logarithm))[tail] / p)
  let [low, high] = [0, 0]
  for (let step = 1; gap(low) > 0; step *= 1.5) low -= step
  for (let step = 1; gap(high) < 0; step *= 1.5) high += step
  const middle = Math.exp(findRoot(gap, low, high))
  const exactGap = (x: number) => sign * Math.log(tails(x)[tail] / p)
  const [below, above] = [middle * (1 - 1e-12), middle * (1 + 1e-12)]
  return exactGap(below) < 0 && exactGap(above) > 0 ? findRoot(exactGap, below, above) : middle
}
