/** What a reader may look for and will not find here, and why. */
import type { Chapter } from '../block.ts'
import type { Page } from '../page.ts'

const words = {
  'zh-CN': {
    title: '本报告没有做的',
    imputation: '多重插补：没有分析计划要求。',
    careless: '去掉作答可疑者的分析：计划没有事先规定判断规则，看过数据再定规则不算数。',
    equivalence: '等效检验：计划没有规定多小的差异可以忽略。',
    dose: '剂量与变化：数据集没有参加次数。',
    cutOff: '达到界值的比例：主要量表没有公布的界值，计划也没有规定。',
  },
  en: {
    title: 'Not in this report',
    imputation: 'Multiple imputation: no plan asks for it.',
    careless: 'The analysis without doubtful sheets: the plan fixes no rule, and one made after the answers were seen would be none.',
    equivalence: 'A test of equivalence: the plan does not say how small a difference counts as none.',
    dose: 'Dose and change: the dataset has no attendance.',
    cutOff: 'The share at the cut-off: the primary scale has no published cut-off, and the plan names none.',
  },
}

export const notDoneChapter = ({ report, language }: Page): Chapter | null => {
  const said = words[language]
  const absent: readonly (readonly [boolean, string])[] = [
    [report.imputation === null, said.imputation],
    [report.careless === null, said.careless],
    [report.equivalence === null, said.equivalence],
    [report.dose === null, said.dose],
    [report.aboveCutOff === null, said.cutOff],
  ]
  const items = absent.flatMap(([isAbsent, why]) => (isAbsent ? [why] : []))
  return items.length === 0 ? null : { id: 'not-done', title: said.title, blocks: [{ kind: 'list', items }] }
}
