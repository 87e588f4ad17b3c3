// A dry run against the register as it is in this transaction.
import { createHash } from 'node:crypto'
import type { StaffActor } from '../../access.ts'
import { record } from '../../audit/record.ts'
import type { Context } from '../../context.ts'
import type { Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { allUnits, type Unit } from '../../units/queries.ts'
import { type Comparison, compare, type Entry, type Registered } from './compare.ts'
import { placing } from './places.ts'
import { alikeElsewhere, latestImport, registerOf } from './queries.ts'
import type { RosterRow } from './rows.ts'
import { mostShown, type PlanBody, type PlannedRow, type PlanShape } from './shapes.ts'

export type Plan = Comparison & {
  readonly hash: string
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

/** Piece by piece: the whole of a county's plan as one text would be the largest thing that the server ever held. */
const planHash = ({ entries, missing }: Comparison, ...settings: readonly string[]) => {
  const hash = createHash('sha256').update(JSON.stringify(settings))
  for (const { row, outcome } of entries) hash.update(JSON.stringify([row.sheet, row.row, outcome]))
  for (const pupil of missing) hash.update(JSON.stringify(pupil))
  return hash.digest('hex')
}

export const planOf = async (
  trx: Trx,
  actor: StaffActor,
  unitId: string,
  body: PlanBody,
  file: Uint8Array,
  rows: readonly RosterRow[],
): Promise<Plan> => {
  const { countyId, grants } = actor
  const { units, target, schoolIds } = await targetOf(trx, actor, unitId)
  const administered = new Set(grants.flatMap((grant) => (grant.role === 'administrator' ? grant.schoolIds : [])))
  const mayCreateClasses = target.kind !== 'class' && schoolIds.every((schoolId) => administered.has(schoolId))
  if (body.createClasses && !mayCreateClasses) throw new Problem('account.role-missing', { roles: 'administrator' })
  const sought = () =>
    rows.filter((row) => row.faults.length === 0).map(({ name, studentNumber, birthDate }) => ({ name, studentNumber, birthDate }))
  const farther = actor.scope.schoolIds.some((schoolId) => !schoolIds.includes(schoolId))
  const comparison = compare({
    rows,
    place: placing(units, target, schoolIds),
    createClasses: body.createClasses,
    register: await registerOf(trx, countyId, schoolIds),
    elsewhere: farther ? await alikeElsewhere(trx, countyId, schoolIds, sought()) : [],
    covers: (pupil) => target.kind !== 'class' || pupil.classId === target.id,
  })
  const fileHash = hashOf(file)
  const { file: _, ...settings } = body
  const basis = await latestImport(trx, countyId, schoolIds)
  const hash = planHash(comparison, fileHash, unitId, JSON.stringify(settings), basis ?? '')
  return { ...comparison, hash, fileHash, units, target, schoolIds, mayCreateClasses }
}

const namesOf = (units: readonly Unit[]) => {
  const names = new Map(units.map((unit) => [unit.id, unit.name]))
  return (id: string | null) => names.get(id ?? '') ?? ''
}

const shownPupil = (own: Registered, name: (id: string) => string) => ({
  name: own.name,
  studentNumber: own.studentNumber,
  sex: own.sex,
  birthDate: own.birthDate,
  leftBehind: own.leftBehind,
  schoolName: name(own.schoolId),
  className: name(own.classId),
})

const shownRow = ({ row, outcome }: Entry, name: (id: string | null) => string): PlannedRow => {
  const target = 'target' in outcome ? outcome.target : null
  const of = 'of' in outcome ? outcome.of : null
  return {
    sheet: row.sheet,
    row: row.row,
    kind: outcome.kind,
    name: row.name,
    studentNumber: row.studentNumber,
    sex: row.sex,
    birthDate: row.birthDate,
    leftBehind: row.leftBehind,
    schoolName: name(target?.schoolId ?? of?.schoolId ?? null) || (row.school ?? ''),
    className: target?.made?.name ?? (name(target?.classId ?? of?.classId ?? null) || (row.className ?? row.sheetClass ?? '')),
    before: of && { ...shownPupil(of, name), left: of.left },
    changes: 'changes' in outcome ? [...outcome.changes] : [],
    why: outcome.kind === 'suspected' ? outcome.why : null,
    may: outcome.kind === 'suspected' ? [...outcome.may] : [],
    faults: outcome.kind === 'invalid' ? outcome.faults.map((own) => ({ ...own })) : [],
  }
}

const kinds = ['new', 'changed', 'unchanged', 'suspected', 'invalid'] as const

const newClassesOf = (entries: readonly Entry[], name: (id: string) => string) => {
  const classes = new Map<string, { schoolName: string; name: string; rows: number }>()
  const add = (schoolName: string, className: string) => {
    const key = `${schoolName}|${className}`
    const known = classes.get(key) ?? { schoolName, name: className, rows: 0 }
    classes.set(key, { ...known, rows: known.rows + 1 })
  }
  for (const { row, outcome } of entries) {
    if ('target' in outcome && outcome.target.made) add(name(outcome.target.schoolId), outcome.target.made.name)
    const unknown = outcome.kind === 'invalid' ? outcome.faults.find((own) => own.kind === 'class-unknown') : undefined
    if (unknown) add(row.school ?? '', unknown.text)
  }
  return [...classes.values()]
}

/** What is told of a plan. Each pupil of the register who is shown leaves an audit row first (PRIV-07). */
export const tellPlan = async (
  trx: Trx,
  actor: StaffActor,
  context: Context,
  { entries, missing, hash, ...plan }: Plan,
): Promise<PlanShape> => {
  const name = namesOf(plan.units)
  const ofKind = kinds.map((kind) => entries.filter((entry) => entry.outcome.kind === kind))
  const count = (kind: (typeof kinds)[number]) => ofKind[kinds.indexOf(kind)]!.length
  const shown = ofKind.flatMap((own) => own.slice(0, mostShown))
  const gone = missing.slice(0, mostShown)
  const seen = [...shown.flatMap(({ outcome }) => ('of' in outcome ? [outcome.of] : [])), ...gone]
  const looks = [...new Set(seen.map((own) => own.schoolId))].map((schoolId) => ({
    action: 'participant.names-read' as const,
    subject: 'participant',
    subjectIds: seen.filter((own) => own.schoolId === schoolId).map((own) => own.participantId),
    schoolId,
    details: { reason: 'dry run of a roster' },
  }))
  const compared = { action: 'roster.compared' as const, subject: 'unit', subjectIds: [plan.target.id], schoolId: plan.target.schoolId }
  await record(trx, actor.scope, context, [...looks, { ...compared, details: { rows: entries.length, fileHash: plan.fileHash } }])
  return {
    planHash: hash,
    counts: {
      new: count('new'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      suspected: count('suspected'),
      invalid: count('invalid'),
      missing: missing.length,
    },
    rows: shown.map((entry) => shownRow(entry, name)),
    missing: gone.map((own) => ({ participantId: own.participantId, ...shownPupil(own, name) })),
    mostShown,
    newClasses: newClassesOf(entries, name),
    mayCreateClasses: plan.mayCreateClasses,
  }
}
