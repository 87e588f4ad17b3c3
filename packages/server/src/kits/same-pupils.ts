// A pupil who was added on both sides is one pupil: the same number, name and birth date. Another with a number that is taken here keeps
// her name without it, and the two rows are shown side by side.
import type { Row } from '../db/carried.ts'
import type { Trx } from '../db/scope.ts'
import type { Parts } from './file.ts'
import type { Merging } from './merge.ts'
import { partOf } from './place.ts'
import * as queries from './queries.ts'
import * as records from './record-queries.ts'
import { fingerprint } from './rules.ts'

const table = 'identity.person'
const isSame = (left: Row, right: Row) => left.name === right.name && left.birth_date === right.birth_date

export const samePupils = async (trx: Trx, parts: Parts, merging: Merging): Promise<Parts> => {
  const part = partOf(parts, { table })
  const rows = part.rows.map(({ row }) => row)
  const known = new Set((await queries.rowsLike(trx, table, ['id'], rows)).map(({ id }) => id))
  const numbered = rows.filter(({ id, student_number }) => !known.has(id) && student_number !== null)
  const holders = new Map(
    (await queries.rowsLike(trx, table, ['school_id', 'student_number'], numbered)).map((row) => [row.student_number, row]),
  )
  const withoutNumber = new Set<Row>()
  for (const theirs of numbered) {
    const ours = holders.get(theirs.student_number)
    if (ours && isSame(ours, theirs)) {
      merging.alias.set(String(theirs.id), String(ours.id)).set(String(theirs.participant_id), String(ours.participant_id))
    } else if (ours) {
      withoutNumber.add(theirs)
      await keepBoth(trx, merging, ours, theirs)
    }
  }
  const placed = part.rows.map((one) => (withoutNumber.has(one.row) ? { ...one, row: { ...one.row, student_number: null } } : one))
  return new Map(parts).set(table, { ...part, rows: placed })
}

const keepBoth = async (trx: Trx, merging: Merging, ours: Row, theirs: Row) => {
  const { countyId, schoolId, kitId } = merging.manifest
  const conflict = { countyId, schoolId, kitId, id: merging.ids(), dayId: merging.dayId, table, key: String(theirs.id) }
  const found = await records.insertConflict(trx, {
    ...conflict,
    fingerprint: fingerprint(theirs, Object.keys(theirs)),
    ours,
    theirs,
    foundAt: merging.now,
  })
  if (found) merging.conflictsFound += 1
}
