// SAF-14: of a flag that was dismissed here and confirmed on the laptop neither decision takes the other's place. It waits again, in an open
// case, and the counsellor's page shows both.
import { joinCases } from '../cases/queries.ts'
import type { Context } from '../context.ts'
import type { Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import type { Urgency } from '../db/tables.ts'
import { dueAt } from '../flags/rules.ts'
import type { Merging } from './merge.ts'
import { type By, note } from './place.ts'
import * as queries from './queries.ts'

const table = 'screening.flag'

/** Told apart from the first by the last digit of its time, which nobody sees. */
const anew = (flag: Row, { ids, now }: Merging): Row => ({
  ...flag,
  id: ids(),
  case_id: null,
  answered_at: new Date(Date.parse(String(flag.answered_at)) + 1).toISOString(),
  raised_at: now.toISOString(),
  due_at: dueAt(flag.urgency as Urgency, now).toISOString(),
})

export const raiseDisputed = async (trx: Trx, context: Context, by: By, merging: Merging) => {
  const { countyId, schoolId } = merging.manifest
  const keys = [...new Set(merging.disputed)].map((id) => ({ county_id: countyId, id }))
  const flags = (await queries.rowsLike(trx, table, ['id'], keys)).map((flag) => anew(flag, merging))
  const insert = (some: readonly Row[]) => queries.insertGiven(trx, table, Object.keys(some[0]!), some)
  const waiting = new Set(await queries.withoutRefused(trx, flags, insert)) // raised again before, for another laptop
  const raised = flags.filter((flag) => !waiting.has(flag))
  if (raised.length === 0) return
  const [raisedAt, of] = [merging.now, (flag: Row) => ({ flagId: String(flag.id), participantId: String(flag.participant_id) })]
  await joinCases(
    trx,
    countyId,
    context.ids,
    raised.map((flag) => ({ ...of(flag), schoolId, raisedAt })),
  )
  for (const { id, urgency } of raised)
    await note(trx, context, by, {
      action: 'flag.raised',
      subject: 'flag',
      subjectIds: [String(id)],
      schoolId,
      details: { urgency: String(urgency) },
    })
  merging.newFlags.push(...raised)
}
