/**
 * Every number that the simulation assumes, and where it comes from. Simulated study, not real data (模拟研究·非真实数据): none of this describes
 * a real study in Pingjiang or anywhere else. Latent values are in standard deviations of distress.
 */
type Parameter = { readonly value: number; readonly source: string }
const ours = (value: number, why: string): Parameter => ({ value, source: `our judgement: ${why}` })

const guo = 'Guo 2023, BMC Psychology (ChiCTR2300069405), a published protocol: 4 counties of 6 schools, about 50 pupils each, wait-list'

export const parameters = {
  counties: { value: 4, source: guo },
  schoolsPerCounty: { value: 6, source: guo },
  pupilsPerSchool: { value: 50, source: guo },
  pupilsMoreOrLess: ours(8, 'schools differ in size; Guo 2023 says "about 50"'),
  classesPerSchool: ours(2, 'enough for a class column; no class effect is simulated'),
  youngest: ours(12, 'the four instruments are for 12 and above; Guo 2023 has 10 to 18'),
  oldest: ours(16, 'lower secondary school and the year after'),
  leftBehindShare: ours(0.45, 'between 40 and 50%'),
  leftBehindDistress: ours(0.15, 'direction as in the UNICEF survey of 27 counties (Zhou 2021: SDQ 11.7 against 8.9% abnormal), size ours'),
  schoolShare: ours(
    0.032,
    'gives scores an ICC of .02 to .04; MYRIAD found .014 to .024, Parker 2023 a median of .031; no Chinese school ICC was found',
  ),
  stability: ours(0.74, 'latent correlation of the two waves, which gives totals one of .55 to .65'),
  generalShare: ours(0.7, "share of an instrument's latent variance that is common to all four"),
  lost: { value: 0.12, source: 'Luo 2016 (PMC4804612), 1,322 left-behind children: 12.3% lost after six months' },
  lostByScore: ours(0.3, 'log odds of being lost for each standard deviation of the baseline depression total, the same in both arms'),
  scoreSpread: ours(5, 'the standard deviation by which that total is divided, near that of the simulated totals'),
  skipped: ours(0.015, 'between 1 and 3% of items skipped, by chance alone'),
} as const satisfies Readonly<Record<string, Parameter>>

/** What the programme does to the latent mean of each instrument at the second wave; distress falls where it is negative. */
export const latentEffects: Readonly<Record<string, Parameter>> = {
  'phq-9': ours(-0.23, 'about d = -.2 on the total; meta-analyses of universal school programmes find g near .2 (from memory)'),
  'gad-7': ours(-0.15, 'smaller than on depression'),
  k6: ours(-0.2, 'near that on depression'),
  rses: ours(0, 'the null outcome: whatever is found here is chance'),
}
