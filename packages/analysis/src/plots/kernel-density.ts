import { spread } from '../describe.ts'

/** The value below which this share of the sorted values lies, between neighbours in proportion (R's type 7). */
export const quantileOf = (sorted: readonly number[], share: number): number => {
  const at = share * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!]
  return below + (at - Math.floor(at)) * (above - below)
}

/**
 * How densely values lie, smoothed by a Gaussian of Silverman's width, at evenly spaced places over their range and two widths beyond: for a picture.
 * Not for testing, and not a model of a scale's steps. @param values one or more. @returns places in the unit of the values, density per unit.
 * Source: Silverman 1986, Density Estimation, p. 48. Example: kernelDensity([0, 1, 2]) is highest at 1
 */
export const kernelDensity = (values: readonly number[], places = 61): readonly { readonly at: number; readonly density: number }[] => {
  const sorted = values.toSorted((left, right) => left - right)
  const deviation = Math.sqrt(spread(values)?.variance ?? 0)
  const middleHalf = (quantileOf(sorted, 0.75) - quantileOf(sorted, 0.25)) / 1.34
  const width = (0.9 * (Math.min(deviation, middleHalf || deviation) || 0.5)) / values.length ** 0.2
  const [least, most] = [sorted[0]! - 2 * width, sorted.at(-1)! + 2 * width]
  return Array.from({ length: places }, (_, place) => {
    const at = least + ((most - least) * place) / (places - 1)
    const sum = values.reduce((total, value) => total + Math.exp(-0.5 * ((at - value) / width) ** 2), 0)
    return { at, density: sum / (values.length * width * Math.sqrt(2 * Math.PI)) }
  })
}
