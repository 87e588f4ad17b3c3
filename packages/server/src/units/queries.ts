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
}

const columns = ['id', 'parent_id as parentId', 'kind', 'name', 'code', 'school_id as schoolId'] as const

export const allUnits = (trx: Trx, countyId: string): Promise<Unit[]> =>
  trx.selectFrom('screening.unit').select(columns).where('county_id', '=', countyId).orderBy('created_at').orderBy('name').execute()

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

/** False when the name is taken below this parent. */
export const insertUnit = async (trx: Trx, countyId: string, unit: Unit, now: Date): Promise<boolean> => {
  const inserted = await trx
    .insertInto('screening.unit')
    .values({
      county_id: countyId,
      id: unit.id,
      parent_id: unit.parentId,
      school_id: unit.schoolId,
      kind: unit.kind,
      name: unit.name,
      code: unit.code,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['county_id', 'parent_id', 'name']).doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}
