// How a sheet was answered, in the numbers that a page shows.
import type { Sitting } from '../wire.ts'

/** Paper and old sheets say nothing, and nor does a form whose runs mean nothing where no time was told. */
export const saysSomething = ({ secondsPerItem, longString, aids }: Sitting): boolean =>
  secondsPerItem !== null || longString !== null || aids.length > 0

export const secondsOf = (seconds: number): string => (seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds)))

/** Never 0 and never 100 of what is neither none nor all. */
export const percentOf = (share: number): number => (share === 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100))))
