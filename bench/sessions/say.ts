// What a person reads of a load.
import type { Loaded } from './load.ts'
import type { Measured } from './place.ts'

export const median = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]!

export const rateOf = ({ latencies, seconds }: Loaded): number => latencies.length / seconds

export const percentile = ({ latencies }: Loaded, share: number): number => {
  const sorted = latencies.toSorted((left, right) => left - right)
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN
}

export const percentiles = (loaded: Loaded): string =>
  [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${percentile(loaded, share).toFixed(0)} ms`).join(', ')

/** The first failure says what a number of them cannot. */
export const failuresOf = ({ failures }: Loaded): string =>
  failures.length === 0 ? '0 failures' : `${failures.length} FAILURES, the first: ${failures[0]}`

export const goal = (met: boolean): string => (met ? 'goal met' : 'GOAL NOT MET')

const microseconds = (milliseconds: number, count: number) => `${((milliseconds * 1000) / count).toFixed(0)} µs`

/** Of all who take part, for each sheet; NaN where it is not told. */
export const spentPerSheet = ({ spent, latencies }: Measured): number =>
  spent ? (spent.server + spent.database + spent.pupils) / latencies.length : Number.NaN

export const spentOf = ({ spent, latencies: { length } }: Measured): string =>
  spent
    ? `processor time a sheet: server ${microseconds(spent.server, length)}, PostgreSQL ${microseconds(spent.database, length)}, pupils ${microseconds(spent.pupils, length)}`
    : 'processor time is not told here'
