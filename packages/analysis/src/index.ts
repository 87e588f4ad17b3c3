/** What the data say: pure functions of a dataset. The command line and the folder reader are its only edge. */
export type { Dataset, DatasetTexts } from './dataset/read-dataset.ts'
export { readDataset } from './dataset/read-dataset.ts'
export { parseFormula } from './formula/parse-formula.ts'
export { sumsHeader, sumsSql } from './formula/sums-sql.ts'
export { clusterSums } from './models/cluster-sums.ts'
export { effectReport } from './report/effect-report.ts'
export type { EffectReport } from './report/record.ts'
export { renderReport } from './report/render-report.ts'
