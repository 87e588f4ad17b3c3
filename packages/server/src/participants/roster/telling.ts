// What is shown of a comparison: counts, and the first of each kind. Pure.
import type { Unit } from '../../units/queries.ts'
import type { Comparison, Entry, Registered } from './compare.ts'
import { mostShown } from './limits.ts'
import type { PlannedRow, PlanShape } from './shapes.ts'

const kinds = ['new', 'changed', 'unchanged', 'suspected', 'invalid'] as const

export const countsOf = ({ entries, missing }: Comparison): PlanShape['counts'] => {
  const count = (kind: (typeof kinds)[number]) => entries.reduce((sum, { outcome }) => sum + Number(outcome.kind === kind), 0)
  const [fresh, changed, unchanged, suspected, invalid] = kinds.map(count) as [number, number, number, number, number]
  return { new: fresh, changed, unchanged, suspected, invalid, missing: missing.length }
}

export type Shown = { readonly entries: readonly Entry[]; readonly missing: readonly Registered[] }

/** The first of each kind, kind by kind. */
export const shownOf = ({ entries, missing }: Comparison): Shown => ({
  entries: kinds.flatMap((kind) => entries.filter(({ outcome }) => outcome.kind === kind).slice(0, mostShown)),
  missing: missing.slice(0, mostShown),
})

export type NameOf = (id: string | null) => string
export const namesOf = (units: readonly Unit[]): NameOf => {
  const names = new Map(units.map((unit) => [unit.id, unit.name]))
  return (id) => names.get(id ?? '') ?? ''
}

export const newClassesOf = (entries: readonly Entry[], units: readonly Unit[]): PlanShape['newClasses'] => {
  const name = namesOf(units)
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

export const shownPupil = (own: Registered, name: NameOf) => ({
  name: own.name,
  studentNumber: own.studentNumber,
  sex: own.sex,
  birthDate: own.birthDate,
  leftBehind: own.leftBehind,
  schoolName: name(own.schoolId),
  className: name(own.classId),
})

export const shownRow = ({ row, outcome }: Entry, name: NameOf): PlannedRow => {
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
