/** What a reader must know before any number: simulated or not, warnings of the data, what a score is not. */
import { type Chapter, text } from '../block.ts'
import type { Page } from '../page.ts'

export const reading = ({ report, words }: Page): Chapter => {
  const strong = [
    ...(report.simulated ? [words.simulatedNote] : []),
    ...[...new Set([...report.warnings, ...report.primary.warnings])].map((warning) => words.warnings[warning]),
  ]
  return {
    id: 'reading',
    title: words.reading,
    blocks: [...strong.map((said) => text(said, 'warning')), { kind: 'list', items: words.always }],
  }
}
