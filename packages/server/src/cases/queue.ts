// The counsellor's one queue: every case in a state, most urgent first, each with why it was raised and what is due when.
import type { z } from 'zod'
import type { StaffActor } from '../access.ts'
import { record } from '../audit/record.ts'
import type { Context } from '../context.ts'
import type { Trx } from '../db/scope.ts'
import { flagsOfCases } from '../flags/queries.ts'
import { type NamedPerson, readNames } from '../participants/queries.ts'
import { initialOf, initialsOf } from '../participants/rules.ts'
import { answeringFor } from './answering.ts'
import { casesInState } from './queries.ts'
import { byUrgencyThenAge, standingOf } from './rules.ts'
import type { queued } from './shapes.ts'
import { wording } from './wording.ts'

export const queue = async (
  context: Context,
  trx: Trx,
  { scope, countyId }: StaffActor,
  wanted: 'open' | 'reviewed',
): Promise<z.infer<typeof queued>[]> => {
  const cases = await casesInState(trx, countyId, wanted)
  const flags = Map.groupBy(
    await flagsOfCases(
      trx,
      countyId,
      cases.map((row) => row.id),
    ),
    (flag) => flag.caseId ?? '',
  )
  const bySchool = Map.groupBy(cases, (row) => row.schoolId)
  const people = new Map<string, NamedPerson>()
  for (const [schoolId, rows] of bySchool) {
    await record(trx, scope, context, [{ action: 'case.listed', subject: 'case', subjectIds: rows.map((row) => row.id), schoolId }])
    const found = await readNames(trx, scope, context, {
      schoolId,
      participantIds: rows.map((row) => row.participantId),
      reason: 'queue of cases',
    })
    for (const [participantId, person] of found) people.set(participantId, person)
  }
  const initials = initialsOf(
    cases.flatMap(({ participantId, schoolId, className }) => {
      const person = people.get(participantId)
      return person ? [{ ...person, classId: `${schoolId} ${className}` }] : []
    }),
  )
  const raised = cases.flatMap((row) => {
    const own = flags.get(row.id) ?? []
    const first = own.find((flag) => flag.decision === null) ?? own[0]
    return first ? [{ caseId: row.id, schoolId: row.schoolId, raisedAt: first.raisedAt }] : []
  })
  const answering = await answeringFor(trx, countyId, raised)
  const now = context.clock()
  const rows = cases.flatMap((row) => {
    const own = flags.get(row.id) ?? []
    if (own.length === 0) return []
    const standing = standingOf(own)
    const reasons = standing.reasons.map((reason) => {
      const [instrument = '', rule = ''] = reason.split('/')
      return wording(context, instrument, own.find((flag) => flag.instrument === instrument)?.version ?? '').rule(rule)
    })
    return {
      caseId: row.id,
      state: row.state,
      participantId: row.participantId,
      schoolName: row.schoolName,
      className: row.className,
      initial: initials.get(row.participantId) ?? initialOf(''),
      urgency: standing.urgency,
      dueAt: standing.dueAt.toISOString(),
      overdue: standing.open > 0 && standing.dueAt < now,
      openedAt: row.openedAt.toISOString(),
      flags: { open: standing.open, total: own.length },
      reasons,
      owner: answering.get(row.id)?.owner ?? null,
      deputy: answering.get(row.id)?.deputy ?? null,
    }
  })
  return rows.toSorted(byUrgencyThenAge)
}
