/** Everything that two independent samples can be asked, side by side. */
import { cohensD } from '../effects/cohens-d.ts'
import { equivalence } from '../effects/equivalence.ts'
import { glassDelta } from '../effects/glass-delta.ts'
import { hedgesG } from '../effects/hedges-g.ts'
import { pooledT } from '../effects/pooled-t.ts'
import { rankSum } from '../effects/rank-sum.ts'
import { welchT } from '../effects/welch-t.ts'

/** @param bound half the width of the zone of equivalence in points; without it equivalence is not asked */
export const twoArms = (programme: readonly number[], control: readonly number[], bound: number | null, level: number) => {
  const welch = welchT(programme, control, level)
  return {
    welch,
    student: pooledT(programme, control, level),
    hedgesG: hedgesG(programme, control, level),
    cohensD: cohensD(programme, control, level),
    glassDelta: glassDelta(programme, control, level),
    rankSum: rankSum(programme, control, level),
    equivalence: bound !== null && welch.kind === 'estimated' ? equivalence(welch, [-bound, bound]) : null,
  }
}
