/** The coverage of many trials in words: for the terminal and for README.md. Simulated study, not real data (模拟研究·非真实数据). */
import type { Coverage } from './coverage.ts'

const percent = (share: number) => `${(100 * share).toFixed(1)}%`
const withInterval = ({ count, share, lower, upper }: Coverage['coverage']) =>
  `${percent(share)} (${count}; ${percent(lower)} to ${percent(upper)})`
const points = (value: number, digits = 3) => value.toFixed(digits).replace('-', '−')

export const aims = { coverage: { from: 0.93, to: 0.97 }, size: { from: 0.035, to: 0.065 } } as const
const within = (share: number, { from, to }: { readonly from: number; readonly to: number }) => share >= from && share <= to

/** Whether both shares lie where they should; fewer than 500 trials cannot tell. */
export const isAsItShould = ({ coverage, size }: Coverage): boolean =>
  within(coverage.share, aims.coverage) && within(size.share, aims.size)

/** The lines of the terminal. */
export const coverageLines = (found: Coverage): readonly string[] => {
  const { scale, trials, firstSeed, truth, estimates, meanStandardError } = found
  return [
    `${scale}, ${trials} simulated trials, seeds ${firstSeed} to ${firstSeed + trials - 1}`,
    `95% intervals that cover the truth   ${withInterval(found.coverage)}   should be 93 to 97%`,
    `rejected at 5% without an effect     ${withInterval(found.size)}   should be 3.5 to 6.5%`,
    `rejected at 5% with the effect       ${withInterval(found.power)}`,
    `truth ${points(truth)}   mean estimate ${points(estimates.mean)} (Monte Carlo error ${points(estimates.standardErrorOfMean)})`,
    `standard deviation of the estimates ${points(estimates.standardDeviation)}   mean standard error ${points(meanStandardError)}`,
  ]
}

/** The table of README.md. */
export const coverageTable = (found: Coverage): string => {
  const { scale, trials, firstSeed, truth, estimates, meanStandardError } = found
  return `| ${scale}, ${trials} trials, seeds ${firstSeed} to ${firstSeed + trials - 1} | found (count; 95% Monte Carlo interval) | should be |
|---|---|---|
| 95% intervals that cover the truth · 区间覆盖真值 | ${withInterval(found.coverage)} | 93 to 97% |
| rejected at 5% without an effect · 无效应时的拒绝率 | ${withInterval(found.size)} | 3.5 to 6.5% |
| rejected at 5% with the effect · 检验效能 | ${withInterval(found.power)} | |
| mean estimate · 估计的均值 | ${points(estimates.mean)} (standard error ${points(estimates.standardErrorOfMean)}) | truth ${points(truth)} |
| mean standard error · 标准误的均值 | ${points(meanStandardError)} | spread of estimates ${points(estimates.standardDeviation)} |`
}
