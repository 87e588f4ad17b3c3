/** The effects that were built in, and what exactly they are effects on. Simulated study, not real data (模拟研究·非真实数据). */
import type { Bilingual, Protocol, ReleasedDefinition } from '@tongxing/instruments'
import { type Calibration, calibrate, pointsGained } from './calibration.ts'
import type { Wave } from './parameters.ts'

export type Truth = {
  readonly scale: string
  readonly wave: Wave
  readonly label: Bilingual
  /** Points of the scale, programme minus control. */
  readonly trueEffect: number
  /** The same over the standard deviation of all pupils' totals at baseline. */
  readonly standardised: number
  readonly standardDeviation: number
}

export const estimand: Bilingual = {
  'zh-CN':
    '真实效应：全部已分组的学生（不论之后是否失访），若所在学校参加活动与若所在学校等待，其总分期望之差；总分按实际作答计（包括约 5% 的不认真作答），以每题都作答为准，对出席次数取平均。由作答模型积分精确算出（误差小于 1e-9），不是估计值。',
  en: 'The true effect: the expected total if the school takes part minus the expected total if it waits, over all pupils allocated (lost later or not); totals as answered (the careless 5% of sheets included), with every item answered, averaged over attendance. Computed from the answer model by exact integration (error below 1e-9); no estimate.',
}

/** The outcomes of a protocol as pairs of definition and scale, the primary first. */
const scalesOf = (protocol: Protocol, released: readonly ReleasedDefinition[]) =>
  [protocol.primary, ...protocol.secondary].map(({ scale }) => {
    const owner = released.find(({ definition }) => definition.scales.some(({ id }) => id === scale))
    if (!owner) throw new Error(`protocol.json: no instrument of the battery has the scale ${scale}`)
    return [owner.definition, scale] as const
  })

export const calibrationOf = (protocol: Protocol, released: readonly ReleasedDefinition[]): Calibration =>
  calibrate(scalesOf(protocol, released))

/** Every outcome's true effect at one wave, the primary first. */
export const truthsAt = (wave: Wave, { outcomes }: Calibration): readonly Truth[] =>
  outcomes.map((outcome) => {
    const { definition, scale } = outcome.total
    const chinese = definition.texts['zh-CN']?.scales[scale] ?? scale
    const label = { 'zh-CN': chinese, en: definition.texts.en?.scales[scale] ?? chinese }
    const { standardDeviation } = outcome
    const trueEffect = pointsGained(outcome, outcome.effect[wave])
    return { scale, wave, label, trueEffect, standardised: trueEffect / standardDeviation, standardDeviation }
  })
