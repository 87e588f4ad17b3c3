// What a review needs before it can be recorded: a decision, and a reason that says something.
import type { StaffKey } from '../../i18n/staff.ts'
import type { Flag } from '../wire.ts'

export type Decision = NonNullable<Flag['review']>['decision']

const shortestReason = 5

export const reviewFault = (decision: Decision | null, reason: string): StaffKey | null => {
  if (decision === null) return 'case.chooseDecision'
  return reason.trim().length < shortestReason ? 'case.reasonShort' : null
}
