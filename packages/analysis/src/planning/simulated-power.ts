import { seededRandom } from '@tongxing/instruments'
import { normalQuantile } from '../distributions/normal.ts'
import { studentTQuantile } from '../distributions/student-t.ts'
import { chiSquaredDraw, type Random } from '../missing/random-draws.ts'
import { linearMixedModel } from '../models/linear-mixed-model.ts'
import { type Interval, type NotEstimable, notEstimable } from '../result.ts'
import { type Covariates, type SchoolModel, simulatedSchool } from './simulated-school.ts'

export type SimulatedDesign = SchoolModel & {
  readonly schools: number
  /** measured pupils of a school on average, after attrition; where it is no whole number some schools have one more */
  readonly pupils: number
  /** standard deviation of school sizes divided by their mean */
  readonly sizeVariation: number
  readonly alpha: number
}
/** A share of trials with the Monte Carlo error of it: Wilson's 95 per cent interval. */
type Share = { readonly share: number; readonly monteCarlo: Interval }
export type SimulatedPower = {
  readonly kind: 'estimated'
  readonly method: 'simulated-reml-kenward-roger'
  readonly trials: number
  /** trials whose model could not be fitted; they count as not found */
  readonly failed: number
  /** trials in which the variance between schools came out as zero */
  readonly singular: number
  readonly covariates: Covariates
  /** without an effect: how often one is found all the same */
  readonly size: Share
  readonly meanStandardError: number
  readonly meanDf: number
  /** the share of trials that find an effect of this many total standard deviations */
  readonly power: (effect: number) => Share
  /** the smallest effect that this share of trials finds */
  readonly minimumDetectableEffect: (power: number) => number
}

type Trial = {
  readonly estimate: number
  readonly standardError: number
  readonly df: number
  readonly limit: number
  readonly singular: boolean
}

const wilson = (found: number, trials: number): Share => {
  const [share, z] = [found / trials, normalQuantile(0.025, 'upper')]
  const middle = (share + z ** 2 / (2 * trials)) / (1 + z ** 2 / trials)
  const half = (z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2))) / (1 + z ** 2 / trials)
  return { share, monteCarlo: { lower: middle - half, upper: middle + half, level: 0.95 } }
}

/** Pupils of a school: by a gamma distribution of the wanted variation, one at least. */
const sizeDraw = ({ pupils, sizeVariation }: SimulatedDesign, random: Random): number => {
  const shape = 1 / sizeVariation ** 2
  const size = sizeVariation === 0 ? pupils : (pupils * chiSquaredDraw(2 * shape, random)) / (2 * shape)
  return Math.max(1, Math.floor(size + random()))
}

const covariatesOf = ({ correlation, pupils }: SimulatedDesign): Covariates => {
  if (correlation.pupils === 0 && correlation.schools === 0) return 'none'
  return correlation.pupils === correlation.schools || pupils < 2 ? 'baseline' : 'baseline-and-school-mean'
}
const namesOf = { none: ['arm'], baseline: ['arm', 'baseline'], 'baseline-and-school-mean': ['arm', 'baseline', 'school mean'] } as const

const trialOf = (design: SimulatedDesign, covariates: Covariates, random: Random): Trial | null => {
  const sums = Array.from({ length: design.schools }, (_, place) =>
    simulatedSchool(`${place}`, sizeDraw(design, random), place % 2 === 0 ? 1 : 0, design, covariates, random),
  )
  const model = linearMixedModel(sums, namesOf[covariates])
  if (model.kind === 'not-estimable') return null
  const { estimate, kenwardRoger } = model.coefficients[1]!
  if (!kenwardRoger) return null
  const { standardError, df } = kenwardRoger
  return { estimate, standardError, df, limit: studentTQuantile(design.alpha / 2, df, 'upper'), singular: model.singular }
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The smallest effect above zero that at least this many trials find: between steps of a count, halved to the last digits. */
const smallest = (found: (effect: number) => number, wanted: number, start: number): number => {
  let [low, high] = [0, start]
  while (found(high) < wanted) [low, high] = [high, 2 * high]
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2
    if (found(middle) < wanted) low = middle
    else high = middle
  }
  return high
}

/**
 * Power of a trial allocated by school, by simulating it and fitting the model it will be reported by, Kenward and Roger's test included: it shows what the
 * closed form of clusterPower leaves out (the variance between schools is estimated, schools differ in size). Trials are drawn as per-school sums. An effect
 * moves an estimate and nothing else, so one set of trials without an effect answers for every effect.
 * Not after the data. Not for outcomes far from normal.
 * @param design schools split evenly; @param trials at least 100; @param seed the same seed draws the same trials; @param progress is told the share of trials done
 * @returns shares with their Monte Carlo intervals; effects in total standard deviations. Not-estimable when schools
 * are too few for the model, or no trial can be fitted, as with one pupil a school or an intraclass correlation of one.
 * Source: Arnold et al. 2011, doi:10.1186/1471-2288-11-94. Example: simulatedPower(design, 2000, 1).power(0.25).share
 */
export const simulatedPower = (
  design: SimulatedDesign,
  trials: number,
  seed: number,
  progress: (share: number) => void = () => {},
): SimulatedPower | NotEstimable => {
  if (!(trials >= 100)) throw new Error(`simulatedPower requires 100 trials or more, got ${trials}`)
  const covariates = covariatesOf(design)
  if (design.schools < namesOf[covariates].length + 2) return notEstimable('too-few-schools')
  const random = seededRandom(seed)
  const fitted: Trial[] = []
  for (let trial = 0; trial < trials; trial += 1) {
    const found = trialOf(design, covariates, random)
    if (found) fitted.push(found)
    progress((trial + 1) / trials)
  }
  if (fitted.length === 0) return notEstimable('no-variation-within-schools')
  const count = (effect: number) =>
    fitted.filter(({ estimate, standardError, limit }) => Math.abs(estimate + effect) > limit * standardError).length
  return {
    kind: 'estimated',
    method: 'simulated-reml-kenward-roger',
    trials,
    failed: trials - fitted.length,
    singular: fitted.filter(({ singular }) => singular).length,
    covariates,
    size: wilson(count(0), trials),
    meanStandardError: meanOf(fitted.map(({ standardError }) => standardError)),
    meanDf: meanOf(fitted.map(({ df }) => df)),
    power: (effect) => wilson(count(effect), trials),
    minimumDetectableEffect: (power) => {
      const wanted = Math.ceil(power * trials)
      if (!(power > design.alpha && wanted <= fitted.length))
        throw new Error(`minimumDetectableEffect requires a power between ${design.alpha} and ${fitted.length / trials}, got ${power}`)
      return smallest(count, wanted, meanOf(fitted.map(({ standardError }) => standardError)))
    },
  }
}
