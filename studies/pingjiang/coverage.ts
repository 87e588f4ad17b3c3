/** How often the primary model is right: many simulated trials, with the programme's effect and without. Simulated study, not real data (模拟研究·非真实数据). */
import { randomIntercept, schoolSums } from '@tongxing/analysis'
import type { DatasetSheet } from '@tongxing/instruments'
import { type Calibration, pointsGained } from './calibration.ts'
import { trialSimulator } from './simulation.ts'

const totals = (sheets: readonly DatasetSheet[], wave: string, scale: string): ReadonlyMap<string, number> =>
  new Map(
    sheets.flatMap((sheet) => {
      const score = sheet.wave === wave && sheet.instruments[0]!.scores.find((candidate) => candidate.scale === scale)
      return score && score.kind === 'scored' ? [[sheet.id, score.value] as const] : []
    }),
  )

export type Found = {
  readonly estimate: number
  readonly standardError: number
  readonly lower: number
  readonly upper: number
  readonly p: number
}

/** The plan's primary model on the first instrument of the sheets: total after on arm and baseline total, schools as a random intercept, complete cases. */
export const primaryEffect = (sheets: readonly DatasetSheet[], scale: string): Found => {
  const [before, after] = [totals(sheets, 'baseline', scale), totals(sheets, 'post', scale)]
  const rows = sheets.flatMap(({ id, wave, school, arm }) => {
    const [baseline, post] = [before.get(id), after.get(id)]
    return wave === 'baseline' && baseline !== undefined && post !== undefined
      ? [{ school, values: [Number(arm === 'groups'), baseline, post] }]
      : []
  })
  const model = randomIntercept(schoolSums(rows), ['arm', 'baseline'])
  if (model.kind === 'not-estimable') throw new Error(`a simulated trial cannot be estimated: ${model.reason}`)
  const { estimate, standardError, p, interval } = model.coefficients[1]! // intercept, arm, baseline
  return { estimate, standardError, p, lower: interval.lower, upper: interval.upper }
}

/** The share of `count` of `of`, with Wilson's interval: what more trials might have shown. */
const shareOf = (count: number, of: number) => {
  const z = 1.959963984540054
  const share = count / of
  const [centre, scale] = [share + z ** 2 / (2 * of), 1 + z ** 2 / of]
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))
  return { count, share, lower: (centre - half) / scale, upper: (centre + half) / scale }
}

const spread = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { mean, standardDeviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) }
}

/** What the trials showed beside the truth. Shares come with their Monte Carlo interval of 95%, means with their standard error. */
const summary = (scale: string, firstSeed: number, truth: number, found: readonly Found[], without: readonly Found[]) => {
  const trials = found.length
  const estimates = spread(found.map(({ estimate }) => estimate))
  return {
    scale,
    trials,
    firstSeed,
    truth,
    coverage: shareOf(found.filter(({ lower, upper }) => lower <= truth && truth <= upper).length, trials),
    size: shareOf(without.filter(({ p }) => p < 0.05).length, trials),
    power: shareOf(found.filter(({ p }) => p < 0.05).length, trials),
    estimates: { ...estimates, standardErrorOfMean: estimates.standardDeviation / Math.sqrt(trials) },
    meanStandardError: spread(found.map(({ standardError }) => standardError)).mean,
  }
}
export type Coverage = ReturnType<typeof summary>

/**
 * Two runs of each seed: with the effect, for the coverage of the 95% interval, and without, for the size of the 5% test. The primary
 * outcome alone is simulated: its answers are those of the whole study at the same seed.
 */
export const coverage = (
  { outcomes, ...rest }: Calibration,
  { trials, firstSeed, told = () => {} }: { readonly trials: number; readonly firstSeed: number; readonly told?: (done: number) => void },
): Coverage => {
  const primary = outcomes[0]! // the primary outcome stands first
  const { scale } = primary.total
  const calibration = { ...rest, outcomes: [primary] }
  const [working, idle] = [true, false].map((works) => trialSimulator(calibration, { waves: ['baseline', 'post'], works })) as [
    ReturnType<typeof trialSimulator>,
    ReturnType<typeof trialSimulator>,
  ] // two in, two out
  const [found, without]: [Found[], Found[]] = [[], []]
  for (let trial = 0; trial < trials; trial += 1) {
    found.push(primaryEffect(working(firstSeed + trial), scale))
    without.push(primaryEffect(idle(firstSeed + trial), scale))
    told(trial + 1)
  }
  return summary(scale, firstSeed, pointsGained(primary, primary.effect.post), found, without)
}
