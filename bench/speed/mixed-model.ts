import { clusterSums } from '../../packages/analysis/src/models/cluster-sums.ts'
import { linearMixedModel } from '../../packages/analysis/src/models/linear-mixed-model.ts'
import { type Answers, inR } from './in-r.ts'
import { medianOfFive } from './median-of-five.ts'
import { furthest, type SpeedRow } from './row.ts'
import { forR, names, type Trial, trialOf } from './trial.ts'

const fitted = ({ schools, columns }: Trial) => {
  const fit = linearMixedModel(clusterSums(schools, columns), names)
  if (fit.kind === 'not-estimable') throw new Error(fit.reason)
  return fit
}

const agreementWith = (trial: Trial, said: Answers): SpeedRow['agreement'] => {
  const { coefficients, varianceComponents } = fitted(trial)
  const pairs = coefficients.flatMap(({ estimate, standardError }, k) => [
    [estimate, said(`b${k + 1}`)] as const,
    [standardError, said(`se${k + 1}`)] as const,
  ])
  const variances = [[varianceComponents.residual, said('residual')] as const, [varianceComponents.cluster, said('school')] as const]
  return { difference: furthest([...pairs, ...variances]), of: 'coefficients, standard errors, variances' }
}

export type MixedTimes = {
  readonly pupils: number
  readonly rows: readonly SpeedRow[]
  readonly ours: number
  readonly theirs: number | null
}

const goals: Readonly<Record<number, number>> = { 1000: 100, 10000: 150 }

/** REML with both tests from rows, and from the sums alone, at so many schools of about a hundred. */
export const mixedModel = (schools: number, withR: boolean, long: boolean): MixedTimes => {
  const trial = trialOf(schools, 100)
  const n = trial.pupils
  const sums = clusterSums(trial.schools, trial.columns)
  const ours = medianOfFive(() => fitted(trial))
  const fromSums = medianOfFive(() => linearMixedModel(sums, names))
  const said = withR ? inR('mixed-model.R', forR(trial), long && schools === 1000 ? 'kr' : '') : null
  const task = `REML, Satterthwaite and Kenward-Roger, ${n.toLocaleString('en')} pupils in ${schools.toLocaleString('en')} schools`
  const theirs = said && { by: 'lmer, REML alone', time: said('lmer') }
  const kenwardRoger = said && long && schools === 1000 ? [{ by: 'lmer and pbkrtest, one run', time: said('lmer') + said('kr') }] : []
  const times = goals[schools]
  return {
    pupils: n,
    ours,
    theirs: theirs?.time ?? null,
    rows: [
      { task: `${task}, from rows`, ours, theirs, goal: times ? { times } : null, agreement: said && agreementWith(trial, said) },
      ...kenwardRoger.map((one) => ({ task: `${task}, from rows`, ours, theirs: one, goal: null, agreement: null })),
      { task: `${task}, from their sums`, ours: fromSums, theirs: null, goal: schools === 1000 ? { most: 1 } : null, agreement: null },
    ],
  }
}
