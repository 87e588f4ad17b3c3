import type { Trx } from '../db/scope.ts'
import type { UnitKind } from '../db/tables.ts'
import { Problem } from '../problem.ts'

export type Unit = {
  readonly id: string
  readonly parentId: string | null
  readonly kind: UnitKind
  readonly name: string
  readonly code: string | null
  readonly schoolId: string | null
  /** Of a county: the prefecture or city above it. */
  readonly prefecture?: string | null
  /** A class of an earlier school year: it keeps its name and its records, and gets no new ones. */
  readonly retiredAt?: Date | null
}

const columns = [
  'id',
  'parent_id as parentId',
  'kind',
  'name',
  'code',
  'school_id as schoolId',
  'prefecture',
  'retired_at as retiredAt',
] as const

/** The units of today; the classes of earlier school years are asked for one by one. */
export const allUnits = (trx: Trx, countyId: string): Promise<Unit[]> =>
  trx
    .selectFrom('screening.unit')
    .select(columns)
    .where('county_id', '=', countyId)
    .where('retired_at', 'is', null)
    .orderBy('created_at')
    .orderBy('name')
    .execute()

/** Fault, where a class of an earlier school year would get something new. */
export const requireCurrent = <T extends Unit>(unit: T): T => {
  if (unit.retiredAt) throw new Problem('unit.retired', { name: unit.name })
  return unit
}

export const unitById = async (trx: Trx, countyId: string, id: string): Promise<Unit> => {
  const unit = await trx
    .selectFrom('screening.unit')
    .select(columns)
    .where('county_id', '=', countyId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!unit) throw new Problem('unit.not-found')
  return unit
}

/** A class that the caller's schools contain. */
export const classById = async (
  trx: Trx,
  countyId: string,
  schoolIds: readonly string[],
  id: string,
): Promise<Unit & { readonly schoolId: string }> => {
  const unit = await unitById(trx, countyId, id)
  if (unit.kind !== 'class') throw new Problem('unit.not-a-class')
  const { schoolId } = unit
  if (schoolId === null || !schoolIds.includes(schoolId)) throw new Problem('unit.not-found')
  return { ...unit, schoolId }
}

const most = 5_000 // a statement takes 65,535 parameters

/** Of these units, the ones that were made: a name that is taken below its parent makes none. */
export const insertUnits = async (
  trx: Trx,
  countyId: string,
  units: readonly Unit[],
  now: Date,
  schoolYear: string | null = null,
): Promise<readonly string[]> => {
  const made: string[] = []
  for (let from = 0; from < units.length; from += most) {
    const rows = units.slice(from, from + most).map((unit) => ({
      county_id: countyId,
      id: unit.id,
      parent_id: unit.parentId,
      school_id: unit.schoolId,
      kind: unit.kind,
      name: unit.name,
      code: unit.code,
      made_by: schoolYear,
      created_at: now,
    }))
    const inserted = await trx
      .insertInto('screening.unit')
      .values(rows)
      .onConflict((conflict) => conflict.columns(['county_id', 'parent_id', 'name']).where('retired_at', 'is', null).doNothing())
      .returning('id')
      .execute()
    made.push(...inserted.map((row) => row.id))
  }
  return made
}

/** False when the name is taken below this parent. */
export const insertUnit = async (trx: Trx, countyId: string, unit: Unit, now: Date): Promise<boolean> =>
  (await insertUnits(trx, countyId, [unit], now)).length === 1

/** False when the name is taken below the same parent. */
export const changeUnit = async (trx: Trx, countyId: string, { id, parentId, name, code, prefecture }: Unit): Promise<boolean> => {
  const taken = await trx
    .selectFrom('screening.unit')
    .select('id')
    .where('county_id', '=', countyId)
    .where('parent_id', 'is not distinct from', parentId)
    .where('name', '=', name)
    .where('id', '<>', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (taken) return false
  await trx
    .updateTable('screening.unit')
    .set({ name, code, prefecture: prefecture ?? null })
    .where('county_id', '=', countyId)
    .where('id', '=', id)
    .execute()
  return true
}
