import { normal } from '../distributions/normal.ts'

/**
 * What an effect means for a pupil in the middle of the control arm: how many percentile points he would move. For explaining an effect, not for judging it:
 * it takes the outcome for normal with one spread in both arms.
 * @param g in standard deviations of pupils, any sign
 * @returns percentile points from −50 to 50. Source: What Works Clearinghouse Procedures Handbook 4.1, section VI. Example: improvementIndex(0.25) is 9.8706…
 */
export const improvementIndex = (g: number): number => 100 * (normal(Math.abs(g)).lower - 0.5) * Math.sign(g)
