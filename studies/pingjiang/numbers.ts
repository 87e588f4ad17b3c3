/** The report at one seed as a golden keeps it. Simulated study, not real data (模拟研究·非真实数据). */
import { settingOf, simulatedStudy } from './study.ts'

const goldenSeed = 2026
const nineDigits = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)

/** report.golden.json as it should be: the whole report, at nine digits, so that another processor's last bit is no change. */
export const goldenNumbers = async (): Promise<string> => {
  const setting = await settingOf()
  const { report, truths } = simulatedStudy(setting)(goldenSeed)
  const numbers = {
    notice: setting.protocol.notice,
    madeBy: 'npm run golden (studies/pingjiang/golden.ts)',
    seed: goldenSeed,
    truths,
    report,
  }
  return `${JSON.stringify(numbers, nineDigits, 2)}\n`
}
