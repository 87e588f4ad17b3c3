/** With what every number of the page can be computed again: hashes, versions, dates. */
import { type Chapter, quiet } from '../block.ts'
import type { Page } from '../page.ts'

export const traceChapter = ({ report, words, language }: Page): Chapter => {
  const { dataset, plan } = report
  return {
    id: 'trace',
    title: words.trace,
    blocks: [
      quiet(words.traceNote),
      {
        kind: 'facts',
        facts: [
          [words.dataset, `${dataset.title[language]} (${dataset.id})`],
          [words.hash, dataset.hash],
          [words.planHash, plan ? `${plan.hash} (${plan.frozenOn})` : words.noPlan],
          [words.rows, words.size(dataset.rows, dataset.participants, dataset.schools)],
          [words.exportedOn, dataset.createdOn],
          [words.exportedBy, dataset.codeVersion],
          [words.instruments, report.instruments.map(({ id, version, hash }) => `${id} ${version} (${hash.slice(0, 16)}…)`).join('\n')],
          [words.deidentified, dataset.deidentification.map((step) => step[language]).join('\n')],
          [words.generatedOn, report.generatedOn],
          [words.code, report.codeVersion],
        ],
      },
    ],
  }
}
