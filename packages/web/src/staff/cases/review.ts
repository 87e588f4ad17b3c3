// What a review needs before it can be recorded: a decision, and a reason that says something.
import type { StaffKey } from '../../i18n/staff.ts'
import type { Flag } from '../wire.ts'

export type Decision = NonNullable<Flag['review']>['decision']

/** What a decision is called before and after it was made. A wish to talk is no suspicion that somebody could rule out. */
export const decisionWords = (kind: Flag['kind'], decision: Decision): { readonly choose: StaffKey; readonly made: StaffKey } => {
  const confirmed = decision === 'confirmed'
  if (kind === 'request')
    return confirmed ? { choose: 'case.followUp', made: 'case.isFollowedUp' } : { choose: 'case.lookedInto', made: 'case.isLookedInto' }
  return confirmed ? { choose: 'case.confirm', made: 'case.confirmed' } : { choose: 'case.dismiss', made: 'case.dismissed' }
}

const shortestReason = 5

export const reviewFault = (decision: Decision | null, reason: string): StaffKey | null => {
  if (decision === null) return 'case.chooseDecision'
  return reason.trim().length < shortestReason ? 'case.reasonShort' : null
}
