// A dry run against the register as it is in this transaction. The thread that read the file compares.
import { createHash } from 'node:crypto'
import type { StaffActor } from '../../access.ts'
import { record } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import type { Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { allUnits, type Unit } from '../../units/queries.ts'
import type { Ask } from './in-worker.ts'
import { atOnce, mostShown } from './limits.ts'
import { alikeElsewhere, inSome, latestImport, registerOf } from './queries.ts'
import type { PlanBody, PlanShape } from './shapes.ts'
import { namesOf, shownPupil, shownRow } from './telling.ts'
import { bySchool } from './writing.ts'

type Settings = Omit<PlanBody, 'file'>
export type Plan = {
  readonly hash: string
  readonly rows: number
  readonly counts: PlanShape['counts']
  readonly fileHash: string
  readonly units: readonly Unit[]
  readonly target: Unit
  readonly schoolIds: readonly string[]
  readonly mayCreateClasses: boolean
}

export const hashOf = (...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(typeof part === 'string' ? `${part.length}:${part}` : part)
  return hash.digest('hex')
}

const isBelow = (unit: Unit, id: string, units: ReadonlyMap<string, Unit>): boolean =>
  unit.id === id || (unit.parentId !== null && units.has(unit.parentId) && isBelow(units.get(unit.parentId)!, id, units))

/** The unit whose roster comes, and the schools of the caller that it reaches. */
export const targetOf = async (trx: Trx, { scope, countyId }: StaffActor, unitId: string) => {
  const units = await allUnits(trx, countyId)
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const target = byId.get(unitId)
  if (!target || (target.schoolId !== null && !scope.schoolIds.includes(target.schoolId))) throw new Problem('unit.not-found')
  if (target.kind === 'grade' || target.kind === 'village') throw new Problem('roster.unit-wrong')
  const schools = units.filter((unit) => unit.kind === 'school' && scope.schoolIds.includes(unit.id))
  const schoolIds = target.schoolId
    ? [target.schoolId]
    : schools.filter((school) => isBelow(school, target.id, byId)).map((school) => school.id)
  if (schoolIds.length === 0) throw new Problem('unit.not-found')
  return { units, target, schoolIds }
}

/** Gives the thread whom it compares with: everybody of these schools, and who is alike at the other schools of the caller. */
const introduce = async (trx: Trx, { countyId, scope }: StaffActor, schoolIds: readonly string[], ask: Ask) => {
  for (const some of inSome(schoolIds)) await ask('know', await registerOf(trx, countyId, some))
  if (scope.schoolIds.every((schoolId) => schoolIds.includes(schoolId))) return
  for (let from = 0; ; from += atOnce) {
    const sought = await ask('sought', from)
    if (sought === null) return
    const alike = await alikeElsewhere(trx, countyId, schoolIds, sought)
    if (alike) await ask('knowElsewhere', alike)
  }
}

export const planOf = async (trx: Trx, actor: StaffActor, unitId: string, body: Settings, fileHash: string, ask: Ask): Promise<Plan> => {
  const { countyId, grants } = actor
  const { units, target, schoolIds } = await targetOf(trx, actor, unitId)
  const administered = new Set(grants.flatMap((grant) => (grant.role === 'administrator' ? grant.schoolIds : [])))
  const mayCreateClasses = target.kind !== 'class' && schoolIds.every((schoolId) => administered.has(schoolId))
  const { createClasses } = body
  if (createClasses && !mayCreateClasses) throw new Problem('account.role-missing', { roles: 'administrator' })
  await introduce(trx, actor, schoolIds, ask)
  const latest = await latestImport(trx, countyId, schoolIds)
  const basis = [fileHash, unitId, JSON.stringify(body), latest ?? '']
  const compared = await ask('compare', { units, target, schoolIds, createClasses, basis })
  return { ...compared, fileHash, units, target, schoolIds, mayCreateClasses }
}

/** What is told of a plan. Each pupil of the register who is shown leaves an audit row first (PRIV-07). */
export const tellPlan = async (trx: Trx, actor: StaffActor, context: Context, plan: Plan, ask: Ask): Promise<PlanShape> => {
  const { entries, missing, newClasses } = await ask('show', plan.units)
  const name = namesOf(plan.units)
  const seen = [...entries.flatMap(({ outcome }) => ('of' in outcome ? [outcome.of] : [])), ...missing]
  const looks = bySchool(seen).map(({ schoolId, participantIds }) => ({
    action: 'participant.names-read' as const,
    subject: 'participant',
    subjectIds: participantIds,
    schoolId,
    details: { reason: 'dry run of a roster' },
  }))
  const compared = { action: 'roster.compared' as const, subject: 'unit', subjectIds: [plan.target.id], schoolId: plan.target.schoolId }
  await record(trx, actor.scope, context, [...looks, { ...compared, details: { rows: plan.rows, fileHash: plan.fileHash } }])
  return {
    planHash: plan.hash,
    counts: plan.counts,
    rows: entries.map((entry) => shownRow(entry, name)),
    missing: missing.map((own) => ({ participantId: own.participantId, ...shownPupil(own, name) })),
    mostShown,
    newClasses: [...newClasses],
    mayCreateClasses: plan.mayCreateClasses,
  }
}
