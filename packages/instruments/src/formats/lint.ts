/** The linter of foreign files: every rule over one instrument. A finding says what is wrong and where; nothing is repaired. */
import type { Finding } from './finding.ts'
import type { Foreign } from './foreign.ts'
import type { KnownInstrument } from './imported.ts'
import { cutOffsOnAnotherMetric, thresholdsTile } from './lint-bands.ts'
import { type LintRule, missingAnswers, nonItemsAdded, noReversedItem, noScoring, optionOrderOpposite, statedRange } from './lint-scores.ts'
import {
  answersWithoutValues,
  bandWording,
  brokenText,
  chineseScript,
  incompleteLanguage,
  licenceEvidence,
  otherLookBack,
  riskItem,
} from './lint-words.ts'

const rules: readonly LintRule[] = [
  noScoring,
  missingAnswers,
  nonItemsAdded,
  thresholdsTile,
  cutOffsOnAnotherMetric,
  statedRange,
  noReversedItem,
  optionOrderOpposite,
  answersWithoutValues,
  chineseScript,
  brokenText,
  incompleteLanguage,
  licenceEvidence,
  riskItem,
  bandWording,
]

export const lint = (foreign: Foreign, known: readonly KnownInstrument[] = []): readonly Finding[] =>
  [...rules, otherLookBack(known)].flatMap((rule) => rule(foreign))
