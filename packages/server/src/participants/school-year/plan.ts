// The dry run of a school year's turn, against the register as it is in this transaction.
import { createHash } from 'node:crypto'
import type { StaffActor } from '../../access.ts'
import type { Trx } from '../../db/scope.ts'
import { Problem } from '../../problem.ts'
import { allUnits, type Unit } from '../../units/queries.ts'
import { isLabel, standingOf } from './grades.ts'
import { pupilsOfSchool, yearsOf } from './queries.ts'
import { type Deed, type OldClass, type Pupil, type Turn, turnOf, type Wishes } from './rules.ts'

export type YearWish = Wishes & { readonly label: string }
export type SchoolNow = {
  readonly school: Unit
  readonly units: readonly Unit[]
  readonly classes: readonly (OldClass & { readonly unit: Unit })[]
  readonly pupils: readonly Pupil[]
}
export type YearPlan = SchoolNow & { readonly turn: Turn; readonly hash: string; readonly counts: Readonly<Record<Deed, number>> }

const gradeNumber = ({ name, gradeName }: OldClass) => standingOf(name, gradeName).grade ?? 99

/** A school that the caller administers, with its classes of today and who is in them. */
export const schoolNow = async (trx: Trx, { countyId, scope }: StaffActor, unitId: string): Promise<SchoolNow> => {
  const units = await allUnits(trx, countyId)
  const school = units.find((unit) => unit.id === unitId)
  if (!school || !scope.schoolIds.includes(school.schoolId ?? '')) throw new Problem('unit.not-found')
  if (school.kind !== 'school') throw new Problem('year.not-a-school')
  const gradeOf = (unit: Unit) => units.find((above) => above.id === unit.parentId && above.kind === 'grade')?.name ?? null
  const classes = units
    .filter((unit) => unit.kind === 'class' && unit.schoolId === school.id)
    .map((unit) => ({ id: unit.id, name: unit.name, gradeName: gradeOf(unit), unit }))
    .toSorted((one, other) => gradeNumber(one) - gradeNumber(other) || one.name.localeCompare(other.name, 'zh-CN', { numeric: true }))
  const ids = new Set(classes.map(({ id }) => id))
  const pupils = (await pupilsOfSchool(trx, countyId, school.id)).filter(({ classId }) => ids.has(classId))
  return { school, units, classes, pupils }
}

const countsOf = ({ places }: Turn): Readonly<Record<Deed, number>> => {
  const count = (deed: Deed) => places.filter((place) => place.deed === deed).length
  return {
    promoted: count('promoted'),
    graduated: count('graduated'),
    repeated: count('repeated'),
    moved: count('moved'),
    transferred: count('transferred'),
    left: count('left'),
  }
}

export const yearPlan = async (trx: Trx, actor: StaffActor, unitId: string, wish: YearWish): Promise<YearPlan> => {
  if (!isLabel(wish.label)) throw new Problem('year.label-wrong', { label: wish.label })
  const now = await schoolNow(trx, actor, unitId)
  const known = (await yearsOf(trx, actor.countyId, unitId)).find(({ undoneAt, label }) => undoneAt === null && label >= wish.label)
  if (known) throw new Problem('year.turned-already', { label: known.label })
  if (now.classes.length === 0) throw new Problem('year.no-class')
  const elsewhere = now.units.filter(
    (unit) => unit.kind === 'class' && unit.schoolId !== unitId && actor.scope.schoolIds.includes(unit.schoolId ?? ''),
  )
  const turn = turnOf(now.classes, now.pupils, wish, new Set(elsewhere.map(({ id }) => id)))
  const hash = createHash('sha256')
    .update(JSON.stringify([wish.label, turn, now.classes.map(({ id, name }) => [id, name])]))
    .digest('hex')
  return { ...now, turn, hash, counts: countsOf(turn) }
}
