/** The numbers of the report that a golden keeps. Simulated study, not real data (模拟研究·非真实数据). */
import type { EffectReport } from '@tongxing/analysis'
import { instrumentsOf, readProtocol, simulatedStudy } from './study.ts'

const goldenSeed = 2026
const nineDigits = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)

const kept = ({ scale, effect, contrasts, reliability, missing }: EffectReport['primary']) => ({
  scale,
  effect,
  standardised: contrasts[0]!.standardised,
  naive: contrasts[0]!.naive.hedgesG,
  reliability,
  missing,
})

/** report.golden.json as it should be: nine digits, so that another processor's last bit is no change. */
export const goldenNumbers = async (): Promise<string> => {
  const protocol = await readProtocol()
  const { report, truths } = simulatedStudy(protocol, await instrumentsOf(protocol))(goldenSeed)
  const { dataset, flow, primary, secondary, warnings } = report
  const numbers = {
    notice: protocol.notice,
    madeBy: 'npm run golden (studies/pingjiang/golden.ts)',
    seed: goldenSeed,
    dataset: dataset.hash,
    truths,
    flow,
    outcomes: [primary, ...secondary].map(kept),
    warnings,
  }
  return `${JSON.stringify(numbers, nineDigits, 2)}\n`
}
