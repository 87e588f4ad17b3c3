import { seededRandom } from '@tongxing/instruments'
import { bcaD } from '../../packages/analysis/src/bootstrap/bca-d.ts'
import { clusterBootstrap } from '../../packages/analysis/src/bootstrap/cluster-bootstrap.ts'
import { clusterSums } from '../../packages/analysis/src/models/cluster-sums.ts'
import type { NotEstimable } from '../../packages/analysis/src/result.ts'
import { inR } from './in-r.ts'
import { medianOfFive } from './median-of-five.ts'
import { furthest, type SpeedRow } from './row.ts'
import { forR, names, trialOf } from './trial.ts'

const resamples = 2000
/** Refits that R does in a short run. */
const fewRefits = 100

const found = <T extends { readonly kind: 'estimated' }>(result: T | NotEstimable): T => {
  if (result.kind === 'not-estimable') throw new Error(result.reason)
  return result
}

const agreement = (ours: { readonly estimate: number; readonly standardError: number }, estimate: number, standardError: number) => {
  const apart = ((ours.standardError / standardError - 1) * 100).toFixed(1)
  return { difference: furthest([[ours.estimate, estimate]]), of: `estimate; standard errors ${apart}% apart, by the draws` }
}

const effect = (withR: boolean, long: boolean): SpeedRow => {
  const random = seededRandom(4)
  const sample = (shift: number) => Float64Array.from({ length: 5000 }, () => shift + 10 * (random() + random() + random()))
  const [first, second] = [sample(1), sample(0)]
  const [a, b] = [[...first], [...second]]
  const said = withR ? inR('bootstraps.R', { first, second }, 'd', long ? 5 : 1) : null
  const note = [...(long ? [] : ['drawn once']), ...(said?.('answered') ? [] : ['boot.ci then fails'])].join(', ')
  return {
    task: `BCa of d, 2,000 resamples, 10,000 pupils`,
    ours: medianOfFive(() => bcaD(a, b, { resamples })),
    theirs: said && { by: 'boot and boot.ci', time: said('drawing') + said('interval'), ...(note ? { note } : {}) },
    goal: { times: 150 },
    agreement: said && agreement(found(bcaD(a, b, { resamples })), said('estimate'), said('standardError')),
  }
}

const schools = (withR: boolean, long: boolean): SpeedRow => {
  const trial = trialOf(100, 100)
  const sums = clusterSums(trial.schools, trial.columns)
  const drawn = () => clusterBootstrap(sums, names, { coefficient: 'arm', within: ['arm'], resamples })
  const refits = long ? resamples : fewRefits
  const said = withR ? inR('bootstraps.R', forR(trial), 'schools', refits) : null
  const time = said ? said('drawing') * (resamples / refits) : 0
  return {
    task: `cluster bootstrap of the mixed model with BCa, 2,000 refits, ${trial.pupils.toLocaleString('en')} pupils in 100 schools`,
    ours: medianOfFive(() => drawn()),
    theirs: said && {
      by: 'lmer in boot, without BCa',
      time,
      ...(long ? {} : { note: `${fewRefits} refits, time taken ${resamples / refits} times` }),
    },
    goal: { times: 200 },
    agreement: said && agreement(found(drawn()), said('estimate'), said('standardError')),
  }
}

export const bootstraps = (withR: boolean, long: boolean): readonly SpeedRow[] => [effect(withR, long), schools(withR, long)]
