// Who answers for a flag: exactly one owner and one deputy, those of the rota when it was raised (SAF-04).
import type { Trx } from '../db/scope.ts'
import { schoolDay } from '../duty/day.ts'
import { turnsFrom } from '../duty/queries.ts'
import { turnAt } from '../duty/rules.ts'
import { counsellorsOf } from '../duty/standing.ts'

type Raised = { readonly caseId: string; readonly schoolId: string; readonly raisedAt: Date }
type Answering = { readonly owner: string | null; readonly deputy: string | null }

/** By case, the names of who answers for it; absent where nobody was on duty. Whoever cannot see it any more, having left the school or the role, is not named. */
export const answeringFor = async (trx: Trx, countyId: string, raised: readonly Raised[]): Promise<ReadonlyMap<string, Answering>> => {
  const found = new Map<string, Answering>()
  for (const [schoolId, own] of Map.groupBy(raised, (one) => one.schoolId)) {
    const first = new Date(Math.min(...own.map(({ raisedAt }) => raisedAt.getTime())))
    const turns = await turnsFrom(trx, countyId, schoolId, schoolDay(first))
    const names = new Map((await counsellorsOf(trx, countyId, schoolId)).map(({ accountId, displayName }) => [accountId, displayName]))
    for (const { caseId, raisedAt } of own) {
      const turn = turnAt(turns, raisedAt)
      if (turn) found.set(caseId, { owner: names.get(turn.ownerId) ?? null, deputy: names.get(turn.deputyId) ?? null })
    }
  }
  return found
}
