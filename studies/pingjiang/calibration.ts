/**
 * The latent values that give the trial its parameters: each is the root of an exact expectation over the answer model, so that nothing
 * is tuned by hand. Simulated study, not real data (模拟研究·非真实数据).
 */
import { type Definition, expectedScaleScore } from '@tongxing/instruments'
import { type Chances, carefulChances, carelessChances, expectation, mixed, type Total, totalOf } from './answer-model.ts'
import { attendance, doseOf } from './attendance.ts'
import { effects, lasting, parameters, type Wave } from './parameters.ts'
import { covariance, hermite, nearlyLinearRoot, nodes, reaching, shiftedMean, weights } from './quadrature.ts'

const careful = 1 - parameters.careless.value

/** By how much the latent mean of a group of pupils lies above the average. */
export const shiftOf = (leftBehind: boolean, girl: boolean): number =>
  parameters.leftBehindDistress.value * (Number(leftBehind) - parameters.leftBehindShare.value) +
  parameters.girlsDistress.value * (Number(girl) - parameters.girls.value)

const shareOf = (is: boolean, share: number) => (is ? share : 1 - share)
const groups = [true, false].flatMap((leftBehind) =>
  [true, false].map((girl) => ({
    share: shareOf(leftBehind, parameters.leftBehindShare.value) * shareOf(girl, parameters.girls.value),
    shift: shiftOf(leftBehind, girl),
  })),
)

/** The total as all pupils answer it without the programme, careless sheets among them; `means` by group, as coefficients over the latent value. */
type Answered = {
  readonly total: Total
  readonly chances: Chances
  readonly mean: number
  readonly standardDeviation: number
  readonly means: readonly { readonly share: number; readonly coefficients: readonly number[] }[]
}

const answered = (definition: Definition, scale: string): Answered => {
  const total = totalOf(definition, scale)
  const ofCareful = groups.flatMap(({ share, shift }) =>
    nodes.map((z, place) => [share * weights[place]!, carefulChances(total, shift + z)] as const),
  )
  const chances = mixed([
    [careful, mixed(ofCareful)],
    [1 - careful, carelessChances(total)],
  ])
  const mean = expectation(chances)
  const standardDeviation = Math.sqrt(expectation(chances, (value) => (value - mean) ** 2))
  const means = groups.map(({ share, shift }) => ({
    share,
    coefficients: hermite((z) => expectedScaleScore(definition, scale, shift + z)),
  }))
  return { total, chances, mean, standardDeviation, means }
}

/** Points by which the programme changes the mean total of all pupils allocated, careless or not, when it moves the latent mean by `latent`. */
export const pointsGained = ({ means }: Answered, latent: number): number => {
  const gained = (by: number) =>
    means.reduce((sum, { share, coefficients }) => sum + share * (shiftedMean(coefficients, by) - coefficients[0]!), 0)
  return careful * attendance.reduce((sum, share, sessions) => sum + share * gained(latent * doseOf(sessions)), 0)
}

const latentEffect = (one: Answered, wave: Wave): number => {
  const effect = effects[one.total.scale]!.value * lasting[wave].value
  return effect === 0 ? 0 : nearlyLinearRoot(effect * one.standardDeviation, (latent) => pointsGained(one, latent), effect)
}

/** How the totals of two pupils correlate whose latent values do, and how one pupil's do between two waves. */
export const correlations = ({ means, standardDeviation }: Answered) => {
  const inPoints = (points: number) => (careful ** 2 * points) / standardDeviation ** 2
  const anybody = means[0]!.coefficients.map((_, order) =>
    means.reduce((sum, { share, coefficients }) => sum + share * coefficients[order]!, 0),
  )
  const betweenGroups = means.reduce((sum, { share, coefficients }) => sum + share * (coefficients[0]! - anybody[0]!) ** 2, 0)
  const withinGroups = (latent: number) => means.reduce((sum, { share, coefficients }) => sum + share * covariance(coefficients, latent), 0)
  return {
    ofPupils: (latent: number) => inPoints(covariance(anybody, latent)),
    ofWaves: (latent: number) => inPoints(betweenGroups + withinGroups(latent)),
  }
}

const chance = (logOdds: number) => 1 / (1 + Math.exp(-logOdds))

/** The log odds of a pupil with an average total that give the share lost among all. */
const lossAt = ({ chances, mean, standardDeviation }: Answered, lost: number): number =>
  reaching(
    lost,
    (logOdds) => expectation(chances, (total) => chance(logOdds + (parameters.lostByScore.value * (total - mean)) / standardDeviation)),
    -10,
    5,
  )

export type Outcome = Answered & { readonly effect: Readonly<Record<Wave, number>> }
export type Calibration = {
  /** The primary outcome first. `effect` is on the latent mean. */
  readonly outcomes: readonly Outcome[]
  /** Shares of the latent variance between schools, and between the classes of a school. */
  readonly schoolShare: number
  readonly classShare: number
  /** Latent correlation of any two waves. */
  readonly stability: number
  readonly logOddsLost: Readonly<Record<Wave, number>>
}

/** The outcomes as pairs of definition and scale, the primary first: shares, stability and losses are set on that one. */
export const calibrate = (scales: readonly (readonly [Definition, string])[]): Calibration => {
  const outcomes = scales.map(([definition, scale]): Outcome => {
    const one = answered(definition, scale)
    return { ...one, effect: { baseline: 0, post: latentEffect(one, 'post'), 'follow-up': latentEffect(one, 'follow-up') } }
  })
  const primary = outcomes[0]! // a protocol has its primary outcome
  const { ofPupils, ofWaves } = correlations(primary)
  const schoolShare = reaching(parameters.schoolShare.value, ofPupils, 0, 1)
  const both = reaching(parameters.schoolShare.value + parameters.classShare.value, ofPupils, 0, 1)
  return {
    outcomes,
    schoolShare,
    classShare: both - schoolShare,
    stability: reaching(parameters.prePost.value, ofWaves, 0, 1),
    logOddsLost: {
      baseline: Number.NEGATIVE_INFINITY,
      post: lossAt(primary, parameters.lostByPost.value),
      'follow-up': lossAt(primary, parameters.lostByFollowUp.value),
    },
  }
}
