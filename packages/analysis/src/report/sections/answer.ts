/** The answer to the study's question, before anything else: the difference between the arms in points, with its interval. */
import { decimal } from '../../plots/number-words.ts'
import type { Block } from '../block.ts'
import { armName, degrees, limits, type Page, pWords, refusal, waveName, withLimits } from '../page.ts'
import type { AdjustedEffect, Contrast, Outcome } from '../record.ts'

const verdictOf = (effect: AdjustedEffect, direction: Outcome['direction']): 'better' | 'worse' | 'open' => {
  const { lower, upper } = effect.interval
  if (lower <= 0 && upper >= 0) return 'open'
  return upper < 0 === (direction === 'higher-is-worse') ? 'better' : 'worse'
}

const factsOf = (page: Page, effect: AdjustedEffect, { standardised }: Contrast): readonly (readonly [string, string])[] => {
  const { words } = page
  return [
    ...(standardised.kind === 'estimated'
      ? [[words.joint(words.facts.standardised, words.standardisedBy), withLimits(page, standardised)] as const]
      : []),
    [words.facts.statistic, `t(${degrees(effect.df)}) = ${decimal(effect.statistic)}, ${pWords(effect.p)}`],
    [words.facts.pupils, String(effect.n)],
    [words.facts.schools, String(effect.schools)],
    [words.facts.icc, decimal(effect.intraclassCorrelation, 3)],
  ]
}

const answerTo = (page: Page, contrast: Contrast): Block => {
  const { report, words, language } = page
  const { label, direction } = report.primary
  const { effect } = contrast
  const said = {
    kind: 'answer' as const,
    question: words.question(label[language]),
    compared: words.compared(armName(page, contrast.arm), armName(page, contrast.against), waveName(page, report.design.postWave)),
  }
  if (effect.kind === 'not-estimable') return { ...said, value: '', interval: refusal(page, effect), sentences: [], facts: [] }
  return {
    ...said,
    value: decimal(effect.estimate),
    interval: `${words.points}${words.comma}${words.interval(effect.interval.level)} ${limits(page, effect.interval)}`,
    sentences: [words.verdict[verdictOf(effect, direction)], words.direction[direction]],
    facts: factsOf(page, effect, contrast),
  }
}

/** One for each programme arm. */
export const answers = (page: Page): readonly Block[] => page.report.primary.contrasts.map((contrast) => answerTo(page, contrast))
