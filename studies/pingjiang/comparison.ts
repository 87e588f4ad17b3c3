/** What was found beside what was built in. Simulated study, not real data (模拟研究·非真实数据). */
import type { EffectReport } from '@tongxing/analysis'
import type { Truth } from './truth.ts'

type Found =
  | { readonly kind: 'estimated'; readonly estimate: number; readonly lower: number; readonly upper: number; readonly covers: boolean }
  | { readonly kind: 'not-estimable'; readonly reason: string }
export type Comparison = Truth & { readonly found: Found }

/** Each outcome of the report at the wave that the plan compares. */
export const comparisonsOf = (report: EffectReport, truths: readonly Truth[]): readonly Comparison[] =>
  [report.primary, ...report.secondary].map(({ scale, effect }) => {
    const truth = truths.find((candidate) => candidate.scale === scale && candidate.wave === report.design.postWave)
    if (!truth) throw new Error(`comparisonsOf knows no true effect on ${scale}`)
    if (effect.kind === 'not-estimable') return { ...truth, found: effect }
    const { lower, upper } = effect.interval
    const covers = lower <= truth.trueEffect && truth.trueEffect <= upper
    return { ...truth, found: { kind: 'estimated', estimate: effect.estimate, lower, upper, covers } }
  })
