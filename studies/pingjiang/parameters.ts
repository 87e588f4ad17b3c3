/**
 * Every number that the simulation assumes, and where it comes from. Simulated study, not real data (模拟研究·非真实数据): none of this describes
 * a real study anywhere. What a trial reports (d, shares of variance, correlation, losses) is set on the totals as answered, careless
 * sheets included; calibration.ts finds the latent values that give it. Latent values are in standard deviations of distress.
 */
type Parameter = { readonly value: number; readonly source: string }
const ours = (value: number, why: string): Parameter => ({ value, source: `our judgement: ${why}` })

const guo = 'Guo 2023, BMC Psychology (ChiCTR2300069405), a published protocol: 4 counties of 6 schools, about 50 pupils each, wait-list'
const luo = 'Luo 2016 (PMC4804612), 1,322 left-behind children'

export const waves = ['baseline', 'post', 'follow-up'] as const
export type Wave = (typeof waves)[number]

export const parameters = {
  counties: { value: 4, source: guo },
  schoolsPerCounty: { value: 6, source: guo },
  pupilsPerSchool: { value: 50, source: guo },
  pupilsMoreOrLess: ours(8, 'schools differ in size; Guo 2023 says "about 50"'),
  classesPerSchool: ours(2, 'one of grade 7 and one of grade 8, so that a class has about 25 pupils'),
  lowestGrade: ours(7, 'lower secondary school: the instruments are for 12 and above; Guo 2023 has 10 to 18'),
  ageOverGrade: ours(5, 'grade 7 begins at 12'),
  ageShareYounger: ours(0.5, 'half of a class has not had its birthday in the school year'),
  ageShareOlder: ours(0.1, 'one in ten is a year older than that'),
  girls: ours(0.5, 'as many girls as boys'),
  girlsDistress: ours(0.2, 'girls of this age report more distress in most surveys; size ours'),
  leftBehindShare: ours(0.45, 'between 40 and 50%, by the definition of half a year'),
  leftBehindDistress: ours(0.15, 'direction as in the UNICEF survey of 27 counties (Zhou 2021: SDQ 11.7 against 8.9% abnormal), size ours'),
  schoolShare: ours(
    0.022,
    'share of the variance of the primary total that lies between schools: MYRIAD found .014 to .024, Parker 2023 a median of .031; no Chinese one was found. A model without classes also takes half of the share of classes for it, in all .037',
  ),
  classShare: { value: 0.03, source: 'share between the classes of a school; Parker reviews: .063 (.024 to .1), lower by pupil report' },
  prePost: ours(0.6, 'correlation of the primary totals of any two waves within an arm, between .55 and .65'),
  generalShare: ours(0.7, "share of an instrument's latent variance that is common to all of them"),
  sessions: { value: 14, source: 'Guo 2023: 14 weekly group sessions' },
  attendanceEven: ours(6, 'beta-binomial attendance, first shape: the mean is 12 of 14'),
  attendanceOdd: ours(1, 'second shape: many miss none, a few miss most'),
  lostByPost: { value: 0.12, source: `${luo}: 12.3% lost after 6 months` },
  lostByFollowUp: { value: 0.17, source: `${luo}: 16.7% lost after 12 months; here who is lost stays lost` },
  lostByScore: ours(0.3, 'log odds of being lost for each standard deviation of the baseline PHQ-9 total, the same in both arms'),
  lostByLaterScore: ours(
    0.5,
    'not at random, only with --not-at-random: log odds in the programme arm for each standard deviation of the total that the pupil would have had after the programme',
  ),
  careless: ours(0.05, 'between 3 and 8% of sheets, in each wave anew'),
  straightLined: ours(0.5, 'share of careless sheets with one column ticked throughout; the rest answer at random'),
  skipped: ours(0.015, 'between 1 and 3% of items, by chance alone'),
} as const satisfies Readonly<Record<string, Parameter>>

/** Standardised effects after the programme: points over the standard deviation of the total at baseline, all pupils, as answered. */
export const effects: Readonly<Record<string, Parameter>> = {
  phq9_total: ours(-0.25, 'between -.15 and -.30; meta-analyses of universal school programmes find g near .2 (from memory)'),
  gad7_total: ours(-0.18, 'smaller than on depression'),
  rses_total: ours(0, 'the null outcome: whatever is found here is chance'),
  pssspupil_total: ours(0.15, 'some more felt support: the programme is given in groups'),
}

/** What is left of each effect at a wave. */
export const lasting: Readonly<Record<Wave, Parameter>> = {
  baseline: ours(0, 'the programme has not begun'),
  post: ours(1, 'the effects above'),
  'follow-up': ours(0.6, 'effects fade'),
}
