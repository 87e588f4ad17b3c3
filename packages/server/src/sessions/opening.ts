// What must hold before a class is asked (SAF-08): questions about risk need somebody who will look at the answers.
import { isHeldFor } from '../accounts/grants.ts'
import type { Context } from '../context.ts'
import { asIdentity, type Trx } from '../db/scope.ts'
import { requireInstrument } from '../library/rules.ts'
import { Problem } from '../problem.ts'
import type { Session } from './queries.ts'

export const requireCounsellor = async (context: Context, trx: Trx, countyId: string, { battery, schoolId }: Session) => {
  const asksOfRisk = battery.some(({ instrument, version }) => requireInstrument(context.library, instrument, version).riskRules.length > 0)
  if (asksOfRisk && !(await asIdentity(trx, () => isHeldFor(trx, countyId, 'counsellor', schoolId))))
    throw new Problem('session.no-counsellor')
}
