// What was found on both sides, for the administrator: told so far that it can be decided, and no answer of a pupil among it.
import type { StaffActor } from '../access.ts'
import { displayNames } from '../accounts/queries.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { carried, type Row } from '../db/carried.ts'
import { asIdentity, inScope, type Trx } from '../db/scope.ts'
import { readNames } from '../participants/queries.ts'
import { Problem } from '../problem.ts'
import { allUnits } from '../units/queries.ts'
import * as shown from './page-queries.ts'
import * as queries from './queries.ts'
import { comparedOf, fingerprint } from './rules.ts'

/** Whose rows an administrator may choose between. Of the others both are kept, and she says that she has seen it. */
const choosable = ['screening.participant', 'identity.person', 'screening.unit']
const told = [...choosable, 'screening.seat', 'screening.session']

const specOf = (table: string) => carried.find((spec) => spec.table === table)!
const differing = ({ table, ours, theirs }: shown.ListedConflict): readonly string[] =>
  comparedOf(specOf(table), Object.keys(theirs)).filter((name) => fingerprint(ours, [name]) !== fingerprint(theirs, [name]))

const text = (value: unknown) => (value === null || value === undefined ? null : String(value))
const pupilOf = ({ table, theirs }: shown.ListedConflict) => text(table === 'screening.participant' ? theirs.id : theirs.participant_id)
const happenedAt = (row: Row) => text(row.finished_at ?? row.entered_at ?? row.reviewed_at ?? row.recorded_at)

const all = async (trx: Trx, countyId: string) => [
  ...(await shown.conflictsOf(trx, countyId, 'screening')),
  ...(await asIdentity(trx, () => shown.conflictsOf(trx, countyId, 'identity'))),
]

/** Names are read for it, and the look is recorded (SAF-20). */
const namesFor = async (trx: Trx, context: Context, { scope }: StaffActor, conflicts: readonly shown.ListedConflict[]) => {
  const names = new Map<string, string>()
  for (const [schoolId, ofSchool] of Map.groupBy(conflicts, (conflict) => conflict.schoolId)) {
    const participantIds = [...new Set(ofSchool.flatMap((conflict) => pupilOf(conflict) ?? []))]
    const people = await readNames(trx, scope, context, { schoolId, participantIds, reason: 'conflicts of an offline kit' })
    for (const [id, { name }] of people) names.set(id, name)
  }
  return names
}

export const listConflicts = (context: Context, actor: StaffActor) =>
  inScope(context.db, actor.scope, 'app', async (trx) => {
    const { countyId, scope } = actor
    const conflicts = (await all(trx, countyId)).toSorted((left, right) => Number(left.decision !== null) - Number(right.decision !== null))
    const entries = conflicts.map(({ id, schoolId }) => ({
      action: 'kit.conflicts-read' as const,
      subject: 'kit-conflict',
      subjectIds: [id],
      schoolId,
    }))
    await record(trx, scope, context, entries)
    const names = await namesFor(trx, context, actor, conflicts)
    const units = new Map((await allUnits(trx, countyId)).map(({ id, name }) => [id, name]))
    const people = await displayNames(
      trx,
      conflicts.flatMap(({ decidedBy }) => decidedBy ?? []),
    )
    const said = (value: unknown) => text(typeof value === 'string' ? (units.get(value) ?? value) : value)
    return conflicts.map((conflict) => ({
      conflictId: conflict.id,
      schoolName: units.get(conflict.schoolId) ?? '',
      what: conflict.table.split('.')[1]!,
      pupil: names.get(pupilOf(conflict) ?? '') ?? null,
      foundAt: conflict.foundAt.toISOString(),
      oursAt: happenedAt(conflict.ours),
      theirsAt: happenedAt(conflict.theirs),
      differences: told.includes(conflict.table)
        ? differing(conflict).map((column) => ({ column, ours: said(conflict.ours[column]), theirs: said(conflict.theirs[column]) }))
        : [],
      choosable: choosable.includes(conflict.table) && conflict.ours.id !== undefined,
      decision: conflict.decision,
      decidedBy: conflict.decidedBy && (people.get(conflict.decidedBy) ?? ''),
    }))
  })

type Decision = { readonly decision: 'ours' | 'theirs'; readonly reason: string }

/** The other version in the columns that differ. */
const apply = async (trx: Trx, countyId: string, conflict: shown.ListedConflict) => {
  const columns = differing(conflict)
  const row = { ...conflict.theirs, county_id: countyId, id: conflict.ours.id }
  if (columns.length === 0) return
  const refused = await asIdentity(trx, () =>
    queries.withoutRefused(trx, [row], () => queries.updateGiven(trx, specOf(conflict.table), columns, [row])),
  )
  if (refused.length > 0) throw new Problem('kit.both-are-kept') // its number or name is taken here
}

export const decideConflict = (context: Context, { scope, countyId, accountId }: StaffActor, conflictId: string, wish: Decision) =>
  inScope(context.db, scope, 'app', async (trx) => {
    const conflict = (await all(trx, countyId)).find(({ id }) => id === conflictId)
    if (!conflict) throw new Problem('kit.conflict-not-found')
    const { schoolId, table } = conflict
    if (wish.decision === 'theirs' && !choosable.includes(table)) throw new Problem('kit.both-are-kept')
    if (!(await shown.insertDecision(trx, { countyId, schoolId, conflictId, ...wish, by: accountId, now: context.clock() })))
      throw new Problem('kit.conflict-decided')
    if (wish.decision === 'theirs') await apply(trx, countyId, conflict)
    await record(trx, scope, context, [
      { action: 'kit.conflict-decided', subject: 'kit-conflict', subjectIds: [conflictId], schoolId, details: { decision: wish.decision } },
    ])
    return { undecided: await asIdentity(trx, () => shown.undecidedConflicts(trx, countyId)) }
  })
