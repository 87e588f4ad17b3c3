/** Who is lost: by chance and by the baseline total; not at random only when asked for. Simulated study, not real data (模拟研究·非真实数据). */
import type { Calibration } from './calibration.ts'
import type { Pupil } from './cast.ts'
import { parameters, type Wave } from './parameters.ts'

/** Totals of the primary outcome; null where it could not be scored, or plays no part. */
type Totals = { readonly baseline: number | null; readonly later: number | null }

/** A pupil's loss is one draw, so that who is lost after the programme is lost at the follow-up too. */
export const isLost = ({ logOddsLost, outcomes }: Calibration, { loss, sessions }: Pupil, wave: Wave, totals: Totals): boolean => {
  const { mean, standardDeviation } = outcomes[0]! // the primary outcome stands first
  const standardised = (total: number | null) => (total === null ? 0 : (total - mean) / standardDeviation)
  const byBaseline = parameters.lostByScore.value * standardised(totals.baseline)
  const byLater = sessions === null ? 0 : parameters.lostByLaterScore.value * standardised(totals.later)
  return loss < 1 / (1 + Math.exp(-(logOddsLost[wave] + byBaseline + byLater)))
}
