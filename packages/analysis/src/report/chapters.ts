// The order of the page.
import type { Chapter } from './block.ts'
import type { Page } from './page.ts'
import { attritionChapter } from './sections/attrition.ts'
import { baselineChapter } from './sections/baseline.ts'
import { carelessChapter } from './sections/careless.ts'
import { changeChapter } from './sections/change.ts'
import { cutOffChapter } from './sections/cut-off.ts'
import { doseChapter } from './sections/dose.ts'
import { effectSizesChapter } from './sections/effect-sizes.ts'
import { equivalenceChapter } from './sections/equivalence.ts'
import { flowChapter } from './sections/flow.ts'
import { individualsChapter } from './sections/individuals.ts'
import { methodsChapter } from './sections/methods.ts'
import { missingChapter } from './sections/missing.ts'
import { notDoneChapter } from './sections/not-done.ts'
import { outcomesChapter } from './sections/outcomes.ts'
import { planChapter } from './sections/plan.ts'
import { primaryEffectChapter } from './sections/primary-effect.ts'
import { reading } from './sections/reading.ts'
import { reliabilityChapter } from './sections/reliability.ts'
import { sensitivityChapter } from './sections/sensitivity.ts'
import { subgroupsChapter } from './sections/subgroups.ts'
import { traceChapter } from './sections/trace.ts'
import { verdictChapter } from './sections/verdict.ts'
import { wavesChapter } from './sections/waves.ts'

const inOrder: readonly ((page: Page) => Chapter | null)[] = [
  reading,
  planChapter,
  flowChapter,
  baselineChapter,
  attritionChapter,
  reliabilityChapter,
  primaryEffectChapter,
  effectSizesChapter,
  changeChapter,
  individualsChapter,
  cutOffChapter,
  wavesChapter,
  outcomesChapter,
  subgroupsChapter,
  equivalenceChapter,
  missingChapter,
  sensitivityChapter,
  carelessChapter,
  verdictChapter,
  doseChapter,
  notDoneChapter,
  methodsChapter,
  traceChapter,
]

export const chaptersOf = (page: Page): readonly Chapter[] => inOrder.flatMap((chapter) => chapter(page) ?? [])

/** The line over every page of a simulated study. */
export const bannerOf = ({ report, words, language }: Page): string | null =>
  report.simulated ? (report.notice?.[language] ?? words.simulated) : null

/** Who made the page, from which data, by which plan, with which instruments. */
export const footerOf = ({ report, words }: Page): string => {
  const { dataset, plan, instruments, codeVersion, generatedOn } = report
  return [
    `${words.footer} ${codeVersion}`,
    generatedOn,
    `${words.hash} ${dataset.hash.slice(0, 16)}…`,
    ...(plan ? [`${words.planHash} ${plan.hash.slice(0, 16)}…`] : []),
    ...instruments.map(({ id, version }) => `${id} ${version}`),
  ].join(words.comma)
}
