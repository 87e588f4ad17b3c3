import { clusterRobust } from '../../packages/analysis/src/models/cluster-robust.ts'
import { clusterSums } from '../../packages/analysis/src/models/cluster-sums.ts'
import { type Answers, inR } from './in-r.ts'
import { medianOfFive } from './median-of-five.ts'
import { furthest, type SpeedRow } from './row.ts'
import { evenTrialOf, forR, names, type Trial, trialOf } from './trial.ts'

const fitted = ({ schools, columns }: Trial) => {
  const fit = clusterRobust(clusterSums(schools, columns), names, 'CR2')
  if (fit.kind === 'not-estimable') throw new Error(fit.reason)
  return fit
}

const agreementWith = (trial: Trial, said: Answers): SpeedRow['agreement'] => ({
  difference: furthest(
    fitted(trial).coefficients.flatMap(({ standardError, df }, k) => [
      [standardError, said(`se${k + 1}`)] as const,
      [df, said(`df${k + 1}`)] as const,
    ]),
  ),
  of: 'standard errors, df',
})

const rowOf = (task: string, trial: Trial, runs: number, goal: SpeedRow['goal']): SpeedRow => {
  const ours = medianOfFive(() => fitted(trial))
  const said = runs > 0 ? inR('cluster-robust.R', forR(trial), runs) : null
  const note = runs === 1 ? 'one run' : undefined
  return {
    task: `CR2 and df, ${task}`,
    ours,
    theirs: said && { by: 'clubSandwich', time: said('cr2'), ...(note ? { note } : {}) },
    goal,
    agreement: said && agreementWith(trial, said),
  }
}

export const robustTime = (schools: number): number => {
  const trial = trialOf(schools, 100)
  return medianOfFive(() => fitted(trial))
}

/** R's time grows with the cube of a cluster's size. The largest take it ten minutes and 14 GB: it is spared them unless the run is a long one. */
export const robust = (withR: boolean, long: boolean): readonly SpeedRow[] => {
  const trial = trialOf(1000, 100)
  const even = (size: number, runs: number, goal: SpeedRow['goal']) =>
    rowOf(`10 clusters of ${size.toLocaleString('en')}`, evenTrialOf(10, size), withR ? runs : 0, goal)
  return [
    rowOf(`${trial.pupils.toLocaleString('en')} pupils in 1,000 schools`, trial, withR ? 5 : 0, { times: 300 }),
    even(500, 5, null),
    even(1000, 1, null),
    even(5000, long ? 1 : 0, { times: 10_000 }),
  ]
}
