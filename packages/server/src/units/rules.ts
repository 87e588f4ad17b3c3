// Which unit may stand below which.
import type { UnitKind } from '../db/tables.ts'

export const parentsOf: Readonly<Record<Exclude<UnitKind, 'county'>, readonly UnitKind[]>> = {
  township: ['county'],
  village: ['township'],
  school: ['county', 'township'],
  grade: ['school'],
  class: ['school', 'grade'],
}

/** A school's own id marks everything below it: row-level security goes by it. */
export const schoolIdFor = (kind: UnitKind, ownId: string, parentSchoolId: string | null) =>
  kind === 'school' ? ownId : kind === 'grade' || kind === 'class' ? parentSchoolId : null
