/** Which plan the report follows, and whether it was fixed before the data could be seen. */
import type { Bilingual } from '@tongxing/instruments'
import { type Chapter, quiet, text } from '../block.ts'
import type { Context } from '../context.ts'
import type { Page } from '../page.ts'

export type PlanPart = {
  readonly id: string
  readonly title: Bilingual
  readonly hash: string
  readonly frozenOn: string
  readonly datasetCreatedOn: string
  /** a dataset says when it was exported, not when its outcomes were answered: this is all that can be said from it */
  readonly beforeExport: boolean
  readonly plan: Context['plan']
}

export const planPart = ({ frozen, dataset }: Context): PlanPart | null => {
  if (!frozen) return null
  const { plan, hash } = frozen
  const { createdOn } = dataset.manifest
  const { id, title, frozenOn } = plan
  return { id, title, hash, frozenOn, datasetCreatedOn: createdOn, beforeExport: frozenOn < createdOn, plan }
}

const words = {
  'zh-CN': {
    title: '分析计划',
    none: '生成本报告时没有提交分析计划。主要结局和次要结局取自研究方案；除此之外的一切结果都是探索性的，只能提出问题，不能回答问题。',
    follows: (name: string, date: string) => `本报告按分析计划“${name}”计算，该计划定稿于 ${date}。`,
    before: (date: string) =>
      `计划定稿早于数据集的导出日期（${date}）。数据集不记录后测是哪一天作答的，因此是否早于结局揭晓，需要由计划哈希的登记日期来证明。`,
    after: (date: string) => `注意：计划定稿不早于数据集的导出日期（${date}），不能排除先看结果、后写计划；请把全部结果当作探索性的。`,
    hash: '计划哈希（SHA-256）',
    rule: '凡计划中没有写明的结果，都标为“探索性”。',
  },
  en: {
    title: 'Analysis plan',
    none: 'No analysis plan was given. The primary and secondary outcomes are those of the protocol; everything else is exploratory: it can raise questions, not answer them.',
    follows: (name: string, date: string) => `This report follows the analysis plan “${name}”, frozen on ${date}.`,
    before: (date: string) =>
      `The plan was frozen before the dataset was exported (${date}). The dataset does not say on which day outcomes were answered: that the plan came before them is shown by where and when its hash was registered.`,
    after: (date: string) =>
      `Take care: the plan was not frozen before the dataset was exported (${date}). That results were seen before it was written cannot be excluded; take every result as exploratory.`,
    hash: 'plan hash (SHA-256)',
    rule: 'Whatever the plan does not name is marked “exploratory”.',
  },
}

export const planChapter = ({ report, language }: Page): Chapter => {
  const said = words[language]
  const { plan } = report
  if (!plan) return { id: 'plan', title: said.title, blocks: [text(said.none, 'warning')] }
  return {
    id: 'plan',
    title: said.title,
    blocks: [
      text(said.follows(plan.title[language], plan.frozenOn)),
      plan.beforeExport ? text(said.before(plan.datasetCreatedOn)) : text(said.after(plan.datasetCreatedOn), 'warning'),
      quiet(said.rule),
      { kind: 'facts', facts: [[said.hash, plan.hash]] },
    ],
  }
}
