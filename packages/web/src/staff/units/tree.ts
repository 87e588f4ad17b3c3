// Units as the tree that they are.
import type { Me, Unit } from '../wire.ts'

export type Branch = { readonly unit: Unit; readonly below: readonly Branch[] }

/** A branch for each unit whose parent is not among those given; the order is the server's. */
export const treeOf = (units: readonly Unit[]): readonly Branch[] => {
  const known = new Set(units.map((unit) => unit.id))
  const children = (parentId: string): readonly Branch[] =>
    units.filter((unit) => unit.parentId === parentId).map((unit) => ({ unit, below: children(unit.id) }))
  return units.filter((unit) => unit.parentId === null || !known.has(unit.parentId)).map((unit) => ({ unit, below: children(unit.id) }))
}

/** 向阳学校 · 七年级 · 1班: the names from the school down, or from the county for what is above a school. */
export const pathOf = (unit: Unit, units: readonly Unit[]): string => {
  const parent = units.find((candidate) => candidate.id === unit.parentId)
  return parent && parent.kind !== 'county' ? `${pathOf(parent, units)} · ${unit.name}` : unit.name
}

const above: Readonly<Record<Unit['kind'], readonly Unit['kind'][]>> = {
  county: [],
  township: ['county'],
  village: ['township'],
  school: ['county', 'township'],
  grade: ['school'],
  class: ['school', 'grade'],
}

export type NewKind = Exclude<Unit['kind'], 'county'>
const kinds: readonly NewKind[] = ['school', 'class', 'grade', 'township', 'village']

/** What may be added below a unit; the usual kind first. */
export const kindsBelow = (kind: Unit['kind']): readonly NewKind[] => kinds.filter((candidate) => above[candidate].indexOf(kind) >= 0)

export type ClassesOfSchool = { readonly school: Unit; readonly classes: readonly Unit[] }

export const classesBySchool = (units: readonly Unit[]): readonly ClassesOfSchool[] =>
  units
    .filter((unit) => unit.kind === 'school')
    .map((school) => ({ school, classes: units.filter((unit) => unit.kind === 'class' && unit.schoolId === school.id) }))

/** 七年级 · 1班: a class by its grade, without the school that the page already names. */
export const pathInSchool = (unit: Unit, units: readonly Unit[]): string => {
  const parent = units.find((candidate) => candidate.id === unit.parentId)
  return parent?.kind === 'grade' ? `${parent.name} · ${unit.name}` : unit.name
}

/** The roles that hold in a unit: those given for it or for one above it. */
export const rolesIn = (unitId: string, units: readonly Unit[], held: Me['roles']): readonly Me['roles'][number]['role'][] => {
  const own = held.filter((grant) => grant.unitId === unitId).map((grant) => grant.role)
  const parentId = units.find((unit) => unit.id === unitId)?.parentId
  return parentId ? [...own, ...rolesIn(parentId, units, held)] : own
}
