/** What a cut-off is worth where it is used. */
import type { Scale } from './definition.ts'

type CutOff = Scale['cutOffs'][number]

/** Of those at or beyond the cut-off, and of those not, the share for whom it is right; null where it puts nobody on that side. */
export type PredictiveValue =
  | { readonly kind: 'predicted'; readonly positive: number | null; readonly negative: number | null }
  | { readonly kind: 'unknown'; readonly reason: 'no-sensitivity-and-specificity' | 'prevalence-outside-0-to-1' }

/** Whether a score lies on the side of the cut-off that asks for a second look. */
export const meetsCutOff = ({ atLeast, below }: CutOff, value: number): boolean =>
  (atLeast === undefined || value >= atLeast) && (below === undefined || value < below)

/**
 * Bayes' rule at a prevalence (a share, from the school's or county's own setting). Sensitivity and specificity are those of the cut-off's
 * `population`: in another one they differ. Even a high negative value is no reassurance about one child.
 */
export const predictiveValue = ({ sensitivity, specificity }: CutOff, prevalence: number): PredictiveValue => {
  if (sensitivity === undefined || specificity === undefined) return { kind: 'unknown', reason: 'no-sensitivity-and-specificity' }
  if (!(prevalence >= 0 && prevalence <= 1)) return { kind: 'unknown', reason: 'prevalence-outside-0-to-1' }
  const [found, falselyFound] = [sensitivity * prevalence, (1 - specificity) * (1 - prevalence)]
  const [cleared, missed] = [specificity * (1 - prevalence), (1 - sensitivity) * prevalence]
  return {
    kind: 'predicted',
    positive: found + falselyFound > 0 ? found / (found + falselyFound) : null,
    negative: cleared + missed > 0 ? cleared / (cleared + missed) : null,
  }
}
