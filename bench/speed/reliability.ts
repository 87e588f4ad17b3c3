import { seededRandom } from '@tongxing/instruments'
import { omega } from '../../packages/analysis/src/psychometrics/omega.ts'
import { scaleReliability } from '../../packages/analysis/src/psychometrics/scale-reliability.ts'
import { type Answers, inR } from './in-r.ts'
import { medianOfFive } from './median-of-five.ts'
import { furthest, type SpeedRow } from './row.ts'

const [pupils, items] = [100_000, 40]

/** Answers from 0 to 3 to items that share one trait. Simulated. */
const answersOf = (): readonly (readonly number[])[] => {
  const random = seededRandom(3)
  return Array.from({ length: pupils }, () => {
    const trait = random() + random() + random()
    return Array.from({ length: items }, (_, item) =>
      Math.min(3, Math.max(0, Math.floor((0.5 + item / 100) * trait + 1.6 * random() + item / 80))),
    )
  })
}

const alphaAgreement = (answers: readonly (readonly number[])[], said: Answers): SpeedRow['agreement'] => {
  const { alpha, itemStatistics } = scaleReliability(answers)
  if (alpha.kind === 'not-estimable' || itemStatistics.kind === 'not-estimable') throw new Error('alpha of the simulated answers')
  const ofItems = itemStatistics.items.flatMap(({ itemRest, alphaIfDropped }, item) => [
    [itemRest!, said(`rest${item + 1}`)] as const,
    [alphaIfDropped!, said(`without${item + 1}`)] as const,
  ])
  const limits = [[alpha.interval.lower, said('lower')] as const, [alpha.interval.upper, said('upper')] as const]
  const apart = furthest(limits).toExponential(0)
  return {
    difference: furthest([[alpha.estimate, said('raw')], ...ofItems]),
    of: `alpha, item-rest r, alpha without each item; the limits ${apart}, for R takes chi-squared in place of F above 400,000 df`,
  }
}

const omegaOf = (answers: readonly (readonly number[])[]): number => {
  const found = omega(answers)
  if (found.kind === 'not-estimable') throw new Error('omega of the simulated answers')
  return found.estimate
}

export const reliability = (withR: boolean): readonly SpeedRow[] => {
  const answers = answersOf()
  const byColumn = Float64Array.from({ length: pupils * items }, (_, place) => answers[place % pupils]![Math.floor(place / pupils)]!)
  const said = withR ? inR('reliability.R', { answers: byColumn }, items) : null
  const size = `${pupils.toLocaleString('en')} x ${items}`
  const omegaTime = medianOfFive(() => omega(answers))
  const agreement = said && { difference: furthest([[omegaOf(answers), said('omega')]]), of: 'omega' }
  return [
    {
      task: `alpha, Feldt's interval and item statistics (and omega), ${size}`,
      ours: medianOfFive(() => scaleReliability(answers)),
      theirs: said && { by: 'psych::alpha', time: said('alpha') },
      goal: { times: 25 },
      agreement: said && alphaAgreement(answers, said),
    },
    {
      task: `omega, ${size}`,
      ours: omegaTime,
      theirs: said && { by: 'psych::fa by maximum likelihood', time: said('fa') },
      goal: { times: 20 },
      agreement: null,
    },
    { task: `omega, ${size}`, ours: omegaTime, theirs: said && { by: 'factanal', time: said('factanal') }, goal: null, agreement },
  ]
}
