// Who answers for a flag: exactly one owner and one deputy, those of the rota when it was raised (SAF-04).
import { displayNames } from '../accounts/queries.ts'
import type { Trx } from '../db/scope.ts'
import { schoolDay } from '../duty/day.ts'
import { turnsFrom } from '../duty/queries.ts'
import { turnAt } from '../duty/rules.ts'

type Raised = { readonly caseId: string; readonly schoolId: string; readonly raisedAt: Date }
type Answering = { readonly owner: string | null; readonly deputy: string | null }

/** By case, the names of who answers for it; absent where nobody was on duty. */
export const answeringFor = async (trx: Trx, countyId: string, raised: readonly Raised[]): Promise<ReadonlyMap<string, Answering>> => {
  const found = new Map<string, { readonly ownerId: string; readonly deputyId: string }>()
  for (const [schoolId, own] of Map.groupBy(raised, (one) => one.schoolId)) {
    const first = new Date(Math.min(...own.map(({ raisedAt }) => raisedAt.getTime())))
    const turns = await turnsFrom(trx, countyId, schoolId, schoolDay(first))
    for (const { caseId, raisedAt } of own) {
      const turn = turnAt(turns, raisedAt)
      if (turn) found.set(caseId, turn)
    }
  }
  const names = await displayNames(
    trx,
    [...found.values()].flatMap(({ ownerId, deputyId }) => [ownerId, deputyId]),
  )
  return new Map(
    [...found].map(([caseId, { ownerId, deputyId }]) => [
      caseId,
      { owner: names.get(ownerId) ?? null, deputy: names.get(deputyId) ?? null },
    ]),
  )
}
