import type { Dataset } from '../dataset/read-dataset.ts'
import { type Plan, planSchema } from './plan-schema.ts'

/** What the report computes where nobody wrote a plan: the protocol's outcomes, and defaults that it then calls exploratory. */
export const planFromProtocol = ({ manifest, codebook }: Dataset, level: number): Plan => {
  const facts = codebook.columns.filter(({ kind, name }) => kind === 'design' && (name === 'sex' || name === 'left_behind'))
  return planSchema.parse({
    schemaVersion: 1,
    id: 'from-the-protocol',
    title: { 'zh-CN': '未提交分析计划', en: 'no plan was given' },
    study: 'no-plan',
    frozenOn: manifest.createdOn,
    primary: manifest.primary,
    model: { kind: 'random-intercept' },
    secondary: manifest.secondary,
    subgroups: facts.map(({ name }) => name).toSorted(),
    level,
    alpha: 1 - level,
  })
}
