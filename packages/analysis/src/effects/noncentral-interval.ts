import { noncentrality } from '../distributions/noncentral-t.ts'
import type { Interval } from '../result.ts'

/** The noncentralities that would put an observed t at either edge: the exact interval behind d, g and d_z. Source: Steiger & Fouladi 1997. */
export const noncentralInterval = (t: number, df: number, level: number): Interval => ({
  lower: noncentrality(t, df, (1 - level) / 2, 'upper'),
  upper: noncentrality(t, df, (1 - level) / 2, 'lower'),
  level,
})
