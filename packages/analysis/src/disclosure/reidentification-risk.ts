import { type NotEstimable, notEstimable } from '../result.ts'
import type { EquivalenceClasses } from './equivalence-classes.ts'

export type Risk = {
  readonly average: number
  readonly maximum: number
  /** The share of records whose risk is above 0.2, 0.1 and 0.05. */
  readonly above: readonly { readonly threshold: number; readonly records: number; readonly share: number }[]
}

export type ReidentificationRisk = {
  readonly kind: 'estimated'
  readonly method: 'prosecutor-journalist-marketer'
  /** An attacker who knows that the person is among the records: 1 / f. */
  readonly prosecutor: Risk
  /** An attacker who does not know it: 1 / F. */
  readonly journalist: Risk
  /** An attacker who matches everyone: the share of records expected to be matched rightly, within the sample and within the population. */
  readonly marketer: { readonly sample: number; readonly population: number }
  readonly n: number
}

const thresholds = [0.2, 0.1, 0.05]

/** The average, the maximum and the share above the thresholds, of one risk a record. */
export const riskOf = (risks: readonly number[]): Risk => ({
  average: risks.reduce((sum, risk) => sum + risk, 0) / risks.length,
  maximum: risks.reduce((most, risk) => Math.max(most, risk), 0),
  above: thresholds.map((threshold) => {
    const records = risks.filter((risk) => risk > threshold).length
    return { threshold, records, share: records / risks.length }
  }),
})

/**
 * The risk that a record is recognised by its quasi-identifiers, for three kinds of attacker.
 * Not when weights were adjusted far from one over the chance of selection: F is then no estimate of the class in the population; ask individualRisk.
 * Without weights the sample is the population, and the journalist's risk is the prosecutor's. A class is never larger in the sample than in the population.
 * @returns risks from 0 to 1; not-estimable without records
 * Source: El Emam & Dankar 2008, doi:10.1197/jamia.M2716. Example: the classes of [['f'], ['f'], ['m']] have an average prosecutor risk of 2/3
 */
export const reidentificationRisk = ({ sizes, populations }: EquivalenceClasses): ReidentificationRisk | NotEstimable => {
  if (sizes.length === 0) return notEstimable('too-few-values')
  const prosecutor = riskOf(sizes.map((size) => 1 / size))
  const journalist = riskOf(sizes.map((size, record) => 1 / Math.max(size, populations[record]!)))
  return {
    kind: 'estimated',
    method: 'prosecutor-journalist-marketer',
    prosecutor,
    journalist,
    marketer: { sample: prosecutor.average, population: journalist.average },
    n: sizes.length,
  }
}
