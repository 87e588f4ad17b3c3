export const adjustments = ['holm', 'hochberg', 'hommel', 'bonferroni', 'BH', 'BY'] as const
export type Adjustment = (typeof adjustments)[number]

/** The running extreme of values from the first to the last. */
const running = (values: readonly number[], pick: (a: number, b: number) => number): number[] => {
  const kept: number[] = []
  for (const [place, value] of values.entries()) kept.push(place === 0 ? value : pick(kept[place - 1]!, value))
  return kept
}
const fromTheEnd = (values: readonly number[]): number[] => running(values.toReversed(), Math.min).toReversed()

/** Wright 1992: the least over subset sizes j of the largest Simes value, in n² steps. */
const hommel = (p: readonly number[]): number[] => {
  const n = p.length
  const start = Math.min(...p.map((value, place) => (n * value) / (place + 1)))
  let q = new Array<number>(n).fill(start)
  let adjusted = [...q]
  for (let j = n - 1; j > 1; j -= 1) {
    const first = n - j + 1
    const tail = Math.min(...p.slice(first).map((value, place) => (j * value) / (place + 2)))
    const head = p.slice(0, first).map((value) => Math.min(j * value, tail))
    q = [...head, ...new Array<number>(n - first).fill(head.at(-1)!)]
    adjusted = adjusted.map((value, place) => Math.max(value, q[place]!))
  }
  return adjusted.map((value, place) => Math.max(value, p[place]!))
}

const rules: Readonly<Record<Adjustment, (sorted: readonly number[]) => readonly number[]>> = {
  bonferroni: (p) => p.map((value) => p.length * value),
  holm: (p) =>
    running(
      p.map((value, place) => (p.length - place) * value),
      Math.max,
    ),
  hochberg: (p) => fromTheEnd(p.map((value, place) => (p.length - place) * value)),
  hommel,
  BH: (p) => fromTheEnd(p.map((value, place) => (p.length / (place + 1)) * value)),
  BY: (p) => {
    const harmonic = p.reduce((sum, _, place) => sum + 1 / (place + 1), 0)
    return fromTheEnd(p.map((value, place) => ((harmonic * p.length) / (place + 1)) * value))
  },
}

/**
 * p-values of several outcomes, adjusted: Holm, Hochberg, Hommel and Bonferroni against any false claim, BH and BY against too large a share of them.
 * Not for one primary outcome named beforehand. Hochberg, Hommel and BH need independent or positively dependent tests; Holm and BY need nothing.
 * @param p values 0 to 1; null stands for a test that was not made, keeps its place and does not count; @param method
 * @returns adjusted values in the order given, at most 1. Throws when a value is not between 0 and 1.
 * Source: Holm 1979, doi:10.2307/4615733; Hochberg 1988, doi:10.1093/biomet/75.4.800; Hommel 1988, doi:10.1093/biomet/75.2.383;
 * Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini & Yekutieli 2001, doi:10.1214/aos/1013699998.
 * Example: adjustedP([0.01, 0.04, 0.03], 'holm') is [0.03, 0.06, 0.06]
 */
export const adjustedP = (p: readonly (number | null)[], method: Adjustment): readonly (number | null)[] => {
  for (const value of p)
    if (value !== null && !(value >= 0 && value <= 1)) throw new Error(`adjustedP requires values from 0 to 1, got ${value}`)
  const order = p.flatMap((value, place) => (value === null ? [] : [{ value, place }])).sort((a, b) => a.value - b.value)
  if (order.length === 0) return p
  const sorted = rules[method](order.map(({ value }) => value))
  const adjusted: (number | null)[] = p.map(() => null)
  for (const [rank, { place }] of order.entries()) adjusted[place] = Math.min(1, sorted[rank]!)
  return adjusted
}
