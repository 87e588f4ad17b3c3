// The rows of a file by themselves: where each belongs, and what of it cannot be taken, before the register is asked.
import type { Field } from './columns.ts'
import type { NewClass, Placed, PlaceFault } from './places.ts'
import type { RosterRow } from './rows.ts'
import type { CellFault } from './values.ts'

type RowPlace = { readonly sheet: number; readonly row: number }
export type EntryFault = {
  readonly field: Field
  readonly kind: CellFault | PlaceFault | 'class-unknown' | 'twice' | 'twin'
  readonly text: string
  /** The row that this one repeats. */
  readonly other: RowPlace | null
}
/** The class, or one that will be made. */
export type Target = { readonly schoolId: string; readonly classId: string | null; readonly made: NewClass | null }
export type Draft = { readonly row: RosterRow; readonly target: Target | null; readonly faults: readonly EntryFault[] }

const nothingToTidy = /^[\u4e00-\u9fff]+$/ // nearly every name, and the long way is slow a hundred thousand times

/** Names are one when they differ in nothing but spaces, dots and case. */
export const nameKey = (name: string) =>
  nothingToTidy.test(name)
    ? name
    : name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s·・•‧･∙⋅.]/g, '')
export const numberKey = (number: string) => number.toUpperCase()
export const whoKey = (name: string, birthDate: string) => `${nameKey(name)}|${birthDate}`

export const faultOf = (field: Field, kind: EntryFault['kind'], other: RowPlace | null = null, text = ''): EntryFault => ({
  field,
  kind,
  text,
  other: other && { sheet: other.sheet, row: other.row },
})

const targetOf = (placed: Placed): Target | null => {
  if (placed.kind === 'fault') return null
  return placed.kind === 'known' ? { ...placed.place, made: null } : { schoolId: placed.made.schoolId, classId: null, made: placed.made }
}

const faultsOf = (row: RosterRow, placed: Placed, createClasses: boolean): readonly EntryFault[] => {
  const ofCells = row.faults.map((own): EntryFault => ({ ...own, other: null }))
  if (placed.kind === 'new' && !createClasses) return [...ofCells, faultOf('class', 'class-unknown', null, placed.made.name)]
  if (placed.kind !== 'fault') return ofCells
  const ofSchool = placed.fault.startsWith('school')
  return [...ofCells, faultOf(ofSchool ? 'school' : 'class', placed.fault, null, (ofSchool ? row.school : row.className) ?? '')]
}

/** Of two rows that mean one pupil of a school the later is wrong. */
const repeats = () => {
  const numbers = new Map<string, RosterRow>()
  const people = new Map<string, RosterRow>()
  return (row: RosterRow, schoolId: string): EntryFault | null => {
    const number = row.studentNumber === null ? null : `${schoolId}|${numberKey(row.studentNumber)}`
    const sameNumber = number === null ? undefined : numbers.get(number)
    if (sameNumber) return faultOf('studentNumber', 'twice', sameNumber)
    const who = row.birthDate === null ? null : `${schoolId}|${whoKey(row.name, row.birthDate)}`
    const same = who === null ? undefined : people.get(who)
    if (same && (same.studentNumber === null || row.studentNumber === null)) return faultOf('name', 'twice', same)
    if (number !== null) numbers.set(number, row)
    if (who !== null && !same) people.set(who, row)
    return null
  }
}

export const draftsOf = (rows: readonly RosterRow[], place: (row: RosterRow) => Placed, createClasses: boolean): readonly Draft[] => {
  const repeat = repeats()
  const targets = new Map<Placed, Target | null>() // thousands of rows have one of a few
  const shared = (placed: Placed) => {
    const known = targets.get(placed)
    const target = known === undefined ? targetOf(placed) : known
    targets.set(placed, target)
    return target
  }
  return rows.map((row): Draft => {
    const placed = place(row)
    const target = shared(placed)
    const faults = faultsOf(row, placed, createClasses)
    if (target === null || faults.length > 0) return { row, target, faults }
    const repeated = repeat(row, target.schoolId)
    return { row, target, faults: repeated ? [repeated] : [] }
  })
}
