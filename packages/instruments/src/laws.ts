/** What an instrument must satisfy beyond its schema: one table of laws, read by `check`, by `lock` and by the tests. */
import type { Definition } from './definition.ts'
import type { Law } from './laws/law.ts'
import { normCellsAreApart } from './laws/norms.ts'
import { codesFit, scalesAddUp, skipLogicHolds } from './laws/parts.ts'
import { riskItemsAreCovered } from './laws/risk.ts'
import { bandsTile, limitsAreReachable, missingRulesAgree, tablesAreWhole } from './laws/scales.ts'
import { scriptMatchesTag } from './laws/script.ts'
import { idsAreUnique, referencesMeetTheirTarget } from './laws/structure.ts'
import {
  languagesAreKnown,
  licenceHasEvidence,
  oursAreMarked,
  textsAreComplete,
  withheldNeedsPermission,
  wordsNeverDiagnose,
} from './laws/words.ts'

export type LawBreach = { readonly law: string; readonly place: string; readonly problem: string }

const structure: readonly Law[] = [idsAreUnique, referencesMeetTheirTarget, scalesAddUp, skipLogicHolds]
const meaning: readonly Law[] = [
  codesFit,
  bandsTile,
  limitsAreReachable,
  missingRulesAgree,
  tablesAreWhole,
  normCellsAreApart,
  riskItemsAreCovered,
  licenceHasEvidence,
  withheldNeedsPermission,
  languagesAreKnown,
  textsAreComplete,
  scriptMatchesTag,
  oursAreMarked,
  wordsNeverDiagnose,
]

/** The names of the laws, in the order in which they are asked. */
export const lawNames: readonly string[] = [...structure, ...meaning].map(({ law }) => law)

/**
 * Every law that a definition breaks, with the place in it. An instrument with breaches must not be locked.
 * The laws of meaning assume that references hold, so they are asked only then. @returns an empty list for a sound definition
 */
export const lawBreaches = (definition: Definition): readonly LawBreach[] => {
  const asked = (laws: readonly Law[]) => laws.flatMap(({ law, findings }) => findings(definition).map((finding) => ({ law, ...finding })))
  const broken = asked(structure)
  return broken.length > 0 ? broken : asked(meaning)
}
